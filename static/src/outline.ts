// The field of an outline: Tab indents, Enter keeps the indent, and a wrong line can be gone to.
// Escape, then Tab, leaves the field, so that nobody is caught in it.

import { all, onNewParts } from "./dom";

const STEP = "    ";

/** The lines that the selection touches, as places in the text. */
function touched(field: HTMLTextAreaElement): { start: number; end: number } {
  const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const last = Math.max(field.selectionEnd - (field.selectionEnd > field.selectionStart ? 1 : 0), start);
  const end = field.value.indexOf("\n", last);
  return { start, end: end < 0 ? field.value.length : end };
}

/** Put text in the place of a stretch so that the browser's own undo knows of it. */
function put(field: HTMLTextAreaElement, start: number, end: number, text: string): void {
  field.setSelectionRange(start, end);
  // The only way by which what a script writes can be undone with the keys.
  if (document.execCommand("insertText", false, text)) return;
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function step(field: HTMLTextAreaElement): string {
  return /^\t/m.test(field.value) ? "\t" : STEP;
}

function indent(field: HTMLTextAreaElement, back: boolean): void {
  const { start, end } = touched(field);
  const one = field.selectionStart === field.selectionEnd;
  const caret = field.selectionStart;
  const lines = field.value.slice(start, end).split("\n");
  const added = step(field);
  const changed = lines.map((line) => (back ? line.replace(/^(\t| {1,4})/, "") : line ? added + line : line));
  if (one && !back && !lines[0]) changed[0] = added;
  const text = changed.join("\n");
  if (text === lines.join("\n")) return;
  put(field, start, end, text);
  const moved = (changed[0] ?? "").length - (lines[0] ?? "").length;
  if (one) field.setSelectionRange(Math.max(start, caret + moved), Math.max(start, caret + moved));
  else field.setSelectionRange(start, start + text.length);
}

function newLine(field: HTMLTextAreaElement): boolean {
  const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const blank = /^[\t ]*/.exec(field.value.slice(start, field.selectionStart))?.[0] ?? "";
  if (!blank) return false;
  put(field, field.selectionStart, field.selectionEnd, `\n${blank}`);
  return true;
}

function goTo(field: HTMLTextAreaElement, number: number): void {
  const lines = field.value.split("\n");
  const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
  field.focus();
  field.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
  field.scrollTop = (field.scrollHeight / Math.max(lines.length, 1)) * Math.max(number - 4, 0);
}

function start(field: HTMLTextAreaElement): void {
  let leaving = false;
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") leaving = true;
    else if (event.key === "Tab" && !leaving) {
      event.preventDefault();
      indent(field, event.shiftKey);
    } else if (event.key === "Enter" && newLine(field)) event.preventDefault();
    else if (event.key !== "Shift" && event.key !== "Tab") leaving = false;
  });
  field.addEventListener("blur", () => { leaving = false; });
  for (const link of all("[data-go-line]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      goTo(field, Number(link.dataset["goLine"]));
    });
  }
  for (const hint of all("[data-outline-keys]")) hint.hidden = false;
}

export function startOutline(): void {
  onNewParts((root) => {
    for (const field of all<HTMLTextAreaElement>("textarea[data-outline]:not([readonly])", root)) start(field);
  });
}
