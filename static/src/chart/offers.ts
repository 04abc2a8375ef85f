// What lookups offer: positions and people of the chart that is shown.

import type { Suggestion } from "./fields";
import { fold } from "./finding";
import { mainHolder } from "./looks";
import type { Room } from "./room";
import { say } from "./wording";

const OFFERED = 7;

function fits(text: string, words: string[]): boolean {
  const folded = fold(text);
  return words.every((word) => folded.includes(word));
}

function wordsOf(text: string): string[] {
  return fold(text).split(/[\s,–]+/).filter(Boolean);
}

/** Positions that fit what is typed; `may` leaves out those that make no sense. */
export function offerPositions(room: Room, may: (id: number) => boolean): (text: string) => Suggestion[] {
  return (text) => {
    const words = wordsOf(text);
    const found: Suggestion[] = [];
    for (const id of room.tree.order) {
      if (found.length >= OFFERED) break;
      const position = room.tree.get(id);
      if (!position || !may(id)) continue;
      const name = mainHolder(position)?.name ?? say(position.unknown ? "unknown" : "vacant");
      if (fits(`${name} ${position.title} ${position.unit ?? ""}`, words)) {
        found.push({ id, words: `${position.title} – ${name}`, hint: position.unit ?? "" });
      }
    }
    return found;
  };
}

export function offerPeople(room: Room, not: readonly number[] = []): (text: string) => Suggestion[] {
  return (text) => {
    const words = wordsOf(text);
    if (!words.length) return [];
    const found = new Map<number, Suggestion>();
    const add = (id: number, name: string, hint: string): void => {
      if (found.size >= OFFERED || found.has(id) || not.includes(id) || !fits(name, words)) return;
      found.set(id, { id, words: name, hint });
    };
    for (const holder of room.document.unplaced ?? []) add(holder.person, holder.name, say("withoutPosition"));
    for (const position of room.document.positions) {
      for (const holder of position.holders ?? []) add(holder.person, holder.name, position.title);
    }
    return [...found.values()];
  };
}

/** All units of the chart, for typing one again. */
export function unitsOf(room: Room): string[] {
  const units = new Set(room.document.positions.map((position) => position.unit ?? ""));
  units.delete("");
  return [...units].slice(0, 200);
}
