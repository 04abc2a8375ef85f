// Rows to decide about: j and k go from one to the next, Enter goes to the first suggestion of the
// row (and once more accepts it, being a button), n says "none of ours".

import { all, isTyping, onNewParts } from "./dom";

const PLACES: Record<string, number> = { j: 1, k: -1 };

// A key on another layout (Cyrillic) is known by its place on the keyboard.
function letter(event: KeyboardEvent): string {
  return /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? event.key;
}

function current(rows: HTMLElement[]): number {
  return rows.findIndex((row) => row.contains(document.activeElement));
}

function goTo(row: HTMLElement | undefined): void {
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

function use(row: HTMLElement | undefined, key: string): boolean {
  if (key === "n") {
    row?.querySelector<HTMLElement>("[data-row-none]")?.click();
    return row !== undefined;
  }
  const suggestion = row?.querySelector<HTMLElement>("[data-row-accept]");
  if (key !== "Enter" || document.activeElement !== row || !suggestion) return false;
  suggestion.focus();
  return true;
}

function pressed(event: KeyboardEvent, root: HTMLElement): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const rows = all("[data-row]", root);
  const key = letter(event);
  const step = PLACES[key];
  const place = current(rows);
  if (step !== undefined) goTo(rows[place < 0 ? 0 : place + step]);
  else if (!use(rows[place], key)) return;
  event.preventDefault();
}

function startAt(root: HTMLElement): void {
  const row = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  if (row && root.contains(row)) goTo(row);
}

export function startRows(): void {
  onNewParts((part) => {
    for (const root of all("[data-rows]", part)) {
      document.addEventListener("keydown", (event) => pressed(event, root));
      startAt(root);
    }
  });
}
