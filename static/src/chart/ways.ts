// Which way of a decision is laid over the chart: chosen in the tools, told below the drawing, kept in the address.

import { all, button, make } from "../dom";
import type { ChartDocument } from "./document";
import type { Editing } from "./editing";
import type { Room } from "./room";
import type { Saying } from "./saying";
import { isFailure } from "./server";
import type { Stop, Walk } from "./walk";
import { say } from "./wording";

const SETTLE = 150;

export class Ways {
  private number = 0;
  private seen: ChartDocument | null = null;
  private isFirst = true;
  private timer = 0;

  constructor(
    private readonly root: HTMLElement, private readonly box: HTMLElement, private readonly list: HTMLElement,
    private readonly room: Room, private readonly editing: Editing, private readonly saying: Saying,
  ) {
    for (const field of this.fields) field.addEventListener("change", () => this.chose(field));
    room.shownAnew.on(() => this.follow());
  }

  private get fields(): HTMLSelectElement[] {
    return all<HTMLSelectElement>("[data-way]", this.root);
  }

  private get field(): HTMLSelectElement | undefined {
    return this.fields.find((field) => field.value);
  }

  private chose(field: HTMLSelectElement): void {
    for (const other of this.fields) if (other !== field) other.value = "";
    this.address();
    void this.load(true);
  }

  /** On another day another version is in force; and what a colleague changed is seen. */
  private follow(): void {
    this.links();
    if (this.room.document === this.seen || !this.field) return;
    this.seen = this.room.document;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.load(false), SETTLE);
  }

  private async load(aloud: boolean): Promise<void> {
    const number = ++this.number;
    const field = this.field;
    if (!field) {
      this.show(null);
      return this.saying.say(say("wayNone"));
    }
    const { on, known } = this.room.document;
    const answer = await this.editing.server.layer(field.dataset["way"] ?? "", field.value, on, known ?? "");
    if (number !== this.number) return;
    if (isFailure(answer)) {
      this.show(null);
      return this.saying.say(answer.status === 404 ? say("wayNotThere") : answer.sentence, true);
    }
    this.show(answer, aloud || this.isFirst);
    this.isFirst = false;
    if (aloud) this.saying.say(say("wayShown", { title: answer.title }));
  }

  private show(walk: Walk | null, whole = false): void {
    this.room.setWalk(walk, whole);
    this.box.hidden = !walk;
    if (!walk) return;
    this.box.querySelector("h2")?.replaceChildren(walk.title, " ", make("span", "quiet", walk.note));
    this.box.querySelector<HTMLAnchorElement>("a[data-more]")?.setAttribute("href", walk.address);
    this.list.replaceChildren(...walk.stops.map((stop) => this.item(stop)));
  }

  private item(stop: Stop): HTMLElement {
    const item = make("li");
    const state = `is-${stop.state || "plain"}`;
    const told = make("span");
    const [position] = stop.positions;
    const title = position === undefined
      ? make("strong", "", stop.title) : button("chart-link", stop.title, () => this.room.focusOn(position));
    told.append(title);
    if (stop.said) told.append(" ", make("span", `step-said ${state}`, stop.said));
    told.append(make("span", "byline d-block", stop.who));
    item.append(make("span", `step-number ${state}`, stop.number), " ", told);
    return item;
  }

  /** Reloading, or sending the address to a colleague, shows the same way; so does what is taken out. */
  private address(): void {
    const address = new URL(location.href);
    this.put(address);
    history.replaceState(history.state, "", address);
    this.links();
  }

  private links(): void {
    for (const link of all<HTMLAnchorElement>("a[data-export]")) {
      const address = new URL(link.href, location.href);
      this.put(address);
      link.href = address.pathname + address.search;
    }
  }

  private put(address: URL): void {
    for (const field of this.fields) {
      const name = field.dataset["way"] ?? "";
      if (field.value) address.searchParams.set(name, field.value);
      else address.searchParams.delete(name);
    }
  }
}
