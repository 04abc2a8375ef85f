// The sentences of the editor, in the reader's language; the page carries them as JSON.

import { word } from "../words";

/** The sentence of that name, its {places} filled. */
export function say(name: string, places: Record<string, string | number> = {}): string {
  const filled: Record<string, string> = {};
  for (const [place, value] of Object.entries(places)) filled[place] = String(value);
  return word(name, filled, "path-words");
}
