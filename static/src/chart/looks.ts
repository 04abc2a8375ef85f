// What a box says, as plain values: the drawing, the announcement and the panel agree on it.

import type { Contact, Holder, Position } from "./document";
import type { Layers } from "./memory";
import { count, say, term } from "./wording";

/** 0: fresh; 1: over half a year old; 2: over a year. */
export type Fade = 0 | 1 | 2;

/** A mark of the comparison of two days, with the words for it. */
export interface Mark { kind: string; words: string }

export interface Look {
  name: string;
  nobody: "" | "vacant" | "unknown";
  acting: boolean;
  more: number;
  title: string;
  unit: string;
  guess: boolean;
  nameFade: Fade;
  titleFade: Fade;
  committee: boolean;
  attitude: string;
  roles: string[];
  /** Who of ours has met them; `null` while that layer is off or nobody holds the position. */
  contacts: Contact[] | null;
  marks: Mark[];
  /** The steps of the way over the chart that are seen in this box, in words. */
  steps: string[];
}

/** Whether the box needs a row at its foot. */
export function hasFoot(look: Look): boolean {
  return look.roles.length > 0 || Boolean(look.contacts?.length);
}

const HALF_A_YEAR = 180;
const A_YEAR = 365;

export function fadeOf(age: number): Fade {
  return age > A_YEAR ? 2 : age > HALF_A_YEAR ? 1 : 0;
}

/** Who stands for the position in its box: first those who hold it in full. */
export function mainHolder(position: Position): Holder | undefined {
  return position.holders?.[0];
}

function nobodyIn(position: Position): "" | "vacant" | "unknown" {
  if (position.holders?.length) return "";
  return position.unknown ? "unknown" : "vacant";
}

function nameIn(position: Position): string {
  return mainHolder(position)?.name ?? say(nobodyIn(position));
}

function fromAll<T>(position: Position, pick: (holder: Holder) => T[] | undefined): T[] {
  return (position.holders ?? []).flatMap((holder) => pick(holder) ?? []);
}

export function lookOf(position: Position, layers: Layers, marks: Mark[] = [], steps: string[] = []): Look {
  const holder = mainHolder(position);
  const met = fromAll(position, (one) => one.coverage).filter((one) => one.coverage !== "none");
  return {
    name: nameIn(position), nobody: nobodyIn(position), acting: Boolean(holder?.acting),
    more: Math.max(0, (position.holders?.length ?? 0) - 1),
    title: position.title, unit: position.unit ?? "",
    guess: Boolean(position.guess || position.unknown || holder?.guess),
    nameFade: fadeOf(holder?.age ?? position.age), titleFade: fadeOf(position.age),
    committee: position.kind === "committee",
    attitude: layers.attitude ? (holder?.attitude ?? "") : "",
    roles: layers.roles ? [...new Set(fromAll(position, (one) => one.roles))] : [],
    contacts: layers.coverage && holder ? met : null,
    marks, steps,
  };
}

/** Everything in a box as one sentence, for those who hear the chart. */
export function announcement(look: Look, position: Position, below: number, folded: boolean): string {
  const parts = [look.name, position.title];
  if (look.acting) parts.push(say("acting"));
  for (const other of position.holders?.slice(1) ?? []) parts.push(other.name);
  if (position.unit) parts.push(position.unit);
  if (look.guess) parts.push(say("guess"));
  if (look.titleFade || look.nameFade) parts.push(say("oldFact"));
  if (look.attitude) parts.push(term("attitude", look.attitude));
  parts.push(...look.roles.map((role) => term("role", role)));
  if (look.contacts) parts.push(look.contacts.length ? look.contacts.map(contactInWords).join("; ") : say("nobodyKnows"));
  parts.push(...look.steps, ...look.marks.map((mark) => mark.words));
  if (below) parts.push(folded ? count("hiddenBelow", below) : count("below", below));
  return parts.join(", ");
}

export function contactInWords(contact: Contact): string {
  return `${contact.name}: ${term("coverage", contact.coverage)}`;
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map((one) => Array.from(one)[0] ?? "").join("").toUpperCase();
}
