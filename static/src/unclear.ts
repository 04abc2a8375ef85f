// Sentences that somebody marked as unclear are shown in the text; words that are selected can be
// asked about with one key. Places count letters without blanks, as the server does.

import { all, make } from "./dom";

interface Letter {
  node: Text;
  at: number;
}

const BLANK = /\s/u;

function lettersOf(article: HTMLElement): Letter[] {
  const found: Letter[] = [];
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = (node as Text).data;
    for (let at = 0; at < text.length; at++) {
      if (!BLANK.test(text[at] ?? "")) found.push({ node: node as Text, at });
    }
  }
  return found;
}

function compact(text: string): string {
  return text.replace(/\s+/gu, "");
}

/** Where a text begins, of several places the nearest to `near`. */
function placeOf(whole: string, wanted: string, near: number): number {
  let best = -1;
  for (let place = whole.indexOf(wanted); place >= 0; place = whole.indexOf(wanted, place + 1)) {
    if (best < 0 || Math.abs(place - near) < Math.abs(best - near)) best = place;
  }
  return best;
}

/** The letters grouped by their text node, the last node first, so that earlier places stay. */
function runs(letters: Letter[]): [Text, number, number][] {
  const found: [Text, number, number][] = [];
  for (const { node, at } of letters) {
    const last = found[found.length - 1];
    if (last && last[0] === node) last[2] = at + 1;
    else found.push([node, at, at + 1]);
  }
  return found.reverse();
}

/** The mark around a part of a text; of two questions about one sentence the first has made it. */
function markOf(node: Text, from: number, to: number): Element {
  const known = node.parentElement?.closest(".unclear-mark");
  if (known) return known;
  const piece = from ? node.splitText(from) : node;
  piece.splitText(to - from);
  const mark = make("mark", "unclear-mark");
  piece.replaceWith(mark);
  mark.append(piece);
  return mark;
}

function wrap(letters: Letter[], item: HTMLElement): void {
  const link = make("a", "unclear-link", "?");
  link.href = `#${item.id}`;
  link.setAttribute("aria-label", item.querySelector(".unclear-question")?.textContent?.trim() ?? "?");
  runs(letters).forEach(([node, from, to], number) => {
    const mark = markOf(node, from, to);
    if (number === 0) mark.after(link);
  });
}

function showMarks(article: HTMLElement, panel: HTMLElement): void {
  for (const item of all("[data-unclear-text]", panel)) {
    const letters = lettersOf(article);
    const whole = letters.map(({ node, at }) => node.data[at]).join("");
    const wanted = compact(item.dataset["unclearText"] ?? "");
    const place = wanted ? placeOf(whole, wanted, Number(item.dataset["unclearStart"])) : -1;
    if (place >= 0) wrap(letters.slice(place, place + wanted.length), item);
  }
}

// The end of what three clicks select lies before the next block, which may be behind the text.
function selected(article: HTMLElement): Range | null {
  const chosen = document.getSelection();
  if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return null;
  const range = chosen.getRangeAt(0).cloneRange();
  if (!range.intersectsNode(article)) return null;
  if (!article.contains(range.startContainer)) range.setStart(article, 0);
  if (!article.contains(range.endContainer)) range.setEnd(article, article.childNodes.length);
  return range.toString().trim() ? range : null;
}

function openFor(range: Range, article: HTMLElement, dialog: HTMLDialogElement): void {
  const before = document.createRange();
  before.setStart(article, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const quote = range.toString().trim().slice(0, 900);
  const field = dialog.querySelector<HTMLInputElement>("[name=sentence]");
  const shown = dialog.querySelector("[data-unclear-quote]");
  if (field) field.value = `${compact(before.toString()).length}:${quote}`;
  if (shown) shown.textContent = quote;
  dialog.showModal();
  dialog.querySelector("textarea")?.focus();
}

function startAsking(article: HTMLElement, panel: HTMLElement, dialog: HTMLDialogElement): void {
  const float = panel.querySelector<HTMLElement>("[data-unclear-float]");
  const askNow = (event: Event): void => {
    const range = selected(article);
    if (!range) return;
    event.preventDefault();
    openFor(range, article, dialog);
  };
  panel.querySelector("[data-unclear-ask]")?.addEventListener("click", askNow);
  panel.querySelector("[data-unclear-close]")?.addEventListener("click", () => dialog.close());
  float?.addEventListener("pointerdown", (event) => event.preventDefault());
  float?.addEventListener("click", askNow);
  document.addEventListener("selectionchange", () => {
    if (float) float.hidden = dialog.open || !selected(article);
  });
}

export function startUnclear(): void {
  const panel = document.querySelector<HTMLElement>("[data-unclear]");
  const article = document.querySelector<HTMLElement>("article.prose");
  if (!panel || !article) return;
  showMarks(article, panel);
  const dialog = panel.querySelector<HTMLDialogElement>("[data-unclear-dialog]");
  if (dialog) startAsking(article, panel, dialog);
}
