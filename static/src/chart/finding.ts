// Search in the chart: what fits is marked and listed, and one jumps from box to box.

import { button, make } from "../dom";
import type { Position } from "./document";
import { READABLE, type Room } from "./room";
import { count, say } from "./wording";

const LISTED = 8;
const WAIT = 90;

/** Lower case, ё as е, so that what is typed in haste is found. */
export function fold(text: string): string {
  return text.toLocaleLowerCase("ru").replaceAll("ё", "е").trim();
}

function textOf(position: Position): string {
  const names = (position.holders ?? []).map((holder) => holder.name);
  return fold([...names, position.title, position.unit ?? "", position.code ?? ""].join(" "));
}

export class Finding {
  private texts = new Map<number, string>();
  private hits: number[] = [];
  private at = -1;
  private timer = 0;

  constructor(
    private readonly room: Room, private readonly field: HTMLInputElement,
    private readonly list: HTMLElement, private readonly said: HTMLElement, private readonly open: (id: number) => void,
  ) {
    room.shownAnew.on(() => this.texts.clear());
    field.addEventListener("input", () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.look(), WAIT);
    });
    field.addEventListener("keydown", (event) => this.pressed(event));
    field.addEventListener("focus", () => { if (field.value) this.look(); });
    document.addEventListener("focusin", (event) => this.left(event));
    document.addEventListener("pointerdown", (event) => this.left(event));
  }

  private left(event: Event): void {
    const around = this.field.closest("[data-chart-search]");
    if (event.target instanceof Node && around && !around.contains(event.target)) this.list.replaceChildren();
  }

  private pressed(event: KeyboardEvent): void {
    const acts: Record<string, () => void> = {
      Enter: () => { this.look(); this.list.replaceChildren(); this.go(event.shiftKey ? -1 : 1); },
      ArrowDown: () => { this.show(); this.list.querySelector("button")?.focus(); },
      ...(this.field.value ? { Escape: () => { event.stopPropagation(); this.clear(); } } : {}),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  clear(): void {
    this.field.value = "";
    this.look();
  }

  private read(): void {
    if (this.texts.size) return;
    for (const [id, position] of this.room.tree.positions) this.texts.set(id, textOf(position));
  }

  private look(): void {
    window.clearTimeout(this.timer);
    const words = fold(this.field.value).split(/\s+/).filter(Boolean);
    const before = this.hits;
    this.hits = words.length ? this.search(words) : [];
    if (this.hits.join() !== before.join()) {
      this.at = -1;
      this.room.found = new Set(this.hits);
      this.room.redressAll();
    }
    this.said.textContent = words.length ? count("found", this.hits.length) : "";
    this.show();
  }

  private search(words: string[]): number[] {
    this.read();
    return this.room.tree.order.filter((id) => words.every((word) => this.texts.get(id)?.includes(word)));
  }

  private go(step: number): void {
    if (!this.hits.length) return;
    this.at = (this.at + step + this.hits.length) % this.hits.length;
    this.jump(this.hits[this.at] as number, false);
  }

  private jump(id: number, take: boolean): void {
    this.room.focusOn(id, take, false);
    const box = this.room.layout.at.get(id);
    if (box) this.room.view.centre(box, Math.max(READABLE, Math.min(1, this.room.view.transform.k)));
    if (this.at >= 0) this.said.textContent = say("foundAt", { number: this.at + 1, count: this.hits.length });
    if (take) this.open(id);
  }

  private show(): void {
    this.list.replaceChildren(...this.hits.slice(0, LISTED).map((id) => this.entry(id)));
  }

  private entry(id: number): HTMLElement {
    const look = this.room.lookAt(id);
    const entry = make("li");
    const jump = button("chart-hit", "", () => {
      this.list.replaceChildren();
      this.jump(id, true);
    });
    const place = [look?.title, look?.unit].filter(Boolean).join(", ");
    jump.append(make("strong", "", this.nameOf(id) ?? look?.name ?? ""), make("span", "", place));
    jump.addEventListener("keydown", (event) => this.walk(event, entry));
    entry.append(jump);
    return entry;
  }

  /** Of several who hold a position the one that was looked for. */
  private nameOf(id: number): string | undefined {
    const words = fold(this.field.value).split(/\s+/).filter(Boolean);
    const holders = this.room.tree.get(id)?.holders ?? [];
    return holders.find((holder) => words.some((word) => fold(holder.name).includes(word)))?.name;
  }

  private walk(event: KeyboardEvent, entry: HTMLElement): void {
    if (event.key === "Escape") { event.stopPropagation(); this.list.replaceChildren(); return this.field.focus(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const next = event.key === "ArrowDown" ? entry.nextElementSibling : entry.previousElementSibling;
    const target = next?.querySelector("button") ?? (event.key === "ArrowUp" ? this.field : null);
    target?.focus();
  }
}
