// The date bar: which day is shown, and what was known on which day.

import type { ChartDocument } from "./document";
import type { Editing } from "./editing";
import type { Room } from "./room";
import type { Saying } from "./saying";
import { isFailure } from "./server";
import { dayInWords, say } from "./wording";

const DAY = 86_400_000;
const WAIT = 160;
const KEPT = 12;
const AT_LEAST = 730;
const AT_MOST = 3_650;

export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY);
}

export function dayOf(number: number): string {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

/** The earliest day any fact of the chart is true since, for the beginning of the slider. */
function firstDay(document: ChartDocument, today: string): number {
  const last = dayNumber(today);
  let first = last - AT_LEAST;
  for (const position of document.positions) {
    for (const holder of position.holders ?? []) {
      if (holder.since) first = Math.min(first, dayNumber(holder.since));
    }
  }
  return Math.max(first, last - AT_MOST);
}

export interface DateParts {
  form: HTMLFormElement; slider: HTMLInputElement; on: HTMLInputElement; known: HTMLInputElement; banner: HTMLElement;
}

export class Dates {
  private readonly kept = new Map<string, ChartDocument>();
  private stop: AbortController | null = null;
  private timer = 0;

  constructor(
    private readonly parts: DateParts, private readonly room: Room, private readonly editing: Editing,
    private readonly saying: Saying, private readonly today: string, private readonly leaveComparison: () => void,
  ) {
    parts.form.addEventListener("submit", (event) => { event.preventDefault(); this.go(); });
    parts.on.addEventListener("change", () => { this.follow(); this.go(); });
    parts.known.addEventListener("change", () => this.go());
    parts.slider.addEventListener("input", () => this.slid());
    room.shownAnew.on(() => this.show());
    editing.stacksChanged.on(() => this.kept.clear());
  }

  /** Set up the slider once the first chart has come. */
  begin(document: ChartDocument): void {
    const { slider } = this.parts;
    slider.min = String(firstDay(document, this.today));
    slider.max = String(Math.max(dayNumber(this.today), dayNumber(document.on)));
    this.follow();
    this.show();
  }

  private follow(): void {
    const { slider, on } = this.parts;
    const number = dayNumber(on.value || this.today);
    if (number < Number(slider.min)) slider.min = String(number);
    if (number > Number(slider.max)) slider.max = String(number);
    slider.value = String(number);
    slider.setAttribute("aria-valuetext", dayInWords(on.value || this.today));
  }

  private slid(): void {
    const day = dayOf(Number(this.parts.slider.value));
    this.parts.on.value = day;
    this.parts.slider.setAttribute("aria-valuetext", dayInWords(day));
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.go(), WAIT);
  }

  backToNow(): void {
    this.parts.on.value = this.today;
    this.parts.known.value = "";
    this.follow();
    this.go();
  }

  private go(): void {
    window.clearTimeout(this.timer);
    const on = this.parts.on.value === this.today ? "" : this.parts.on.value;
    void this.load(on, this.parts.known.value);
  }

  private async load(on: string, known: string): Promise<void> {
    this.leaveComparison();
    this.stop?.abort();
    this.stop = new AbortController();
    const { signal } = this.stop;
    const moment = { ...this.editing.moment, on, known };
    this.editing.moment = moment;
    const key = this.editing.server.chartAddress(moment);
    const document = this.kept.get(key) ?? (await this.editing.server.chart(moment, signal));
    if (signal.aborted) return;
    if (isFailure(document)) return this.saying.say(document.sentence, true);
    this.keep(key, document);
    this.editing.took(document);
    this.room.show(document);
    this.address(on, known);
    this.saying.say(this.sentence());
  }

  private keep(key: string, document: ChartDocument): void {
    this.kept.delete(key);
    this.kept.set(key, document);
    for (const first of this.kept.keys()) if (this.kept.size > KEPT) this.kept.delete(first);
  }

  /** Reloading, or sending the address to a colleague, shows the same day. */
  private address(on: string, known: string): void {
    const address = new URL(location.href);
    for (const [name, value] of [["on", on], ["known", known]] as const) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(history.state, "", address);
  }

  private sentence(): string {
    const { on, known } = this.room.document;
    const places = { day: dayInWords(on), known: known ? dayInWords(known) : "" };
    if (known) return say("shownKnown", places);
    return say(on === this.today ? "shownToday" : "shownDay", places);
  }

  private show(): void {
    const { on, known } = this.room.document;
    const past = on !== this.today || Boolean(known);
    this.parts.banner.hidden = !past || this.editing.comparing;
    this.parts.banner.querySelector("[data-sentence]")?.replaceChildren(this.sentence());
  }
}
