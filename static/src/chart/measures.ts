// The measures of the drawing, in its own units (pixels at zoom 1).

export interface Measures {
  width: number;
  /** Of a box without a foot, and with one, in which roles and our people stand. */
  height: number;
  tall: number;
  indent: number;
  between: number;
  level: number;
  stack: number;
}

export const MEASURES: Measures = { width: 228, height: 72, tall: 96, indent: 24, between: 24, level: 40, stack: 10 };

export interface Rect { left: number; top: number; right: number; bottom: number }

export function meet(a: Rect, b: Rect): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

export function around(a: Rect, b: Rect): Rect {
  return {
    left: Math.min(a.left, b.left), top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right), bottom: Math.max(a.bottom, b.bottom),
  };
}
