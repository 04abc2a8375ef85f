// Questions with a few answers, before something that should not happen by a slip.

import { button, make } from "../dom";
import { lookupField, type Suggestion } from "./fields";
import { dayInWords, say } from "./wording";

export interface Answer { value: string; words: string }

let number = 0;

function choice(answer: Answer, name: string, checked: boolean): HTMLElement {
  const label = make("label", "chart-choice");
  const radio = make("input", "form-check-input");
  Object.assign(radio, { type: "radio", name, value: answer.value, checked });
  label.append(radio, make("span", "", answer.words));
  return label;
}

/** A question over the page with what is asked in `inside`; `answered` is the answer, empty while it is no answer. */
function ask(question: string, id: string, inside: HTMLElement, go: string, answered: () => string): Promise<string | null> {
  return new Promise((tell) => {
    const dialog = make("dialog", "dialog chart-question");
    const form = make("form", "stack");
    form.method = "dialog";
    const head = make("h2", "", question);
    head.id = id;
    dialog.setAttribute("aria-labelledby", head.id);
    const send = make("button", "btn btn-primary", go);
    const row = make("p", "button-row");
    row.append(send, button("btn btn-secondary", say("cancel"), () => dialog.close("")));
    form.append(head, inside, row);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const answer = answered();
      if (answer) dialog.close(answer);
    });
    const before = document.activeElement;
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before instanceof HTMLElement || before instanceof SVGElement) before.focus();
      tell(dialog.returnValue || null);
    });
    dialog.append(form);
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Ask; answers the chosen value, or nothing when it is given up. The first answer is the usual one. */
export function choose(question: string, answers: Answer[], go: string): Promise<string | null> {
  const id = `chart-question-${++number}`;
  const choices = make("div", "chart-choices");
  const [only] = answers;
  if (only && answers.length === 1) choices.append(make("p", "", only.words));
  else choices.append(...answers.map((answer, index) => choice(answer, id, index === 0)));
  const chosen = (): string => choices.querySelector<HTMLInputElement>("input:checked")?.value ?? only?.value ?? "";
  return ask(question, id, choices, go, chosen);
}

/** What acts in the place of a position that goes: another one, or nobody whom we know yet. */
export async function askInstead(
  question: string, offer: (text: string) => Suggestion[],
): Promise<number | "nobody" | null> {
  const id = `chart-question-${++number}`;
  const inside = make("div", "chart-choices");
  const field = lookupField(say("insteadPosition"), offer, say("reportsToHelp"));
  const nobody = choice({ value: "nobody", words: say("insteadNobody") }, id, false);
  const tick = nobody.querySelector("input") as HTMLInputElement;
  tick.type = "checkbox";
  inside.append(field.element, nobody);
  const answer = await ask(question, id, inside, say("remove"), () => {
    if (tick.checked) return "nobody";
    const typed = field.value();
    const position = field.id() || (typed ? (offer(typed)[0]?.id ?? 0) : 0);
    field.input.setAttribute("aria-invalid", String(!position));
    if (!position) field.input.focus();
    return position ? String(position) : "";
  });
  return answer === "nobody" || answer === null ? answer : Number(answer);
}

/** What becomes of the reports of a position that goes. */
export function askRemoval(name: string, reports: number, below: number): Promise<string | null> {
  const answers = [{ value: "lift", words: say("removeLift") }, { value: "top", words: say("removeTop") }];
  const branch = { value: "branch", words: say("removeBranch", { count: below }) };
  const asked = reports ? [...answers, branch] : [{ value: "lift", words: say("removeOnly") }];
  return choose(say(reports ? "removeAskReports" : "removeAsk", { name }), asked, say("remove"));
}

/** From which day an edit is true that is made while a past or future day is shown. */
export function askDay(day: string, today: string): Promise<string | null> {
  return choose(say("dayAsk", { day: dayInWords(day) }), [
    { value: day, words: say("dayThat", { day: dayInWords(day) }) },
    { value: today, words: say("dayToday", { day: dayInWords(today) }) },
  ], say("save"));
}
