// Saving a version; when somebody else changed the same, whoever saves second decides.

import type { Saying } from "../chart/saying";
import { button, make } from "../dom";
import type { Keeping } from "./keeping";
import { type Asked, type Disputed, type Failure, isFailure, type Server } from "./server";
import { say } from "./wording";
import type { Work } from "./work";

export class Saving {
  private busy = false;

  constructor(
    private readonly form: HTMLFormElement, private readonly work: Work, private readonly server: Server,
    private readonly keeping: Keeping, private readonly saying: Saying, private readonly offers: HTMLElement,
    private readonly here: string, private readonly mayNot: () => string,
  ) {
    form.addEventListener("submit", (event) => { event.preventDefault(); void this.save(); });
  }

  private value(name: string): string {
    const field = this.form.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field.value.trim() : "";
  }

  async save(more: Partial<Asked> = {}): Promise<void> {
    await this.work.settledEdits();
    const mistake = this.mayNot();
    if (mistake) return this.saying.say(mistake, true);
    if (!this.work.dirty) return this.saying.say(say("nothingToSave"));
    if (this.busy) return;
    this.busy = true;
    const from = this.value("valid_from");
    const sent = this.work.now.document;
    const asked = { document: sent, base: this.work.base, why: this.value("why"), ...(from ? { valid_from: from } : {}), ...more };
    const answer = await this.server.save(asked);
    this.busy = false;
    if (isFailure(answer)) return this.refused(answer);
    await this.work.settled(answer.number, sent, answer.document);
    this.offers.replaceChildren();
    this.form.reset();
    this.keeping.saved(answer.number);
    this.saying.say(say(answer.merged ? "savedMerged" : "savedNow", { number: answer.number }));
  }

  private refused(failure: Failure): void {
    this.keeping.keep();
    if (failure.disputed && failure.number) this.ask(failure.disputed, failure.number, failure.sentence);
    this.saying.say(failure.sentence, true);
  }

  private ask(disputed: Disputed[], number: number, sentence: string): void {
    const box = make("form", "draft-offer path-clash");
    const row = make("p", "button-row");
    const look = make("a", "btn btn-secondary", say("clashLook", { number }));
    Object.assign(look, { href: `${this.here}/versions/${number}`, target: "_blank", rel: "noopener" });
    const send = make("button", "btn btn-primary", say("clashSave"));
    row.append(send, look, button("btn btn-quiet", say("clashLater"), () => box.remove()));
    box.append(make("h2", "", say("clashTitle")), make("p", "", sentence));
    box.append(...disputed.map((one, index) => this.choice(one, index, number)), row);
    box.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = new FormData(box);
      const theirs = disputed.filter((_one, index) => chosen.get(`place-${index}`) === "theirs");
      void this.save({ over: number, theirs: theirs.map(({ step, field }) => ({ step, field })) });
    });
    this.offers.replaceChildren(box);
    box.querySelector<HTMLElement>("input")?.focus();
  }

  private choice(one: Disputed, index: number, number: number): HTMLElement {
    const group = make("fieldset", "path-dispute");
    group.append(make("legend", "", one.words));
    for (const whose of ["mine", "theirs"]) {
      const label = make("label", "form-check-label");
      const input = make("input", "form-check-input");
      Object.assign(input, { type: "radio", name: `place-${index}`, value: whose, checked: whose === "mine" });
      label.append(input, ` ${whose === "mine" ? say("clashMine") : say("clashTheirs", { number })}`);
      group.append(label);
    }
    return group;
  }
}
