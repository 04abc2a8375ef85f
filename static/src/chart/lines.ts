// The solid lines: one bundle for each manager, so that only those in view need to be drawn.

import type { Rect } from "./measures";

export interface Bundle extends Rect { manager: number; sure: string[]; guess: string[]; ways: Map<number, string> }

const ROUND = 7;

/** Down from (x, y) to the level `bus`, along it, and down to (toX, toY). */
export function elbow(x: number, y: number, bus: number, toX: number, toY: number): string {
  const way = toX - x;
  const r = Math.min(ROUND, Math.abs(way) / 2, Math.max(0, bus - y), Math.max(0, toY - bus));
  if (r < 1) return `M${x} ${y}V${bus}H${toX}V${toY}`;
  const s = Math.sign(way) * r;
  return `M${x} ${y}V${bus - r}Q${x} ${bus} ${x + s} ${bus}H${toX - s}Q${toX} ${bus} ${toX} ${bus + r}V${toY}`;
}

/** Down the spine from `y` and into the side of a box. */
export function stub(spine: number, y: number, toX: number, toY: number): string {
  const r = Math.min(ROUND, Math.max(0, toX - spine));
  return `M${spine} ${y}V${toY - r}Q${spine} ${toY} ${spine + r} ${toY}H${toX}`;
}
