// Two days beside each other: what differs is marked in the drawing, in words and colours, and listed.

import { button, make } from "../dom";
import type { ChartDocument, Difference, Position } from "./document";
import type { Editing } from "./editing";
import type { Mark } from "./looks";
import type { Room } from "./room";
import type { Saying } from "./saying";
import { isFailure } from "./server";
import { count, dayInWords, say } from "./wording";

/** What has a mark of its own. */
const OWN = ["new", "gone", "moved", "manager", "title", "holder"];
/** What marks a box as changed; anything else is told by the list alone. */
const OTHER = ["left", "vacant", "acting", "main", "unit", "kind", "code", "known"];
/** In a box that bears several marks the first of these gives the colour. */
const ORDER = [...OWN, "changed"];

export function marksOf(changes: readonly Difference[]): Map<number, Mark[]> {
  const found = new Map<number, Mark[]>();
  for (const one of changes) {
    if (!one.position || !(OWN.includes(one.what) || OTHER.includes(one.what))) continue;
    const kind = OWN.includes(one.what) ? one.what : "changed";
    const marks = found.get(one.position) ?? [];
    if (!marks.some((mark) => mark.kind === kind)) marks.push({ kind, words: say(`mark.${kind}`) });
    found.set(one.position, marks.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)));
  }
  return found;
}

/** The later chart, with what is gone standing where it was. */
export function together(before: ChartDocument, after: ChartDocument): ChartDocument {
  const here = new Set(after.positions.map((position) => position.id));
  const gone = before.positions.filter((position) => !here.has(position.id));
  for (const position of gone) here.add(position.id);
  const left = (position: Position): Position => ({ ...position, manager: position.manager ?? null });
  return { ...after, positions: [...after.positions, ...gone.map(left)] };
}

export interface ComparingParts {
  form: HTMLFormElement; from: HTMLInputElement; to: HTMLInputElement; box: HTMLElement; list: HTMLElement; banner: HTMLElement;
}

export class Comparing {
  private number = 0;

  constructor(
    private readonly parts: ComparingParts, private readonly room: Room, private readonly editing: Editing,
    private readonly saying: Saying, private readonly open: (id: number) => void,
  ) {
    parts.form.addEventListener("submit", (event) => { event.preventDefault(); void this.begin(); });
    editing.compareAnew = () => void this.begin();
  }

  async begin(): Promise<void> {
    const from = this.parts.from.value;
    const to = this.parts.to.value;
    if (!from || !to || from >= to) return this.saying.say(say("compareDays"), true);
    const number = ++this.number;
    const { server, moment } = this.editing;
    const at = (on: string): ReturnType<typeof server.chart> => server.chart({ ...moment, on, known: "" });
    const [before, after, answer] = await Promise.all([at(from), at(to), server.changes(from, to)]);
    if (number !== this.number) return;
    for (const one of [before, after, answer]) if (isFailure(one)) return this.saying.say(one.sentence, true);
    if (isFailure(before) || isFailure(after) || isFailure(answer)) return;
    this.editing.comparing = true;
    this.room.show(together(before, after), marksOf(answer.changes));
    this.tell(from, to, answer.changes);
  }

  private tell(from: string, to: string, changes: Difference[]): void {
    const sentence = say("compared", {
      from: dayInWords(from), to: dayInWords(to), count: count("differences", changes.length),
    });
    this.parts.banner.hidden = false;
    this.parts.banner.querySelector("[data-sentence]")?.replaceChildren(sentence);
    this.parts.box.hidden = false;
    this.parts.list.replaceChildren(...changes.map((one) => this.item(one)));
    if (!changes.length) this.parts.list.append(make("li", "quiet", say("noDifferences")));
    this.saying.say(sentence);
  }

  private item(one: Difference): HTMLElement {
    const kind = OWN.includes(one.what) ? one.what : "changed";
    const item = make("li", `chart-change is-${kind}`);
    item.append(make("span", "chart-change-mark", say(`mark.${kind}`)));
    const { position } = one;
    if (!position) item.append(make("span", "", one.sentence));
    else {
      item.append(button("chart-link", one.sentence, () => {
        this.room.focusOn(position);
        this.open(position);
      }));
    }
    return item;
  }

  /** Only one day again; whoever calls this shows which. */
  leave(): void {
    this.number++;
    this.editing.comparing = false;
    this.parts.banner.hidden = true;
    this.parts.box.hidden = true;
  }

  end(): void {
    if (!this.editing.comparing) return;
    this.leave();
    void this.editing.reload();
  }
}
