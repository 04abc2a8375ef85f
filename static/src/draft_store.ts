// Unsent texts in this browser. Each opened form keeps its own, so that two tabs never overwrite
// one another; each person has his own, so that nobody is offered another's text.

import type { Fields } from "./fields";

export interface Draft {
  id: string;
  key: string;
  at: number;
  base: string;
  fields: Fields;
}

const DAYS_KEPT = 60;
const DAY = 24 * 3600 * 1000;

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function prefix(): string {
  return `draft:${document.body.dataset["person"] ?? ""}:`;
}

function read(name: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

function names(): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix()));
  } catch {
    return []; // the browser forbids the store
  }
}

/** All unsent texts of this person for that thing, the newest first. */
export function draftsOf(key: string): Draft[] {
  return allDrafts().filter((draft) => draft.key === key).sort((a, b) => b.at - a.at);
}

export function allDrafts(): Draft[] {
  return names().map(read).filter((draft): draft is Draft => draft !== null);
}

/** Keep the text; answers whether the browser had room for it. */
export function keep(draft: Draft): boolean {
  try {
    localStorage.setItem(prefix() + draft.id, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function drop(id: string): void {
  try {
    localStorage.removeItem(prefix() + id);
  } catch {
    // the browser forbids the store: nothing was kept either
  }
}

export function dropOld(now: number): void {
  for (const draft of allDrafts()) if (now - draft.at > DAYS_KEPT * DAY) drop(draft.id);
}

/** All that this tab has sent under that key and has not seen confirmed. */
export function sentUnder(key: string): Draft[] {
  try {
    return JSON.parse(sessionStorage.getItem(`sent:${key}`) ?? "[]") as Draft[];
  } catch {
    return [];
  }
}

/** Remember what is being sent, to know it again on the page that says it was saved. */
export function rememberSent(draft: Draft): void {
  const others = sentUnder(draft.key).filter((one) => one.id !== draft.id);
  try {
    sessionStorage.setItem(`sent:${draft.key}`, JSON.stringify([...others, draft]));
  } catch {
    // then the text is only offered once more than needed
  }
}

/** All that this tab sent under that key; asking forgets it. */
export function takeSent(key: string): Draft[] {
  const sent = sentUnder(key);
  try {
    sessionStorage.removeItem(`sent:${key}`);
  } catch {
    // the browser forbids the store
  }
  return sent;
}
