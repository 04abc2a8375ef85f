// Fields for positions: what is chosen stands as chips, and known ones are offered while one types.

import { button, make } from "../dom";
import { isFailure, type Seat, type Server } from "./server";
import { say } from "./wording";

const PAUSE = 150;
let number = 0;

type Source = HTMLTextAreaElement | HTMLInputElement;

/** Lets people choose positions for a field of the form, which holds one label a line. */
export class Actors {
  private readonly box = make("div", "path-actors-box");
  private readonly chips = make("ul", "path-chips");
  private readonly input = make("input", "form-control");
  private readonly list = make("ul", "chart-lookup-list");
  private offered: { words: string; labels: string[] }[] = [];
  private at = -1;
  private timer = 0;
  private asked = 0;

  constructor(private readonly source: Source, private readonly server: Server) {
    const id = `path-actors-${++number}`;
    Object.assign(this.input, { type: "text", id, maxLength: 200, autocomplete: "off" });
    Object.assign(this.list, { id: `${id}-list`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", say("suggestions"));
    const states = { "role": "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(states)) this.input.setAttribute(name, value);
    this.input.placeholder = say(this.many ? "findActor" : "findDeputy");
    source.hidden = true;
    // How it is typed without scripts.
    for (const help of source.parentElement?.querySelectorAll<HTMLElement>(".field-help") ?? []) help.hidden = true;
    for (const label of source.labels ?? []) label.htmlFor = id;
    const lookup = make("div", "chart-lookup");
    lookup.append(this.input, this.list);
    this.box.append(this.chips, lookup);
    source.after(this.box);
    this.wire();
    this.refresh();
  }

  private get many(): boolean {
    return this.source instanceof HTMLTextAreaElement;
  }

  private get chosen(): string[] {
    return this.source.value.split("\n").filter(Boolean);
  }

  private choose(labels: string[]): void {
    const all = this.many ? [...new Set([...this.chosen, ...labels])] : labels.slice(0, 1);
    this.input.value = "";
    this.offer([]);
    this.set(all);
  }

  private set(labels: string[]): void {
    this.source.value = labels.join("\n");
    this.refresh();
    this.source.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Show what the field holds now. */
  refresh(): void {
    this.chips.replaceChildren(...this.chosen.map((label) => this.chip(label)));
    this.chips.hidden = !this.chips.children.length;
  }

  private chip(label: string): HTMLElement {
    const chip = make("li", "path-chip");
    const words = label.replace(/ · № \d+$/, "");
    const away = button("btn-quiet", "×", () => { this.set(this.chosen.filter((one) => one !== label)); this.input.focus(); });
    away.setAttribute("aria-label", say("takeAway", { what: words }));
    chip.append(make("span", "", words), away);
    return chip;
  }

  private wire(): void {
    const { input } = this;
    input.addEventListener("input", () => this.typed());
    input.addEventListener("change", (event) => event.stopPropagation());
    input.addEventListener("focus", () => void this.ask());
    input.addEventListener("blur", () => window.setTimeout(() => this.offer([]), 150));
    input.addEventListener("keydown", (event) => this.pressed(event));
  }

  private typed(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    const turn = ++this.asked;
    const answer = await this.server.seats(this.input.value);
    if (turn !== this.asked || isFailure(answer) || document.activeElement !== this.input) return;
    this.offer(answer.seats.flatMap((seat, index) => this.offersOf(seat, answer.seats.slice(0, index))));
  }

  /** A seat, and before the first of a committee the whole committee. */
  private offersOf(seat: Seat, before: Seat[]): { words: string; labels: string[] }[] {
    const one = { words: seat.label, labels: [seat.label] };
    if (!this.many || seat.committee.length < 2 || before.some((other) => other.body === seat.body)) return [one];
    const words = say("wholeCommittee", { count: seat.committee.length, body: seat.body });
    return [{ words, labels: seat.committee }, one];
  }

  private offer(offered: { words: string; labels: string[] }[]): void {
    this.offered = offered;
    this.list.replaceChildren(...offered.map((one, index) => this.option(one, index)));
    this.list.hidden = !offered.length;
    this.input.setAttribute("aria-expanded", String(offered.length > 0));
    this.mark(-1);
  }

  private option(one: { words: string; labels: string[] }, index: number): HTMLElement {
    const option = make("li", "chart-lookup-option", one.words);
    option.id = `${this.list.id}-${index}`;
    option.setAttribute("role", "option");
    option.addEventListener("pointerdown", (event) => { event.preventDefault(); this.choose(one.labels); });
    return option;
  }

  private mark(index: number): void {
    this.at = index;
    [...this.list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === index)));
    const active = this.list.children[index];
    if (active) this.input.setAttribute("aria-activedescendant", active.id);
    else this.input.removeAttribute("aria-activedescendant");
    active?.scrollIntoView({ block: "nearest" });
  }

  private pressed(event: KeyboardEvent): void {
    const { offered } = this;
    if (event.key === "Enter") {
      event.preventDefault();
      const one = offered[this.at] ?? (offered.length === 1 ? offered[0] : undefined);
      return one && this.choose(one.labels);
    }
    if (event.key === "Escape" && offered.length) { event.stopPropagation(); return this.offer([]); }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step || !offered.length) return;
    event.preventDefault();
    this.mark((this.at + step + offered.length) % offered.length);
  }
}
