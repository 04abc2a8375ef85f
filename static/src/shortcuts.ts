// Keys: `data-shortcut` on what is to be pressed or focused, `g` then `data-go`, `?` for the list.
// An element may have several keys, with spaces between.

import { all, isTyping } from "./dom";
import { openDialog } from "./dialogs";

const WAIT_FOR_SECOND = 1500;
let goUntil = 0;

function visible(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}

function use(element: HTMLElement): void {
  if (isTyping(element)) {
    element.focus();
    if (element instanceof HTMLInputElement) element.select();
  } else {
    element.click();
  }
}

// A key on another layout (Cyrillic) is known by its place on the keyboard.
function names(event: KeyboardEvent): string[] {
  const place = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase();
  const slash = event.code === "Slash" && !/^[a-z0-9/?]$/i.test(event.key);
  return [event.key, ...(place ? [place] : []), ...(slash ? [event.shiftKey ? "?" : "/"] : [])];
}

function find(attribute: string, keys: string[]): HTMLElement | undefined {
  return all(`[${attribute}]`).find(
    (element) =>
      (element.getAttribute(attribute) ?? "").split(" ").some((key) => keys.includes(key)) &&
      visible(element),
  );
}

function pressed(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const keys = names(event);
  const goes = Date.now() < goUntil;
  goUntil = 0;
  const target = goes ? find("data-go", keys) : find("data-shortcut", keys);
  if (target) use(target);
  else if (keys.includes("?")) openDialog("shortcuts");
  else if (keys.includes("g") && !goes) goUntil = Date.now() + WAIT_FOR_SECOND;
  else return;
  event.preventDefault();
}

function sendForm(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target instanceof HTMLElement ? event.target.closest("form") : null;
  if (form?.method !== "post") return;
  event.preventDefault();
  form.requestSubmit();
}

export function startShortcuts(): void {
  document.addEventListener("keydown", pressed);
  document.addEventListener("keydown", sendForm);
}
