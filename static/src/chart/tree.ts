// Who reports to whom, found once for each document; and which of it is shown when branches are folded.

import type { ChartDocument, Position } from "./document";

/** The manager of those at the top. */
export const TOP = 0;

export class Tree {
  readonly positions = new Map<number, Position>();
  readonly manager = new Map<number, number>();
  readonly depth = new Map<number, number>();
  /** Manager before reports, siblings in the order of the document. */
  readonly order: number[] = [];
  private readonly reports = new Map<number, number[]>();
  private readonly sizes = new Map<number, number>();

  constructor(readonly document: ChartDocument) {
    for (const position of document.positions) this.positions.set(position.id, position);
    for (const position of document.positions) this.join(position.id, this.managerOf(position));
    this.walk(TOP);
    // What reports in a circle hangs from nothing: it is shown at the top rather than not at all.
    for (const id of this.positions.keys()) if (!this.depth.has(id)) this.release(id);
    this.measure();
  }

  private managerOf(position: Position): number {
    const id = position.manager ?? TOP;
    return this.positions.has(id) ? id : TOP;
  }

  private join(id: number, manager: number): void {
    this.manager.set(id, manager);
    const beside = this.reports.get(manager);
    if (beside) beside.push(id);
    else this.reports.set(manager, [id]);
  }

  private release(id: number): void {
    const manager = this.manager.get(id) ?? TOP;
    this.reports.set(manager, this.reportsOf(manager).filter((one) => one !== id));
    this.join(id, TOP);
    this.depth.set(id, 1);
    this.order.push(id);
    this.walk(id);
  }

  /** Without recursion: a chain of ten thousand is silly, but must not break the page. */
  private walk(from: number): void {
    const waiting = [...this.reportsOf(from)].reverse();
    while (waiting.length) {
      const id = waiting.pop() as number;
      if (this.depth.has(id)) continue;
      this.depth.set(id, (this.depth.get(this.manager.get(id) ?? TOP) ?? 0) + 1);
      this.order.push(id);
      const below = this.reportsOf(id);
      for (let i = below.length - 1; i >= 0; i--) waiting.push(below[i] as number);
    }
  }

  private measure(): void {
    for (let i = this.order.length - 1; i >= 0; i--) {
      const id = this.order[i] as number;
      let size = 1;
      for (const report of this.reportsOf(id)) size += this.sizes.get(report) ?? 0;
      this.sizes.set(id, size);
    }
  }

  reportsOf(id: number): readonly number[] {
    return this.reports.get(id) ?? [];
  }

  /** How many positions stand below this one, at any depth. */
  below(id: number): number {
    return (this.sizes.get(id) ?? 1) - 1;
  }

  get(id: number): Position | undefined {
    return this.positions.get(id);
  }

  /** From the manager of `id` up to the top. */
  above(id: number): number[] {
    const found: number[] = [];
    let manager = this.manager.get(id) ?? TOP;
    while (manager !== TOP) {
      found.push(manager);
      manager = this.manager.get(manager) ?? TOP;
    }
    return found;
  }

  isWithin(id: number, root: number): boolean {
    return id === root || this.above(id).includes(root);
  }

  siblingsOf(id: number): readonly number[] {
    return this.reportsOf(this.manager.get(id) ?? TOP);
  }

  /** The ids to fold so that `levels` rows are shown, and one row more by each unfolding. */
  foldedBelow(levels: number): Set<number> {
    const folded = new Set<number>();
    for (const id of this.order) {
      if ((this.depth.get(id) ?? 0) >= levels && this.reportsOf(id).length) folded.add(id);
    }
    return folded;
  }

  /** How many rows may be shown before there are more than `most` boxes; at least one. */
  levelsFor(most: number): number {
    const rows: number[] = [];
    for (const depth of this.depth.values()) rows[depth] = (rows[depth] ?? 0) + 1;
    let shown = 0;
    let level = 0;
    while (level + 1 < rows.length && (shown += rows[level + 1] ?? 0) <= most) level++;
    return Math.max(1, level);
  }

  get levels(): number {
    let deepest = 0;
    for (const depth of this.depth.values()) if (depth > deepest) deepest = depth;
    return deepest;
  }
}

/** A shown position with its shown reports; `size` counts the shown ones, itself among them. */
export interface Branch { id: number; reports: Branch[]; size: number; hidden: number }

/** What is shown. Anything deeper than `DEEPEST` rows is folded, so that no walk runs out of stack. */
export const DEEPEST = 300;

export function shownBranches(tree: Tree, folded: ReadonlySet<number>): Branch[] {
  const branches = new Map<number, Branch>();
  const tops: Branch[] = [];
  for (const id of tree.order) {
    const manager = tree.manager.get(id) ?? TOP;
    const above = branches.get(manager);
    if (manager !== TOP && (!above || above.hidden)) continue;
    const shut = folded.has(id) || (tree.depth.get(id) ?? 0) >= DEEPEST;
    const branch = { id, reports: [], size: 1, hidden: shut ? tree.below(id) : 0 };
    branches.set(id, branch);
    (above?.reports ?? tops).push(branch);
  }
  for (const branch of [...branches.values()].reverse()) {
    for (const report of branch.reports) branch.size += report.size;
  }
  return tops;
}
