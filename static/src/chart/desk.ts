// What the parts of the panel share: where they write, whom they ask, how a section looks.

import { button, make } from "../dom";
import type { Edit } from "./edits";
import type { Editing } from "./editing";
import { type FormParts, smallForm } from "./forms";
import type { Moving } from "./moving";
import type { Room } from "./room";
import { say } from "./wording";

export interface Desk {
  room: Room;
  editing: Editing;
  moving: Moving;
  client: number;
  me: { id: number; name: string };
  mayEdit: boolean;
  /** The form that is open in the panel; it survives every drawing of the panel. */
  openForm: (key: string, make: () => HTMLFormElement) => void;
  formOf: (key: string) => HTMLFormElement | null;
  closeForm: () => void;
  show: (position: number) => void;
}

/** Save and say whether it is saved; `seen` is the newest change that was known when one began to type. */
export async function saved(desk: Desk, edit: Edit, seen?: number): Promise<boolean> {
  return (await desk.editing.save(edit, seen)) !== null;
}

/** A small form of the panel. */
export function formOf(desk: Desk, parts: Omit<FormParts, "done" | "seen">): HTMLFormElement {
  return smallForm({ ...parts, done: desk.closeForm, seen: () => desk.editing.seenChange });
}

export function section(title: string, ...parts: (Node | null)[]): HTMLElement {
  const box = make("section", "chart-part");
  box.append(make("h3", "", title), ...parts.filter((part) => part !== null));
  return box;
}

export function icon(name: string): SVGSVGElement {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.setAttribute("class", "icon");
  drawn.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  const sprite = document.querySelector<HTMLElement>("[data-chart]")?.dataset["icons"] ?? "";
  use.setAttribute("href", `${sprite}#${name}`);
  drawn.append(use);
  return drawn;
}

export function link(address: string, words: string, picture = ""): HTMLAnchorElement {
  const made = make("a", picture ? "btn-quiet" : "");
  made.href = address;
  if (picture) made.append(icon(picture));
  made.append(words);
  return made;
}

export function act(words: string, picture: string, does: () => void, look = "btn btn-secondary btn-sm"): HTMLButtonElement {
  const made = button(look, "", does);
  made.append(icon(picture), words);
  return made;
}

/** A line of the panel: what it is, its value, and a button that opens the form to change it. */
export function line(desk: Desk, key: string, words: string, value: Node | string, form?: () => HTMLFormElement): HTMLElement {
  const row = make("div", "chart-row");
  const open = desk.formOf(key);
  row.append(make("span", "chart-row-name", words));
  if (open) {
    row.classList.add("is-open");
    row.append(open);
    return row;
  }
  const shown = make("span", "chart-row-value");
  shown.append(value);
  row.append(shown);
  if (form && desk.mayEdit) {
    const change = act(say("change"), "pencil", () => desk.openForm(key, form), "btn-quiet");
    change.setAttribute("aria-label", say("changeWhat", { what: words }));
    row.append(change);
  }
  return row;
}

/** A button that opens a form in its place. */
export function opener(desk: Desk, key: string, words: string, picture: string, form: () => HTMLFormElement): HTMLElement | null {
  if (!desk.mayEdit) return null;
  return desk.formOf(key) ?? act(words, picture, () => desk.openForm(key, form));
}
