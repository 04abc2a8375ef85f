// Where each box stands. d3-flextree does the hard part: blocks of any size, as close as they may be.
// A chart that would still be a strip is set in rows, like a page of text.

import { flextree, type FlextreeNode } from "d3-flextree";

import { type Block, Blocks, extentOf, type Hung } from "./blocks";
import { type Bundle, elbow, stub } from "./lines";
import { around, type Measures, type Rect } from "./measures";
import type { Branch, Tree } from "./tree";

export interface Placed extends Rect { id: number; hidden: number }

export interface Style { hang: number; rows: boolean }

export interface Layout { boxes: Placed[]; at: Map<number, Placed>; bundles: Bundle[]; bounds: Rect; style: Style }

type Node = FlextreeNode<Block>;
type HeightOf = (id: number) => number;

const HANGS = [1, 4, 8, 14];
const BROAD = 2.3;
const NARROW = 1500;
const SHAPE = 1.9;

const flex = flextree<Block>({ nodeSize: (node) => node.data.size, spacing: 0 });

/** The least hanging that keeps the chart from being a strip; when none does, rows do. */
function styleOf(branches: readonly Branch[], measures: Measures, heightOf: HeightOf): Style {
  for (const hang of HANGS) {
    const [width, height] = extentOf(new Blocks(measures, heightOf, hang).top(branches));
    if (width <= NARROW || width / height <= BROAD) return { hang, rows: false };
  }
  return { hang: HANGS.at(-1) ?? 1, rows: true };
}

class Placing {
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

  place(node: Node, manager: Placed | null, dx = 0, dy = 0): void {
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
  }

  private group(left: number, top: number, hung: Hung[], manager: Placed | null): void {
    for (const one of hung) {
      const box = this.box(one.branch, left + one.x, top + one.y);
      const above = one.manager === null ? manager : this.layout.at.get(one.manager);
      if (above) this.line(above, box, this.hangingLine(above, box, left + one.spine, one.manager !== null));
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

interface Shelf { nodes: Node[]; width: number; height: number }

/** The branches in rows, in their order, so that all together have about the shape of a screen. */
function shelvesOf(nodes: Node[]): Shelf[] {
  const sizes = nodes.map(({ extents }) => ({ width: extents.right - extents.left, height: extents.bottom - extents.top }));
  const area = sizes.reduce((sum, { width, height }) => sum + width * height, 0);
  const wanted = Math.max(Math.sqrt(area * SHAPE), ...sizes.map(({ width }) => width));
  const shelves: Shelf[] = [];
  nodes.forEach((node, index) => {
    const { width = 0, height = 0 } = sizes[index] ?? {};
    let shelf = shelves.at(-1);
    if (!shelf || shelf.width + width > wanted * 1.02) shelves.push((shelf = { nodes: [], width: 0, height: 0 }));
    shelf.nodes.push(node);
    shelf.width += width;
    shelf.height = Math.max(shelf.height, height);
  });
  return shelves;
}

/** In rows: below the one at the top, or without one below nobody. */
function placeInRows(placing: Placing, blocks: Blocks, branches: readonly Branch[], measures: Measures): void {
  const top = branches.length === 1 ? branches[0] : undefined;
  const shelves = shelvesOf((top ? top.reports : branches).map((branch) => flex(flex.hierarchy(blocks.single(branch)))));
  const wide = Math.max(...shelves.map((shelf) => shelf.width));
  const above = top ? placing.box(top, Math.max(0, (wide - measures.width) / 2), 0) : null;
  const first = above ? measures.tall + measures.level / 2 : 0;
  let y = first + measures.level / 2;
  for (const shelf of shelves) {
    let x = measures.indent;
    for (const node of shelf.nodes) {
      placing.place(node, null, x - node.extents.left, y);
      const box = node.data.branch && placing.layout.at.get(node.data.branch.id);
      if (above && box) placing.line(above, box, rowLine(above, box, first, y - measures.level / 2));
      x += node.extents.right - node.extents.left;
    }
    y += shelf.height + measures.level;
  }
}

/** To the left border, down along it, and along the upper edge of the row. */
function rowLine(above: Placed, box: Placed, first: number, bus: number): string {
  const middle = (above.left + above.right) / 2;
  const to = (box.left + box.right) / 2;
  if (bus === first) return elbow(middle, above.bottom, bus, to, box.top);
  return elbow(middle, above.bottom, first, 0, first + 8) + `M0 ${first + 8}V${bus - 7}Q0 ${bus} 7 ${bus}` + `M7 ${bus}H${to - 7}Q${to} ${bus} ${to} ${bus + 7}V${box.top}`;
}

/** Lay out what is shown, in the style of an earlier layout or in the one that suits. */
export function layOut(
  tree: Tree, branches: readonly Branch[], measures: Measures, heightOf: HeightOf, before: Style | null,
): Layout {
  const style = before ?? styleOf(branches, measures, heightOf);
  const placing = new Placing(tree, measures, heightOf, style);
  const blocks = new Blocks(measures, heightOf, style.hang);
  const many = (branches.length === 1 ? branches[0]?.reports.length : branches.length) ?? 0;
  if (style.rows && many > 1) placeInRows(placing, blocks, branches, measures);
  else placing.place(flex(flex.hierarchy(blocks.top(branches))), null);
  return placing.finish();
}
