// Where arrow keys lead: from a step to those that wait for it, to its neighbours, onto arrows.

import type { Canvas } from "./canvas";
import { type Box, isArrow, type Spot, spotOf } from "./document";

export type Direction = "back" | "on" | "left" | "right";

/** The direction of a key in a drawing that leads down, or from left to right. */
export function directionOf(key: string, way: string): Direction | undefined {
  const down: Record<string, Direction> = {
    ArrowUp: "back", ArrowDown: "on", ArrowLeft: "left", ArrowRight: "right",
  };
  const across: Record<string, Direction> = {
    ArrowLeft: "back", ArrowRight: "on", ArrowUp: "left", ArrowDown: "right",
  };
  return (way === "down" ? down : across)[key];
}

function aside(box: Box, way: string): number {
  return way === "down" ? box.x + box.w / 2 : box.y + box.h / 2;
}

export class Walking {
  constructor(private readonly canvas: Canvas) {}

  /** The next spot, or nothing at an end. With `arrows`, a step back or on leads onto an arrow. */
  next(from: Spot, to: Direction, arrows: boolean): Spot | undefined {
    if (isArrow(from)) return this.fromArrow(from, to);
    if (to === "left" || to === "right") return this.beside(from, to);
    return arrows ? this.arrowsOf(from, to)[0] : this.step(from, to);
  }

  arrowsOf(code: Spot, to: "back" | "on"): Spot[] {
    const ours = this.canvas.drawing.arrows.filter((one) => (to === "on" ? one.starts : one.ends).includes(code));
    const alone = ours.filter((one) => (to === "on" ? one.starts : one.ends).length === 1);
    return (alone.length ? alone : ours).map(spotOf);
  }

  private step(from: Spot, to: "back" | "on"): Spot | undefined {
    const box = this.canvas.box(from);
    if (!box) return undefined;
    const joined = this.canvas.drawing.arrows
      .filter((one) => (to === "on" ? one.starts : one.ends).includes(from))
      .flatMap((one) => (to === "on" ? one.ends : one.starts));
    const near = this.nearest(box, joined);
    return near ?? this.nearest(box, this.inRow(box.row + (to === "on" ? 1 : -1)).map((one) => one.code));
  }

  private nearest(box: Box, codes: Spot[]): Spot | undefined {
    const { way } = this.canvas.drawing;
    const middle = aside(box, way);
    const far = (code: Spot): number => {
      const other = this.canvas.box(code);
      return other ? Math.abs(aside(other, way) - middle) + Math.abs(other.row - box.row) : Infinity;
    };
    return [...codes].sort((one, other) => far(one) - far(other))[0];
  }

  private inRow(row: number): Box[] {
    return this.canvas.drawing.boxes.filter((box) => box.row === row);
  }

  private beside(from: Spot, to: "left" | "right"): Spot | undefined {
    const box = this.canvas.box(from);
    if (!box) return undefined;
    const row = this.inRow(box.row);
    return row[row.indexOf(box) + (to === "left" ? -1 : 1)]?.code;
  }

  private fromArrow(from: Spot, to: Direction): Spot | undefined {
    const arrow = this.canvas.arrow(from);
    if (!arrow) return undefined;
    if (to === "back") return arrow.starts[0];
    if (to === "on") return arrow.ends[0];
    const near = this.canvas.drawing.arrows.filter((one) =>
      one.starts.some((code) => arrow.starts.includes(code)) || one.ends.some((code) => arrow.ends.includes(code)));
    return near.map(spotOf)[near.indexOf(arrow) + (to === "left" ? -1 : 1)];
  }
}
