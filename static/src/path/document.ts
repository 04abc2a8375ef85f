// What the server says of a path: the document, and the drawing of it.

export interface Step { code: string; title: string; kind: string; after: string[] }
export interface PathDocument { currency: string; steps: Step[]; frozen: unknown[] }

export interface BoxText {
  text: string; x: number; y: number; size: number; look: string; bold: boolean; italic: boolean;
}
export interface Box {
  code: string; x: number; y: number; w: number; h: number; row: number;
  number: string; title: string; guess: boolean; texts: BoxText[];
}
export interface Arrow {
  starts: string[]; ends: string[]; points: [number, number][]; arrives: boolean; line: string;
}
export type Way = "down" | "across";
export interface Drawing { width: number; height: number; way: Way; boxes: Box[]; arrows: Arrow[] }
export type Values = Record<string, string[]>;

export interface Drawn {
  document: PathDocument;
  drawing: Drawing;
  flaws: string[];
  numbers: Record<string, string>;
  fields: Record<string, Values>;
  frozen: string;
  step: string;
}

export type Put =
  | { where: "first" | "last" }
  | { where: "after" | "beside"; step: string }
  | { where: "between"; firsts: string[]; seconds: string[] };

export type Edit =
  | { do: "add"; put: Put; step: { title: string; kind: string; confidence: string } }
  | { do: "fill"; code: string; values: Values }
  | { do: "remove"; code: string }
  | { do: "move"; code: string; put: Put }
  | { do: "join"; first: string; second: string }
  | { do: "part"; firsts: string[]; seconds: string[] }
  | { do: "path"; currency: string; frozen: string };

/** A step, or an arrow by what it joins: what has the focus, and where something can be put. */
export type Spot = string;

export function spotOf(arrow: Arrow): Spot {
  return `${arrow.starts.join("+")}>${arrow.ends.join("+")}`;
}

export function isArrow(spot: Spot): boolean {
  return spot.includes(">");
}
