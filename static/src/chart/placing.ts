// Puts blocks into the chart: boxes at their places, and the lines between them.

import { flextree, type FlextreeNode } from "d3-flextree";

import type { Block, Hung } from "./blocks";
import { type Bundle, elbow, stub } from "./lines";
import { around, type Measures, type Rect } from "./measures";
import type { Branch, Tree } from "./tree";

export interface Placed extends Rect { id: number; hidden: number }

/** How much hangs, whether in rows, and for which shape of window (width to height). */
export interface Style { hang: number; rows: boolean; shape: number }

export interface Layout { boxes: Placed[]; at: Map<number, Placed>; bundles: Bundle[]; bounds: Rect; style: Style }

export type Node = FlextreeNode<Block>;
export type HeightOf = (id: number) => number;

/** The line that leads to a place. */
export type Way = (toX: number, toY: number) => string;

const flex = flextree<Block>({ nodeSize: (node) => node.data.size, spacing: 0 });

/** A block and all below it, laid out side by side as close as they may be. */
export function nodeOf(block: Block): Node {
  return flex(flex.hierarchy(block));
}

export class Placing {
  readonly layout: Layout;
  private readonly bundles = new Map<number, Bundle>();

  constructor(
    private readonly tree: Tree, private readonly measures: Measures, private readonly heightOf: HeightOf, style: Style,
  ) {
    this.layout = { boxes: [], at: new Map(), bundles: [], bounds: { left: 0, top: 0, right: 1, bottom: 1 }, style };
  }

  box(branch: Branch, left: number, top: number): Placed {
    const bottom = top + this.heightOf(branch.id);
    const placed = { id: branch.id, hidden: branch.hidden, left, top, right: left + this.measures.width, bottom };
    this.layout.boxes.push(placed);
    this.layout.at.set(branch.id, placed);
    return placed;
  }

  line(manager: Placed, to: Placed, path: string): void {
    let bundle = this.bundles.get(manager.id);
    if (!bundle) {
      const { left, top, right, bottom } = manager;
      bundle = { manager: manager.id, sure: [], guess: [], ways: new Map(), left, top, right, bottom };
      this.bundles.set(manager.id, bundle);
      this.layout.bundles.push(bundle);
    }
    (this.tree.get(to.id)?.lineGuess ? bundle.guess : bundle.sure).push(path);
    bundle.ways.set(to.id, path);
    Object.assign(bundle, around(bundle, to));
  }

  /** The level between a manager and what stands below: the same for all in one row. */
  private busBelow(manager: Placed): number {
    return manager.top + this.measures.tall + this.measures.level / 2;
  }

  /** Put a block and all below it into the chart, moved by (dx, dy); answers the box at its head. */
  place(node: Node, manager: Placed | null, dx = 0, dy = 0): Placed | null {
    const { width, between } = this.measures;
    const { branch, hung } = node.data;
    const x = node.x + dx;
    const y = node.y + dy;
    const box = branch ? this.box(branch, x - width / 2, y) : null;
    if (box && manager) {
      this.line(manager, box, elbow((manager.left + manager.right) / 2, manager.bottom, this.busBelow(manager), x, box.top));
    }
    if (hung.length) this.group(x - (node.data.size[0] - between) / 2, y, hung, manager);
    for (const child of node.children ?? []) this.place(child as Node, box, dx, dy);
    return box;
  }

  /** `way` leads from the manager to the upper end of a column's line; without it, straight down. */
  group(left: number, top: number, hung: Hung[], manager: Placed | null, way?: Way): void {
    for (const one of hung) {
      const box = this.box(one.branch, left + one.x, top + one.y);
      const above = one.manager === null ? manager : this.layout.at.get(one.manager);
      if (!above) continue;
      const spine = left + one.spine;
      const middle = (box.top + box.bottom) / 2;
      const led = way && one.manager === null ? way(spine, top) + stub(spine, top, box.left, middle) : null;
      this.line(above, box, led ?? this.hangingLine(above, box, spine, one.manager !== null));
    }
  }

  private hangingLine(above: Placed, box: Placed, spine: number, inside: boolean): string {
    const middle = (box.top + box.bottom) / 2;
    const under = spine > above.left && spine < above.right - this.measures.width / 2;
    if (inside || under) return stub(spine, above.bottom, box.left, middle);
    const bus = this.busBelow(above);
    return elbow((above.left + above.right) / 2, above.bottom, bus, spine, bus + 8) + stub(spine, bus + 8, box.left, middle);
  }

  finish(): Layout {
    const first = this.layout.boxes[0];
    if (first) this.layout.bounds = this.layout.boxes.reduce<Rect>((all, box) => around(all, box), first);
    return this.layout;
  }
}
