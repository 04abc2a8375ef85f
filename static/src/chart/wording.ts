// The sentences of the chart, in the reader's language; the page carries them as JSON.

import { word } from "../words";

/** The sentence of that name, its {places} filled. */
export function say(name: string, places: Record<string, string | number> = {}): string {
  const filled: Record<string, string> = {};
  for (const [place, value] of Object.entries(places)) filled[place] = String(value);
  return word(name, filled, "chart-words");
}

/** A number with its noun: the forms `name.one`, `name.few`, `name.many`, `name.other`. */
export function count(name: string, number: number): string {
  const form = new Intl.PluralRules(document.documentElement.lang || "en").select(number);
  const known = say(`${name}.${form}`, { count: number });
  return known === `${name}.${form}` ? say(`${name}.other`, { count: number }) : known;
}

/** How long ago something was heard. */
export function ago(days: number): string {
  return days > 0 ? count("daysOld", days) : say("heardToday");
}

/** The word for a code, such as `role.approver`. */
export function term(kind: string, code: string): string {
  const found = say(`${kind}.${code}`);
  return found === `${kind}.${code}` ? code : found;
}

/** All codes of a kind with their words, in the order of the house. */
export function terms(kind: string): [string, string][] {
  return say(`${kind}.*`).split(" ").map((code) => [code, term(kind, code)]);
}

/** A day as the reader writes it. */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  const time = new Date(year ?? 0, (month ?? 1) - 1, date ?? 1);
  const language = document.documentElement.lang || "en";
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" }).format(time);
}
