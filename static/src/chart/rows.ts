// A chart too broad for any window is set in rows, like words on a page: branch after branch, and where
// one branch alone is still too broad, its own branches in rows again.

import type { Block, Blocks } from "./blocks";
import type { Measures } from "./measures";
import { nodeOf, type Placed, type Placing, type Way } from "./placing";
import type { Branch } from "./tree";

/** A rectangle of the chart; `put` fills it in at a place and leads the manager's line to it. */
interface Sheet { width: number; height: number; put: (x: number, y: number, manager: Placed | null, way: Way) => void }

interface Shelf { sheets: Sheet[]; width: number; height: number }

/** Widths of rows that are tried, as shares of an even sheet's width. */
const WIDTHS = [0.8, 0.9, 1, 1.1, 1.25, 1.4, 1.6, 1.9];
/** Between boxes there is about as much room as the boxes take. */
const LOOSE = 1.7;

function shelvesWithin(sheets: Sheet[], most: number): Shelf[] {
  const shelves: Shelf[] = [];
  for (const sheet of sheets) {
    let shelf = shelves.at(-1);
    if (!shelf || shelf.width + sheet.width > most) shelves.push((shelf = { sheets: [], width: 0, height: 0 }));
    shelf.sheets.push(sheet);
    shelf.width += sheet.width;
    shelf.height = Math.max(shelf.height, sheet.height);
  }
  return shelves;
}

/** Of several widths the one with which the whole is seen largest. */
function shelvesOf(sheets: Sheet[], shape: number): Shelf[] {
  const even = Math.sqrt(sheets.reduce((sum, { width, height }) => sum + width * height, 0) * shape);
  const widest = Math.max(...sheets.map(({ width }) => width));
  let best: Shelf[] = [];
  let largest = 0;
  for (const factor of WIDTHS) {
    const shelves = shelvesWithin(sheets, Math.max(widest, even * factor));
    const width = Math.max(...shelves.map((shelf) => shelf.width));
    const height = shelves.reduce((sum, shelf) => sum + shelf.height, 0);
    const scale = Math.min(shape / width, 1 / height);
    if (scale > largest) { best = shelves; largest = scale; }
  }
  return best;
}

export class Rows {
  private broad = Infinity;

  constructor(
    private readonly placing: Placing, private readonly blocks: Blocks,
    private readonly measures: Measures, private readonly shape: number,
  ) {}

  place(branches: readonly Branch[]): void {
    const { width, tall } = this.measures;
    const shown = branches.reduce((sum, branch) => sum + branch.size, 0);
    this.broad = Math.sqrt(shown * width * tall * LOOSE * this.shape);
    const top = this.blocks.top(branches);
    const whole = branches.length === 1 ? this.sheetOf(top.children[0] as Block) : this.inRows(null, top.children);
    whole.put(0, 0, null, () => "");
  }

  private sheetOf(block: Block): Sheet {
    if (block.hung.length) return this.group(block);
    const node = nodeOf(block);
    const { left, right, top, bottom } = node.extents;
    if (right - left > this.broad && block.branch && block.children.length > 1) return this.inRows(block.branch, block.children);
    const put = (x: number, y: number, manager: Placed | null, way: Way): void => {
      const box = this.placing.place(node, null, x - left, y - top);
      if (box && manager) this.placing.line(manager, box, way((box.left + box.right) / 2, box.top));
    };
    return { width: right - left, height: bottom - top, put };
  }

  private group(block: Block): Sheet {
    const [width, height] = block.size;
    const put = (x: number, y: number, manager: Placed | null, way: Way): void => {
      this.placing.group(x, y, block.hung, manager, way);
    };
    return { width, height, put };
  }

  /** A box (or, at the top of all, none) and below it what reports to it, in rows. */
  private inRows(head: Branch | null, below: Block[]): Sheet {
    const { indent, tall, level, width } = this.measures;
    const shelves = shelvesOf(below.map((block) => this.sheetOf(block)), this.shape);
    const wide = indent + Math.max(...shelves.map((shelf) => shelf.width));
    const first = head ? tall + level : 0;
    const high = first + shelves.reduce((sum, shelf) => sum + shelf.height + level / 2, 0) + level / 2;
    const put = (x: number, y: number, manager: Placed | null, way: Way): void => {
      const box = head && this.placing.box(head, x + (wide - width) / 2, y);
      if (box && manager) this.placing.line(manager, box, way((box.left + box.right) / 2, box.top));
      this.fill(shelves, x, y + first, box);
    };
    return { width: wide + this.measures.between, height: high, put };
  }

  private fill(shelves: Shelf[], left: number, top: number, box: Placed | null): void {
    const { indent, level } = this.measures;
    let y = top;
    for (const shelf of shelves) {
      let x = left + indent;
      const bus = y - level / 2;
      const way: Way = (toX, toY) => (box ? this.rowLine(box, left, top - level / 2, bus, toX, toY) : "");
      for (const sheet of shelf.sheets) {
        sheet.put(x, y, box, way);
        x += sheet.width;
      }
      y += shelf.height + level / 2;
    }
  }

  /** From the box to the left border of its sheet, down along it, and along the upper edge of a row. */
  private rowLine(box: Placed, left: number, first: number, bus: number, toX: number, toY: number): string {
    const middle = (box.left + box.right) / 2;
    const down = `M${middle} ${box.bottom}V${first}`;
    const along = toX - left < 16 ? `H${toX}` : `H${toX - 7}Q${toX} ${bus} ${toX} ${bus + 7}`;
    if (bus === first) return `${down}H${toX}V${toY}`;
    const border = `H${left + 7}Q${left} ${first} ${left} ${first + 7}V${bus - 7}Q${left} ${bus} ${left + 7} ${bus}`;
    return `${down}${border}${along}V${toY}`;
  }
}
