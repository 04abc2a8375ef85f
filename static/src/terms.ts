// Glossary terms are explained where they stand first in the text: by pointing, by the keyboard
// and by a tap. Without scripts the same list stands under the text.

import { all, make } from "./dom";

const OUTSIDE = "a, code, pre, h1, h2, h3, h4, h5, h6, button, summary, kbd, samp, .term";
const LETTER = /[\p{L}\p{N}_]/u;
const ROOM = 8;

function isWhole(text: string, start: number, end: number): boolean {
  return !LETTER.test(text[start - 1] ?? " ") && !LETTER.test(text[end] ?? " ");
}

function placeIn(text: string, words: string): number {
  let start = text.indexOf(words);
  while (start >= 0 && !isWhole(text, start, start + words.length)) {
    start = text.indexOf(words, start + 1);
  }
  return start;
}

function textsOf(article: HTMLElement): Text[] {
  const found: Text[] = [];
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement?.closest(OUTSIDE)) found.push(node as Text);
  }
  return found;
}

/** The first place of the words becomes something that can be pointed at; `null`: it is gone. */
function marked(article: HTMLElement, words: string): HTMLElement | null {
  for (const text of textsOf(article)) {
    const start = placeIn(text.data, words);
    if (start < 0) continue;
    const rest = text.splitText(start);
    rest.splitText(words.length);
    const term = make("span", "term", words);
    rest.replaceWith(term);
    return term;
  }
  return null;
}

const note = make("div", "term-note");
let shown: HTMLElement | null = null;

function hide(): void {
  shown?.setAttribute("aria-expanded", "false");
  shown = null;
  note.remove();
}

function put(term: HTMLElement): void {
  const at = term.getClientRects()[0] ?? term.getBoundingClientRect();
  const left = Math.min(at.left, document.documentElement.clientWidth - note.offsetWidth - ROOM);
  const below = at.bottom + note.offsetHeight + ROOM < window.innerHeight;
  const top = below ? at.bottom : at.top - note.offsetHeight;
  note.style.left = `${Math.max(ROOM, left) + window.scrollX}px`;
  note.style.top = `${top + window.scrollY}px`;
}

function show(term: HTMLElement, name: string, told: HTMLElement): void {
  if (shown === term) return;
  hide();
  shown = term;
  term.setAttribute("aria-expanded", "true");
  const text = make("p", "", told.textContent ?? "");
  text.lang = told.lang;
  note.replaceChildren(make("strong", "", name), text);
  document.body.append(note);
  put(term);
}

function explain(article: HTMLElement, entry: HTMLElement): void {
  const told = entry.nextElementSibling;
  const term = marked(article, entry.dataset["term"] ?? "");
  if (!term || !(told instanceof HTMLElement)) return;
  const name = entry.firstChild?.textContent?.trim() ?? "";
  term.tabIndex = 0;
  term.setAttribute("role", "button");
  term.setAttribute("aria-expanded", "false");
  term.setAttribute("aria-describedby", told.id);
  const open = (): void => show(term, name, told);
  for (const event of ["mouseenter", "focus", "click"]) term.addEventListener(event, open);
  term.addEventListener("blur", hide);
  term.addEventListener("mouseleave", (event) => leave(term, event.relatedTarget));
  term.addEventListener("keydown", (event) => toggle(event, term, open));
}

/** The note stays while one points at it, and while the term has the focus. */
function leave(term: HTMLElement, to: EventTarget | null): void {
  if (document.activeElement === term || (to instanceof Node && note.contains(to))) return;
  hide();
}

function toggle(event: KeyboardEvent, term: HTMLElement, open: () => void): void {
  if (event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  if (shown === term) hide();
  else open();
}

export function startTerms(): void {
  const list = document.querySelector<HTMLElement>("[data-terms]");
  const article = document.querySelector<HTMLElement>("article.prose");
  if (!list || !article) return;
  for (const entry of all("[data-term]", list)) explain(article, entry);
  note.addEventListener("mouseleave", (event) => {
    if (event.relatedTarget !== shown && document.activeElement !== shown) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
}
