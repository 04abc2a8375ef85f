// The panel beside the drawing: everything about one box, to be read and changed.

import { button, make } from "../dom";
import { icon, type Desk } from "./desk";
import type { Holder } from "./document";
import { lookOf } from "./looks";
import { newPositionPart } from "./panel_new";
import { holderPart } from "./panel_person";
import { actionsPart, appointOpener, exportsPart, positionPart } from "./panel_position";
import { nextQuestion, questionPart } from "./panel_question";
import { tiesPart } from "./panel_ties";
import { TOP } from "./tree";
import { say } from "./wording";

type Subject = { kind: "position" | "new"; id: number } | { kind: "unplaced" } | null;

export class Panel {
  private subject: Subject = null;
  /** A position that was made and is not drawn yet. */
  private awaited = TOP;
  private form: { key: string; element: HTMLFormElement } | null = null;
  readonly desk: Desk;

  constructor(private readonly element: HTMLElement, desk: Omit<Desk, "openForm" | "formOf" | "closeForm" | "show">) {
    this.desk = {
      ...desk,
      openForm: (key, makeForm) => this.openForm(key, makeForm()),
      formOf: (key) => (this.form?.key === key ? this.form.element : null),
      closeForm: () => this.closeForm(),
      show: (id) => { desk.room.focusOn(id, false); this.open(id, true); },
    };
    desk.room.shownAnew.on(() => this.redraw());
    element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) { event.preventDefault(); this.close(); }
    });
  }

  get isOpen(): boolean {
    return this.subject !== null;
  }

  /** Open the panel for a box; `take` moves the keyboard into it. */
  open(id: number, take: boolean): void {
    if (!this.desk.room.tree.get(id)) return;
    this.show({ kind: "position", id }, take);
  }

  /** The keyboard went to another box: the panel goes along, unless something is being typed. */
  follow(id: number): void {
    if (this.subject?.kind === "position" && this.subject.id !== id && !this.form) this.open(id, false);
  }

  startNew(manager: number): void {
    if (this.desk.mayEdit) this.show({ kind: "new", id: manager }, false);
    this.element.querySelector<HTMLElement>("input")?.focus();
  }

  showUnplaced(): void {
    this.show({ kind: "unplaced" }, true);
  }

  private show(subject: Subject, take: boolean): void {
    const same = JSON.stringify(subject) === JSON.stringify(this.subject);
    this.subject = subject;
    if (!same) { this.form = null; this.element.scrollTop = 0; }
    const shut = this.element.hidden;
    this.choose(subject?.kind === "position" ? subject.id : TOP);
    this.draw();
    if (shut) this.cameUp(subject);
    if (take) this.element.querySelector<HTMLElement>("h2")?.focus();
  }

  /** The panel takes room from the drawing: what it is about must stay in view. */
  private cameUp(subject: Subject): void {
    const isSheet = getComputedStyle(this.element).position === "absolute";
    this.desk.room.view.covered = isSheet ? this.element.offsetHeight : 0;
    this.element.scrollIntoView({ block: "nearest" });
    if (subject?.kind === "position") this.desk.room.reveal(subject.id);
  }

  private choose(id: number): void {
    const { room } = this.desk;
    const before = room.chosen;
    room.chosen = id;
    room.redress(before, id);
  }

  close(): void {
    const inside = this.element.contains(document.activeElement);
    this.subject = null;
    this.form = null;
    this.element.hidden = true;
    this.desk.room.view.covered = 0;
    this.choose(TOP);
    if (inside) this.desk.room.takeFocus();
  }

  private openForm(key: string, element: HTMLFormElement): void {
    this.form = { key, element };
    this.draw();
    element.querySelector<HTMLElement>("input, select")?.focus();
  }

  private closeForm(): void {
    const inside = this.form?.element.contains(document.activeElement);
    this.form = null;
    this.draw();
    if (inside) this.element.querySelector<HTMLElement>("h2")?.focus();
  }

  /** The chart is another one: the panel, too, but what is being typed stays. */
  private redraw(): void {
    if (!this.subject || this.subject.kind === "new") return;
    const here = this.subject.kind === "unplaced" || this.desk.room.tree.get(this.subject.id);
    if (!here) return this.awaited === TOP ? this.gone() : undefined;
    this.draw();
    if (this.awaited !== TOP) this.arrived(this.awaited);
  }

  /** What is typed about a position that is gone is still to be read, and copied. */
  private gone(): void {
    if (!this.form) this.close();
    else this.element.querySelector("h2")?.replaceChildren(say("goneMeanwhile"));
  }

  private draw(): void {
    if (!this.subject) return;
    const place = this.placeOfFocus();
    const open = this.element.querySelectorAll<HTMLElement>("details[open]");
    const opened = new Set([...open].map((one) => one.dataset["opened"]));
    this.element.hidden = false;
    this.element.replaceChildren(...this.parts(this.subject));
    for (const one of this.element.querySelectorAll<HTMLDetailsElement>("details")) one.open = opened.has(one.dataset["opened"]);
    place?.();
  }

  /** How to give the focus back to what bears the same name after the panel is drawn anew. */
  private placeOfFocus(): (() => void) | null {
    const active = document.activeElement;
    if (!(active instanceof HTMLElement) || !this.element.contains(active)) return null;
    if (this.form?.element.contains(active)) return () => active.focus();
    const group = active.parentElement?.ariaLabel;
    const { code } = active.dataset;
    return () => {
      const chip = code && [...this.element.querySelectorAll<HTMLElement>(`[data-code="${CSS.escape(code)}"]`)]
        .find((one) => one.parentElement?.ariaLabel === group);
      (chip || this.element.querySelector<HTMLElement>("h2"))?.focus({ preventScroll: true });
    };
  }

  private parts(subject: Exclude<Subject, null>): HTMLElement[] {
    if (subject.kind === "unplaced") return [this.head(say("unplacedHead")), this.unplacedList()];
    if (subject.kind === "new") {
      const part = newPositionPart(this.desk, subject.id, (id) => this.made(id));
      return [this.head(say("newPosition")), part];
    }
    return this.positionParts(subject.id);
  }

  /** Stand on the new position as soon as it is drawn. */
  private made(id: number): void {
    if (!id) return this.close();
    this.subject = { kind: "position", id };
    this.form = null;
    this.awaited = id;
    this.element.hidden = true;
    void this.desk.editing.reload();
  }

  private arrived(id: number): void {
    this.awaited = TOP;
    this.desk.room.focusOn(id, true);
    this.choose(id);
  }

  private positionParts(id: number): HTMLElement[] {
    const { desk } = this;
    const position = desk.room.tree.get(id);
    if (!position) return [];
    const asked = nextQuestion(desk, position);
    const look = lookOf(position, desk.room.layers);
    const parts = [
      this.head(look.nobody ? position.title : look.name),
      make("p", "chart-panel-title", [look.nobody ? look.name : position.title, position.unit].filter(Boolean).join(" · ")),
      actionsPart(desk, position, (manager) => this.startNew(manager)),
      questionPart(desk, position, asked, () => this.draw()),
      ...(position.holders ?? []).map((holder, index) => holderPart(desk, position, holder, index ? "" : asked)),
      asked === "holder" ? null : appointOpener(desk, position),
      positionPart(desk, position),
      tiesPart(desk, position),
      exportsPart(desk, id),
    ];
    return parts.filter((part) => part !== null);
  }

  private head(words: string): HTMLElement {
    const head = make("div", "chart-panel-head");
    const title = make("h2", "", words);
    title.tabIndex = -1;
    const shut = button("btn-quiet", "", () => this.close());
    shut.append(icon("x-lg"));
    shut.setAttribute("aria-label", say("closePanel"));
    head.append(title, shut);
    return head;
  }

  private unplacedList(): HTMLElement {
    const list = make("ul", "chart-plain-list");
    list.append(...(this.desk.room.document.unplaced ?? []).map((holder) => this.unplacedItem(holder)));
    const box = make("section", "chart-part");
    box.append(make("p", "quiet", say("unplacedHelp")), list);
    return box;
  }

  private unplacedItem(holder: Holder): HTMLElement {
    const item = make("li");
    const name = make("a", "", holder.name);
    name.href = `/persons/${holder.person}?client=${this.desk.client}`;
    item.append(name);
    return item;
  }
}
