// The panel beside the drawing: all fields of a step, or those of the whole path.

import type { Saying } from "../chart/saying";
import { button, make } from "../dom";
import { Actors } from "./actors";
import type { Doing } from "./doing";
import type { Drawn, Values } from "./document";
import { put, tellProblems, valuesOf } from "./filling";
import type { Moving } from "./moving";
import { type Failure, isFailure, type Server } from "./server";
import { say } from "./wording";
import type { Work } from "./work";

export interface PanelParts {
  box: HTMLElement; stepForm: HTMLTemplateElement; wholeForm: HTMLTemplateElement;
  work: Work; doing: Doing; moving: Moving; server: Server; saying: Saying;
  leave: () => void;
  /** Tells the drawing whose fields are open. */
  opened: (code: string) => void;
}

const WHOLE = "";

export class Panel {
  private shown: string | null = null;
  private form: HTMLFormElement | null = null;
  private title: HTMLElement | null = null;
  private actors: Actors[] = [];
  private sent = "";
  /** What is typed and could not be taken; it stays in the form. */
  private wrong = false;

  constructor(private readonly parts: PanelParts) {
    parts.work.shown.on((drawn) => this.follow(drawn));
    parts.box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.preventDefault(); this.close(); }
    });
  }

  get isOpen(): boolean {
    return this.shown !== null;
  }

  /** Why nothing can be saved yet: something typed could not be taken. */
  get mistake(): string {
    return this.isOpen && this.wrong ? say("mendFirst") : "";
  }

  /** Open a step; a new one is named first, so its title is selected. */
  open(code: string, naming = false): void {
    this.flush();
    this.build(code, this.parts.stepForm);
    this.fillIn();
    const first = this.form?.querySelector<HTMLInputElement>("input[type=text], input[type=number], select");
    first?.focus();
    if (naming) first?.select();
  }

  openWhole(): void {
    this.flush();
    this.build(WHOLE, this.parts.wholeForm);
    this.fillIn();
    this.form?.querySelector<HTMLInputElement>("input")?.focus();
  }

  close(): void {
    if (!this.isOpen) return;
    this.flush();
    this.shown = this.form = null;
    this.parts.box.hidden = true;
    this.parts.opened("");
    this.parts.leave();
  }

  private build(code: string, template: HTMLTemplateElement): void {
    const form = (template.content.cloneNode(true) as DocumentFragment).querySelector("form");
    if (!form) return;
    this.shown = code;
    this.form = form;
    this.wrong = false;
    this.parts.box.replaceChildren(this.head(), ...(code ? [this.acts(code)] : []), form);
    this.parts.box.hidden = false;
    this.parts.box.scrollTop = 0;
    this.parts.opened(code);
    form.addEventListener("change", () => this.send());
    form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.actors = [];
  }

  private head(): HTMLElement {
    const head = make("div", "chart-panel-head");
    this.title = make("h2");
    const close = button("btn-quiet", "×", () => this.close());
    close.setAttribute("aria-label", say("close"));
    head.append(this.title, close);
    return head;
  }

  private acts(code: string): HTMLElement {
    const row = make("p", "button-row path-acts");
    const { doing, moving } = this.parts;
    const acts: [string, string, () => void][] = [
      ["addAfter", "btn-secondary", () => void doing.add({ where: "after", step: code })],
      ["addBeside", "btn-secondary", () => void doing.add({ where: "beside", step: code })],
      ["move", "btn-secondary", () => moving.begin(code)],
      ["join", "btn-secondary", () => moving.begin(code, true)],
      ["remove", "btn-danger", () => void doing.remove(code)],
    ];
    row.append(...acts.map(([name, look, act]) => button(`btn ${look} btn-sm`, say(name), act)));
    return row;
  }

  /** Show the step as it is now, or nothing when it is gone. */
  private follow(drawn: Drawn): void {
    if (this.shown === null) return;
    if (this.shown !== WHOLE && !(this.shown in drawn.numbers)) { this.form = null; return this.close(); }
    if (!this.wrong) this.fillIn();
  }

  private fillIn(): void {
    const { now } = this.parts.work;
    if (!this.form || this.shown === null || !this.title) return;
    const values: Values = this.shown === WHOLE
      ? { currency: [now.document.currency], frozen: [now.frozen] }
      : (now.fields[this.shown] ?? {});
    put(this.form, values);
    this.sent = JSON.stringify(valuesOf(this.form));
    this.title.textContent = this.shown === WHOLE ? say("wholePath")
      : say("box", { number: now.numbers[this.shown] ?? "", title: values["title"]?.[0] ?? "" });
    if (this.actors.length) for (const one of this.actors) one.refresh();
    else this.addActors(this.form);
  }

  private addActors(form: HTMLFormElement): void {
    for (const name of ["positions", "deputy"]) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) {
        this.actors.push(new Actors(field, this.parts.server));
      }
    }
  }

  /** Send what is typed and not sent yet, before the form goes away. */
  flush(): void {
    if (this.form && this.shown !== null && JSON.stringify(valuesOf(this.form)) !== this.sent) this.send();
  }

  private send(): void {
    const { form, shown } = this;
    if (!form || shown === null) return;
    const values = valuesOf(form);
    this.sent = JSON.stringify(values);
    const { doing } = this.parts;
    const answer = shown === WHOLE
      ? doing.path(values["currency"]?.[0] ?? "", values["frozen"]?.[0] ?? "")
      : doing.fill(shown, values);
    void answer.then((done) => this.answered(form, done));
  }

  private answered(form: HTMLFormElement, answer: Drawn | Failure): void {
    const failed = isFailure(answer);
    if (failed) this.parts.saying.say(answer.sentence, true);
    if (form !== this.form) return;
    this.wrong = failed;
    tellProblems(form, failed ? (answer.problems ?? {}) : {});
  }
}
