// Keeps what is typed into a form with `data-draft-key` in this browser until the server has said
// that it is saved. The base of the text goes with it: old text must be merged, never overwrite.

import { all, isTyping, onNewParts } from "./dom";
import { ask } from "./dialogs";
import {
  allDrafts, type Draft, draftsOf, drop, dropOld, keep, newId, rememberSent, sentUnder, takeSent,
} from "./draft_store";
import { offer } from "./draft_offer";
import { equal, type Fields, fieldsOf, fill, sameText } from "./fields";
import { word } from "./words";

const PAUSE = 300;
const keepers = new Map<HTMLFormElement, Keeper>();

class Keeper {
  private id = newId();
  private readonly key: string;
  private readonly original: Fields;
  private timer: number | undefined;
  leaving = false;

  constructor(private readonly form: HTMLFormElement) {
    this.key = form.dataset["draftKey"] ?? "";
    this.original = fieldsOf(form);
    form.addEventListener("input", () => this.soon());
    form.addEventListener("change", () => this.soon());
    form.addEventListener("submit", () => this.sending());
    this.offerOlder();
  }

  get dirty(): boolean {
    return !equal(fieldsOf(this.form), this.original);
  }

  private get base(): HTMLInputElement | null {
    return this.form.querySelector("input[data-base], input[name=base_number]");
  }

  private now(): Draft {
    const base = this.base?.value ?? "";
    return { id: this.id, key: this.key, at: Date.now(), base, fields: fieldsOf(this.form) };
  }

  private soon(): void {
    this.leaving = false;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.keep(), PAUSE);
  }

  keep(): void {
    window.clearTimeout(this.timer);
    if (!this.dirty) return;
    const kept = keep(this.now());
    const state = this.form.querySelector<HTMLElement>("[data-save-state]");
    if (!kept && state) state.textContent = word("notKept");
  }

  private sending(): void {
    this.keep();
    rememberSent(this.now());
    this.leaving = true;
  }

  /** The server sent this form again, with what is wrong: it is still the same text. */
  passOnTo(next: Keeper): void {
    if (next.fits(this.original)) next.id = this.id;
  }

  private fits(fields: Fields): boolean {
    return Object.keys(fields).some((name) => name in this.original);
  }

  private offerOlder(): void {
    const draft = draftsOf(this.key).find((one) => this.fits(one.fields) && !this.isSettled(one));
    if (!draft) return;
    const box = offer(this.form, draft, () => this.restore(draft, box), () => {
      drop(draft.id);
      box.remove();
    });
    this.form.before(box);
  }

  /** Text that stands in the form already needs no offer; on a newer base it has been saved. */
  private isSettled(draft: Draft): boolean {
    if (!equal(draft.fields, this.original)) return false;
    if (draft.base === (this.base?.value ?? "")) this.id = draft.id;
    else drop(draft.id);
    return true;
  }

  private restore(draft: Draft, box: HTMLElement): void {
    fill(this.form, draft.fields);
    // When what stands here is what was sent before, the text goes on from here, not from its old base.
    const sent = sentUnder(this.key).some((one) => sameText(one.fields, this.original));
    if (this.base && !sent) this.base.value = draft.base;
    this.id = draft.id;
    this.keep();
    box.remove();
    Array.from(this.form.elements).find((one): one is HTMLElement => isTyping(one))?.focus();
  }
}

function start(root: ParentNode): void {
  const former = Array.from(keepers.keys()).filter((form) => !form.isConnected);
  for (const form of all<HTMLFormElement>("form[data-draft-key]", root)) {
    if (keepers.has(form)) continue;
    const keeper = new Keeper(form);
    const before = former.find((one) => one.dataset["draftKey"] === form.dataset["draftKey"]);
    if (before) keepers.get(before)?.passOnTo(keeper);
    keepers.set(form, keeper);
  }
  for (const form of former) keepers.delete(form);
}

function savedKeys(): string[] {
  const marks = all("[data-saved-draft]").map((mark) => mark.dataset["savedDraft"] ?? "");
  const meta = document.querySelector<HTMLMetaElement>("meta[name=saved-draft]")?.content;
  return meta ? [...marks, meta] : marks;
}

function settleSaved(): void {
  for (const key of savedKeys()) {
    const kept = new Map(draftsOf(key).map((draft) => [draft.id, draft]));
    for (const sent of takeSent(key)) {
      const now = kept.get(sent.id);
      // Typed on after sending: that text is not saved yet.
      if (now && equal(now.fields, sent.fields)) drop(sent.id);
    }
  }
}

function warnBeforeLeaving(event: BeforeUnloadEvent): void {
  for (const keeper of keepers.values()) {
    keeper.keep();
    if (keeper.dirty && !keeper.leaving) event.preventDefault();
  }
}

async function endDrafts(event: SubmitEvent): Promise<void> {
  const form = event.target as HTMLFormElement;
  if (!("endsDrafts" in form.dataset) || allDrafts().length === 0) return;
  event.preventDefault();
  if (!(await ask(word("leaveDrafts")))) return;
  for (const draft of allDrafts()) drop(draft.id);
  form.submit();
}

/** Whether the page may be left without a question: the text is on its way, or it is saved. */
export function mayLeave(form: HTMLFormElement, may: boolean): void {
  const keeper = keepers.get(form);
  if (keeper) keeper.leaving = may;
}

export function startDrafts(): void {
  settleSaved();
  dropOld(Date.now());
  onNewParts(start);
  window.addEventListener("beforeunload", warnBeforeLeaving);
  document.addEventListener("visibilitychange", () => {
    for (const keeper of keepers.values()) keeper.keep();
  });
  document.addEventListener("submit", (event) => void endDrafts(event));
}
