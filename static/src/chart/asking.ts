// Questions with a few answers, before something that should not happen by a slip.

import { button, make } from "../dom";
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

/** Ask; answers the chosen value, or nothing when it is given up. The first answer is the usual one. */
export function choose(question: string, answers: Answer[], go: string): Promise<string | null> {
  return new Promise((tell) => {
    const dialog = make("dialog", "dialog chart-question");
    const form = make("form", "stack");
    form.method = "dialog";
    const head = make("h2", "", question);
    head.id = `chart-question-${++number}`;
    dialog.setAttribute("aria-labelledby", head.id);
    const choices = make("div", "chart-choices");
    const [only] = answers;
    if (only && answers.length === 1) choices.append(make("p", "", only.words));
    else choices.append(...answers.map((answer, index) => choice(answer, head.id, index === 0)));
    const send = make("button", "btn btn-primary", go);
    const row = make("p", "button-row");
    row.append(send, button("btn btn-secondary", say("cancel"), () => dialog.close("")));
    form.append(head, choices, row);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      dialog.close(form.querySelector<HTMLInputElement>("input:checked")?.value ?? only?.value ?? "");
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
