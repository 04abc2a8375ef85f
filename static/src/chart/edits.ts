// The edits that the server knows, and what the simplest of them do to the drawing before it answers.

import type { ChartDocument, Position } from "./document";

export type Edit =
  | {
    kind: "add_position"; manager: number | null; title: string; unit?: string; position_kind?: string;
    person?: number; name?: string; acting?: boolean;
  }
  | {
    kind: "change_position"; position: number; title?: string; unit?: string; position_kind?: string;
    is_known?: boolean; code?: string;
  }
  | { kind: "move_position"; position: number; manager: number | null }
  | { kind: "remove_position"; position: number; reports: string; instead?: number | "nobody" }
  | { kind: "draw_line" | "remove_line"; from: number; to: number; line: string }
  | {
    kind: "appoint"; position: number; person?: number; name?: string; acting?: boolean; main?: boolean;
    predecessor: string;
  }
  | { kind: "end_employment"; position: number | null; person: number; reason: string }
  | { kind: "judge"; person: number; aspect: string; value: string; deal?: string }
  | { kind: "unjudge"; person: number; aspect: string; value?: string; deal?: string }
  | { kind: "tie"; from: number; to: number; influence: string; strength: number; both_ways: boolean }
  | { kind: "untie"; from: number; to: number; influence: string }
  | { kind: "acquaint"; user: number; person: number; coverage: string; level?: string };

function changed(document: ChartDocument, id: number, change: (position: Position) => Position): ChartDocument {
  return { ...document, positions: document.positions.map((one) => (one.id === id ? change(one) : one)) };
}

/** The document as the edit will make it, or nothing when only the server can tell. */
export function foreseen(document: ChartDocument, edit: Edit): ChartDocument | null {
  if (edit.kind === "move_position") {
    return changed(document, edit.position, ({ lineGuess: _gone, ...rest }) => ({ ...rest, manager: edit.manager }));
  }
  if (edit.kind === "change_position") {
    return changed(document, edit.position, (position) => ({
      ...position, age: 0,
      ...(edit.title === undefined ? {} : { title: edit.title }),
      ...(edit.unit === undefined ? {} : { unit: edit.unit }),
      ...(edit.position_kind === undefined ? {} : { kind: edit.position_kind }),
    }));
  }
  return null;
}
