// Unsaved work in this browser: kept after each edit, offered again, and warned about on leaving.

import { button, make } from "../dom";
import { type Draft, draftsOf, drop, keep, newId } from "../draft_store";
import { moment } from "../words";
import type { PathDocument } from "./document";
import { say } from "./wording";
import { same, type Work } from "./work";

function documentOf(draft: Draft): PathDocument | null {
  try {
    return JSON.parse(draft.fields["document"]?.[0] ?? "null") as PathDocument | null;
  } catch {
    return null;
  }
}

export class Keeping {
  private id = newId();
  /** The page is left on purpose. */
  leaving = false;

  constructor(
    private readonly key: string, private readonly work: Work, private readonly why: HTMLInputElement,
    private readonly state: HTMLElement, private readonly offers: HTMLElement,
  ) {
    work.shown.on(() => this.keep());
    why.addEventListener("input", () => this.keep());
    window.addEventListener("beforeunload", (event) => { if (work.dirty && !this.leaving) event.preventDefault(); });
  }

  keep(): void {
    if (!this.work.dirty) return this.forget();
    const fields = { document: [JSON.stringify(this.work.now.document)], why: [this.why.value] };
    const kept = keep({ id: this.id, key: this.key, at: Date.now(), base: String(this.work.base), fields });
    this.state.textContent = say(kept ? "unsaved" : "notKept");
  }

  forget(): void {
    drop(this.id);
    this.state.textContent = say("asOpened", { number: this.work.base });
  }

  saved(number: number): void {
    drop(this.id);
    this.id = newId();
    this.state.textContent = say("allSaved", { number });
  }

  /** Offer what was left unsaved in this browser, the newest of it. */
  offer(): void {
    for (const draft of draftsOf(this.key)) {
      const document = documentOf(draft);
      if (!document || same(document, this.work.now.document)) drop(draft.id);
      else return this.show(draft, document);
    }
  }

  private show(draft: Draft, document: PathDocument): void {
    const box = make("section", "draft-offer");
    const row = make("p", "button-row");
    row.append(
      button("btn btn-primary", say("offerTake"), () => { box.remove(); void this.takeUp(draft, document); }),
      button("btn btn-secondary", say("offerDrop"), () => { drop(draft.id); box.remove(); }),
    );
    box.setAttribute("role", "alert");
    box.append(make("h2", "", say("offerTitle", { time: moment(draft.at) })), make("p", "", say("offerText")), row);
    this.offers.replaceChildren(box);
  }

  private async takeUp(draft: Draft, document: PathDocument): Promise<void> {
    drop(this.id);
    this.id = draft.id;
    this.why.value = draft.fields["why"]?.[0] ?? "";
    await this.work.takeUp(document, Number(draft.base) || this.work.base);
  }
}
