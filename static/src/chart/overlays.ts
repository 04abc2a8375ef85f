// What lies over the tree: lines beside the solid ones, ties between people, names of large branches.

import type { ChartDocument, SideLine, Tie } from "./document";
import type { Layout, Placed } from "./layout";
import { mainHolder } from "./looks";
import { around, meet, type Rect } from "./measures";
import type { Layers } from "./memory";
import { picture, svg } from "./svg";
import { type Tree, TOP } from "./tree";
import { term } from "./wording";

const TIE_PICTURES: Record<string, string> = {
  influences: "arrow-right", trusts: "hand-thumbs-up", conflicts: "lightning-charge", former_colleague: "clock-history",
};

export interface Ground { document: ChartDocument; tree: Tree; layout: Layout; layers: Layers }

/** The box of a position, or of the folded branch in which it is hidden. */
function shownBox(ground: Ground, position: number): Placed | undefined {
  let id = position;
  while (id !== TOP && !ground.layout.at.has(id)) id = ground.tree.manager.get(id) ?? TOP;
  return ground.layout.at.get(id);
}

interface Curve { path: string; x: number; y: number }

/** From side to side when the boxes stand beside each other, else around them on the right; `aside` of the usual way. */
export function curve(from: Placed, to: Placed, aside = 0): Curve {
  const a = (from.top + from.bottom) / 2 + aside;
  const b = (to.top + to.bottom) / 2 + aside;
  const middle = (a + b) / 2;
  const rightwards = to.left > from.right + 20;
  if (!rightwards && to.right > from.left - 20) {
    const out = Math.max(from.right, to.right) + 46 + aside;
    return { path: `M${from.right} ${a}C${out} ${a} ${out} ${b} ${to.right} ${b}`, x: out - 12, y: middle };
  }
  const start = rightwards ? from.right : from.left;
  const end = rightwards ? to.left : to.right;
  const gap = Math.abs(end - start);
  const bend = Math.max(Math.min(40, gap), gap / 2) * (rightwards ? 1 : -1);
  return { path: `M${start} ${a}C${start + bend} ${a} ${end - bend} ${b} ${end} ${b}`, x: (start + end) / 2, y: middle };
}

function ends(ground: Ground, from: number | undefined, to: number | undefined, area: Rect): [Placed, Placed] | null {
  const one = from === undefined ? undefined : shownBox(ground, from);
  const other = to === undefined ? undefined : shownBox(ground, to);
  return one && other && one !== other && meet(around(one, other), area) ? [one, other] : null;
}

function sideLine(ground: Ground, line: SideLine, area: Rect): SVGElement[] {
  const found = ends(ground, line.from, line.to, area);
  if (!found) return [];
  const drawn = svg("path", { class: `chart-side is-${line.kind}${line.guess ? " is-guess" : ""}`, d: curve(...found).path });
  drawn.append(svg("title", {}, term("line", line.kind)));
  return [drawn];
}

/** Where a person sits; somebody with several positions sits in the one held in full. */
export function seatsOf(document: ChartDocument): Map<number, number> {
  const seats = new Map<number, number>();
  for (const position of document.positions) {
    for (const holder of position.holders ?? []) {
      if (!seats.has(holder.person) || holder === mainHolder(position)) seats.set(holder.person, position.id);
    }
  }
  return seats;
}

function tie(ground: Ground, one: Tie, seats: Map<number, number>, area: Rect): SVGElement[] {
  const found = ends(ground, seats.get(one.from), seats.get(one.to), area);
  if (!found) return [];
  const { path, x, y } = curve(...found);
  const look = `chart-tie is-${one.kind} strength-${one.strength}${one.guess ? " is-guess" : ""}`;
  const arrow = `url(#chart-arrow-${one.kind})`;
  const heads = { "marker-end": arrow, ...(one.bothWays ? { "marker-start": arrow } : {}) };
  const group = svg("g", { class: look });
  group.append(
    svg("path", { d: path, ...heads }), svg("circle", { cx: x, cy: y, r: 10 }),
    picture(TIE_PICTURES[one.kind] ?? "arrow-right", x - 7, y - 7, 14, "tie-picture"),
    svg("title", {}, [term("influence", one.kind), one.note].filter(Boolean).join(": ")),
  );
  return [group];
}

/** One head for each kind of tie, so that it bears the colour of its line. */
export function arrowHeads(): SVGElement {
  const definitions = svg("defs");
  for (const kind of Object.keys(TIE_PICTURES)) {
    const marker = svg("marker", {
      id: `chart-arrow-${kind}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8,
      orient: "auto-start-reverse", markerUnits: "userSpaceOnUse",
    });
    marker.append(svg("path", { class: `tie-head is-${kind}`, d: "M0 0L8 4L0 8Z" }));
    definitions.append(marker);
  }
  definitions.append(walkHead());
  return definitions;
}

/** As large as the arrow is thick, which grows when one sees the chart from afar. */
function walkHead(): SVGElement {
  const marker = svg("marker", {
    id: "chart-arrow-walk", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 5, markerHeight: 5, orient: "auto",
  });
  marker.append(svg("path", { class: "walk-head", d: "M0 0L8 4L0 8Z" }));
  return marker;
}

export function drawSideLines(ground: Ground, into: SVGGElement, area: Rect): void {
  const wanted = ground.layers.dotted ? (ground.document.lines ?? []) : [];
  into.replaceChildren(...wanted.flatMap((line) => sideLine(ground, line, area)));
}

export function drawTies(ground: Ground, into: SVGGElement, area: Rect): void {
  if (!ground.layers.influence) return into.replaceChildren();
  const seats = seatsOf(ground.document);
  into.replaceChildren(...(ground.document.influences ?? []).flatMap((one) => tie(ground, one, seats, area)));
}
