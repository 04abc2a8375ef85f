// The steps of a decision over the chart: numbers on the boxes, arrows from whoever acts to whoever acts next.

import type { Layout, Placed } from "./layout";
import { around, type Rect } from "./measures";
import { curve } from "./overlays";
import { svg } from "./svg";
import { widthOf } from "./text";
import { DEEPEST, type Tree } from "./tree";
import { say } from "./wording";

export interface Stop {
  number: string; title: string; who: string; positions: number[]; state: string; said: string;
}

export interface Walk {
  value: string; title: string; note: string; address: string; stops: Stop[]; arrows: [number, number][];
}

const HIGH = 22;
const GAP = 3;
const APART = 12;
/** The zoom below which numbers and arrows no longer shrink with the boxes. */
const STILL = 0.8;
const WORDS = 0.55;

/** A step in one line: its number, what happens, how far a deal is. */
export function stopInWords(stop: Stop): string {
  return [`${stop.number} ${stop.title}`, stop.said].filter(Boolean).join(", ");
}

/** The box in which a position is seen: its own, or that of the highest manager who is folded. */
function seenAt(tree: Tree, folded: ReadonlySet<number>, position: number): number {
  let seen = position;
  for (const id of tree.above(position)) {
    if (folded.has(id) || (tree.depth.get(id) ?? 0) >= DEEPEST) seen = id;
  }
  return seen;
}

export class WalkLayer {
  readonly group = svg("g", { class: "walk" });
  walk: Walk | null = null;
  private stops = new Map<number, Stop[]>();
  private arrows: [number, number][] = [];
  private drawn = "";

  constructor(private readonly font: string) {}

  /** Find where each step is seen while these branches are folded. */
  settle(tree: Tree, folded: ReadonlySet<number>): void {
    this.drawn = "";
    const seen = (position: number): number | null => (tree.get(position) ? seenAt(tree, folded, position) : null);
    this.stops = new Map();
    for (const stop of this.walk?.stops ?? []) {
      for (const id of new Set(stop.positions.map(seen))) {
        if (id !== null) this.stops.set(id, [...(this.stops.get(id) ?? []), stop]);
      }
    }
    const arrows = new Map<string, [number, number]>();
    for (const [from, to] of this.walk?.arrows ?? []) {
      const ends: [number | null, number | null] = [seen(from), seen(to)];
      if (ends[0] !== null && ends[1] !== null && ends[0] !== ends[1]) arrows.set(ends.join(), [ends[0], ends[1]]);
    }
    this.arrows = [...arrows.values()];
  }

  /** What those who hear the chart are told of the steps in a box. */
  wordsAt(id: number): string[] {
    return (this.stops.get(id) ?? []).map((stop) => say("stepHere", { step: stopInWords(stop) }));
  }

  /** Where all steps stand, with room for the numbers above the boxes. */
  area(layout: Layout): Rect | null {
    const boxes = [...this.stops.keys()].flatMap((id) => layout.at.get(id) ?? []);
    const [first, ...others] = boxes;
    if (!first) return null;
    const all = others.reduce<Rect>((area, box) => around(area, box), first);
    return { ...all, top: all.top - HIGH };
  }

  draw(layout: Layout, zoom: number): void {
    const scale = Math.max(1, STILL / zoom);
    const wordy = zoom >= WORDS;
    const key = `${scale} ${wordy}`;
    if (key === this.drawn) return;
    this.drawn = key;
    this.group.replaceChildren(...this.drawArrows(layout, scale), ...this.drawNumbers(layout, scale, wordy));
  }

  /** Those between the same two boxes run side by side. */
  private drawArrows(layout: Layout, scale: number): SVGElement[] {
    const between = new Map<string, number>();
    return this.arrows.flatMap(([from, to]) => {
      const [one, other] = [layout.at.get(from), layout.at.get(to)];
      if (!one || !other) return [];
      const pair = [from, to].sort((a, b) => a - b).join();
      const number = between.get(pair) ?? 0;
      between.set(pair, number + 1);
      const d = curve(one, other, number * APART * scale).path;
      const width = 2.25 * scale;
      return [
        svg("path", { class: "walk-edge", d, "stroke-width": width + 3 * scale }),
        svg("path", { class: "walk-arrow", d, "stroke-width": width, "marker-end": "url(#chart-arrow-walk)" }),
      ];
    });
  }

  private drawNumbers(layout: Layout, scale: number, wordy: boolean): SVGElement[] {
    return [...this.stops].flatMap(([id, stops]) => {
      const box = layout.at.get(id);
      return box ? this.numbersOf(box, stops, scale, wordy) : [];
    });
  }

  /** On the upper edge of the box, from the right; with words when there is room for all. */
  private numbersOf(box: Placed, stops: Stop[], scale: number, wordy: boolean): SVGElement[] {
    const whole = stops.map((stop) => [stop.number, stop.said].filter(Boolean).join(" "));
    const wide = (text: string): number => Math.max(HIGH, widthOf(text, this.font) + 12);
    const fits = whole.reduce((sum, text) => sum + wide(text) + GAP, 0) <= box.right - box.left;
    const texts = wordy && fits ? whole : stops.map((stop) => stop.number);
    let x = -4 - texts.reduce((sum, text) => sum + wide(text) + GAP, -GAP);
    return stops.map((stop, index) => {
      const text = texts[index] as string;
      const width = wide(text);
      const badge = svg("g", {
        class: `walk-number is-${stop.state || "plain"}`, transform: `translate(${box.right} ${box.top + 5}) scale(${scale})`,
      });
      badge.append(
        svg("rect", { x, y: -HIGH, width, height: HIGH, rx: HIGH / 2 }), svg("text", { x: x + width / 2, y: 4.5 - HIGH / 2 }, text),
      );
      x += width + GAP;
      return badge;
    });
  }
}
