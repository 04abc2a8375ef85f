// What d3-flextree lays side by side: single boxes, and groups in which reports hang in columns
// below each other, so that a department of thirty is a block and not a strip of thirty boxes.

import type { Measures } from "./measures";
import type { Branch } from "./tree";

export interface Hung { branch: Branch; x: number; y: number; spine: number; manager: number | null }

export interface Block {
  size: [number, number];
  children: Block[];
  branch: Branch | null;
  /** The boxes of a group, from the group's upper left corner. */
  hung: Hung[];
}

const ROWS = 8;
/** Reports without reports of their own stand side by side when there are no more than this. */
const FEW = 2;

interface Item { branch: Branch; width: number; height: number }

function depthOf(branch: Branch): number {
  let deepest = 0;
  for (const report of branch.reports) deepest = Math.max(deepest, 1 + depthOf(report));
  return deepest;
}

export class Blocks {
  /** Branches of up to `most` boxes hang; larger ones stand beside each other. `shape`: width to height. */
  constructor(
    private readonly measures: Measures, private readonly heightOf: (id: number) => number, private readonly most: number,
    private readonly shape: number,
  ) {}

  /** All tops under one block without a box. */
  top(branches: readonly Branch[]): Block {
    const [first] = branches;
    const children = first && branches.length === 1 ? [this.single(first)] : this.below(branches, false);
    return { size: [0, 0], children, branch: null, hung: [] };
  }

  /** A box with everything below it; rows that stand side by side begin at one height. */
  single(branch: Branch): Block {
    const { width, between, tall, level } = this.measures;
    const children = this.below(branch.reports, true);
    return { size: [width + between, tall + level], children, branch, hung: [] };
  }

  private below(branches: readonly Branch[], lines: boolean): Block[] {
    const small = branches.filter((branch) => branch.size <= this.most);
    const leaves = small.every((branch) => branch.size === 1);
    if (small.length <= (leaves ? FEW : 0)) return branches.map((branch) => this.single(branch));
    const blocks: Block[] = [];
    for (const branch of branches) {
      if (branch.size > this.most) blocks.push(this.single(branch));
      else if (branch === small[0]) blocks.push(this.group(small, lines, small.length === branches.length));
    }
    return blocks;
  }

  private item(branch: Branch): Item {
    const { width, indent, stack } = this.measures;
    return { branch, width: width + indent * depthOf(branch), height: this.highOf(branch) - stack };
  }

  private highOf(branch: Branch): number {
    return branch.reports.reduce((sum, one) => sum + this.highOf(one), this.heightOf(branch.id) + this.measures.stack);
  }

  private columns(items: Item[]): Item[][] {
    const { stack, width, between, tall } = this.measures;
    const whole = items.reduce((sum, item) => sum + item.height + stack, 0);
    const highest = Math.max(...items.map((item) => item.height));
    const wanted = Math.max(highest, ROWS * (tall + stack), Math.sqrt((whole * (width + between)) / this.shape));
    const columns: Item[][] = [];
    let filled = Infinity;
    for (const item of items) {
      if (filled + item.height > wanted) { columns.push([]); filled = 0; }
      columns.at(-1)?.push(item);
      filled += item.height + stack;
    }
    return columns;
  }

  private group(branches: readonly Branch[], lines: boolean, alone: boolean): Block {
    const { indent, stack, between, level } = this.measures;
    const columns = this.columns(branches.map((branch) => this.item(branch)));
    // One column below its manager stands a little to the right of it, its line under the manager's box.
    const single = lines && alone && columns.length === 1;
    const hung: Hung[] = [];
    let x = single ? indent : 0;
    let height = 0;
    for (const column of columns) {
      const left = x + (lines ? indent : 0);
      let y = 0;
      for (const item of column) {
        y = this.hang(item.branch, left, y, x + indent / 2, null, hung);
        height = Math.max(height, y - stack);
      }
      x = left + Math.max(...column.map((item) => item.width)) + between;
    }
    return { size: [x, height + level], children: [], branch: null, hung };
  }

  private hang(branch: Branch, x: number, y: number, spine: number, manager: number | null, into: Hung[]): number {
    into.push({ branch, x, y, spine, manager });
    let next = y + this.heightOf(branch.id) + this.measures.stack;
    for (const report of branch.reports) {
      next = this.hang(report, x + this.measures.indent, next, x + this.measures.indent / 2, branch.id, into);
    }
    return next;
  }
}

/** About how wide and high the blocks will be; the layout itself may only be narrower. */
export function extentOf(block: Block): [number, number] {
  let width = 0;
  let height = 0;
  for (const child of block.children) {
    const [w, h] = extentOf(child);
    width += w;
    height = Math.max(height, h);
  }
  return [Math.max(width, block.size[0]), height + block.size[1]];
}
