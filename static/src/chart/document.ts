// The chart as the server sends it: one JSON document. What is false, empty or unknown is left out.

export interface Known { since?: string; guess?: boolean; source?: string; age: number }

export interface Contact { user: number; name: string; coverage: string; level?: string | null }

export interface Holder extends Known {
  person: number;
  name: string;
  acting?: boolean;
  additional?: boolean;
  roles?: string[];
  attitude?: string;
  power?: string;
  orientation?: string;
  ofDeal?: string[];
  coverage?: Contact[];
}

export interface Position {
  id: number;
  title: string;
  unit?: string;
  kind?: string;
  code?: string;
  manager?: number | null;
  unknown?: boolean;
  vacant?: boolean;
  guess?: boolean;
  lineGuess?: boolean;
  age: number;
  holders?: Holder[];
}

export interface SideLine extends Known { from: number; to: number; kind: string }

export interface Tie extends Known {
  from: number; to: number; kind: string; strength: number; bothWays?: boolean; note?: string;
}

export interface ChartDocument {
  client: number;
  name?: string;
  version?: number;
  change?: number;
  mayEdit?: boolean;
  on: string;
  known?: string | null;
  positions: Position[];
  unplaced?: Holder[];
  lines?: SideLine[];
  influences?: Tie[];
}

/** What another person did meanwhile. */
export interface OthersDeed { who: string; at: string; what: string }

/** One difference between two days. */
export interface Difference {
  what: string; position: number | null; title: string; before?: string; after?: string; sentence: string;
}
