// Seen from afar a box is too small to read; then the largest branches bear their names, as towns on a map.

import type { Layout } from "./layout";
import { meet, type Rect } from "./measures";
import { svg } from "./svg";
import { cut, widthOf } from "./text";
import { TOP, type Tree } from "./tree";

export const FAR = 0.22;
const MOST = 40;
const TRIED = 160;
const ROOM = 210;
const HEIGHT = 20;

interface Label { text: string; x: number; y: number }

/** Whoever heads a unit of their own; where no unit is known, a title says what the branch is. */
function isHead(tree: Tree, id: number): boolean {
  const unit = tree.get(id)?.unit;
  return tree.below(id) > 0 && (!unit || unit !== tree.get(tree.manager.get(id) ?? TOP)?.unit);
}

function largest(tree: Tree, layout: Layout, seen: Rect): number[] {
  const heads = layout.boxes.filter((box) => meet(box, seen) && isHead(tree, box.id)).map((box) => box.id);
  return heads.sort((a, b) => tree.below(b) - tree.below(a)).slice(0, TRIED);
}

export class Labels {
  constructor(private readonly group: SVGGElement, private readonly font: string) {}

  draw(tree: Tree, layout: Layout, seen: Rect, scale: number): void {
    if (scale >= FAR) return this.group.replaceChildren();
    this.group.replaceChildren(...this.chosen(tree, layout, seen, scale).map((label) => this.label(label, scale)));
  }

  private chosen(tree: Tree, layout: Layout, seen: Rect, scale: number): Label[] {
    const taken: Rect[] = [];
    const found: Label[] = [];
    for (const id of largest(tree, layout, seen)) {
      const box = layout.at.get(id);
      const position = tree.get(id);
      if (!box || !position || found.length >= MOST) continue;
      const text = cut(position.unit || position.title, ROOM, this.font);
      const x = ((box.left + box.right) / 2) * scale;
      const y = ((box.top + box.bottom) / 2) * scale;
      const half = widthOf(text, this.font) / 2 + 8;
      const rect = { left: x - half, right: x + half, top: y - HEIGHT / 2 - 2, bottom: y + HEIGHT / 2 + 2 };
      if (!text || taken.some((other) => meet(other, rect))) continue;
      taken.push(rect);
      found.push({ text, x: x / scale, y: y / scale });
    }
    return found;
  }

  private label(label: Label, scale: number): SVGElement {
    const width = widthOf(label.text, this.font) + 12;
    const group = svg("g", { class: "chart-label", transform: `translate(${label.x} ${label.y}) scale(${1 / scale})` });
    group.append(
      svg("rect", { x: -width / 2, y: -HEIGHT / 2, width, height: HEIGHT, rx: 4 }),
      svg("text", { y: 4.5 }, label.text),
    );
    return group;
  }
}
