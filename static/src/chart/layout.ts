// Where each box stands. d3-flextree does the hard part: blocks of any size, as close as they may be.
// A chart that would still be a strip is set in rows, like a page of text.

import { Blocks, extentOf } from "./blocks";
import type { Measures } from "./measures";
import { type HeightOf, type Layout, nodeOf, Placing, type Style } from "./placing";
import { Rows } from "./rows";
import type { Branch, Tree } from "./tree";

export type { Layout, Placed } from "./placing";

export interface Window { width: number; height: number }

const HANGS = [1, 4, 8, 14];
/** On a telephone the chart becomes an indented list rather than a strip. */
const MORE_HANGS = [...HANGS, 30, 80, 200];
const UPRIGHT = 1;
/** More hanging must make the boxes larger by this much to be worth it. */
const WORTH = 1.12;
/** A chart so much broader than the window is set in rows. */
const STRIP = 1.5;

function shapeOf({ width, height }: Window): number {
  return Math.min(1.9, Math.max(0.5, width / Math.max(1, height)));
}

/** The hanging with which the whole is seen largest; when it is still a strip, rows are better. */
function styleOf(branches: readonly Branch[], measures: Measures, heightOf: HeightOf, window: Window): Style {
  const shape = shapeOf(window);
  let best = { hang: 1, rows: false, shape };
  let largest = 0;
  for (const hang of shape < UPRIGHT ? MORE_HANGS : HANGS) {
    const [width, height] = extentOf(new Blocks(measures, heightOf, hang, shape).top(branches));
    const scale = Math.min(1, window.width / width, window.height / height);
    if (scale <= largest * WORTH) continue;
    largest = scale;
    best = { hang, rows: width / height > shape * STRIP && scale < 1, shape };
  }
  return best;
}

/** Lay out what is shown, in the style of an earlier layout or in the one that suits the window. */
export function layOut(
  tree: Tree, branches: readonly Branch[], measures: Measures, heightOf: HeightOf, before: Style | Window,
): Layout {
  const style = "hang" in before ? before : styleOf(branches, measures, heightOf, before);
  const placing = new Placing(tree, measures, heightOf, style);
  const blocks = new Blocks(measures, heightOf, style.hang, style.shape);
  if (style.rows) new Rows(placing, blocks, measures, style.shape).place(branches);
  else placing.place(nodeOf(blocks.top(branches)), null);
  return placing.finish();
}
