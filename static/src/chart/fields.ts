// Fields of the panel: text, one of several, and a name looked up while it is typed.

import { make } from "../dom";
import { say } from "./wording";

let number = 0;

export function nextId(): string {
  return `chart-field-${++number}`;
}

export interface Field { element: HTMLElement; input: HTMLInputElement | HTMLSelectElement; value: () => string }

function labelled(words: string, input: HTMLElement, help = ""): HTMLElement {
  const box = make("div", "field");
  const label = make("label", "field-label", words);
  input.id ||= nextId();
  label.htmlFor = input.id;
  box.append(label, input);
  if (help) {
    const said = make("p", "field-help", help);
    said.id = `${input.id}-help`;
    input.setAttribute("aria-describedby", said.id);
    box.append(said);
  }
  return box;
}

interface TextOptions { most?: number; known?: string[]; help?: string }

export function textField(words: string, value = "", options: TextOptions = {}): Field {
  const input = make("input", "form-control");
  Object.assign(input, { type: "text", value, maxLength: options.most ?? 250, autocomplete: "off" });
  const element = labelled(words, input, options.help);
  if (options.known?.length) {
    const list = make("datalist");
    list.id = nextId();
    list.append(...options.known.map((one) => Object.assign(make("option"), { value: one })));
    input.setAttribute("list", list.id);
    element.append(list);
  }
  return { element, input, value: () => input.value.trim() };
}

export function selectField(words: string, options: [string, string][], value = ""): Field {
  const input = make("select", "form-select");
  input.append(...options.map(([code, text]) => new Option(text, code, false, code === value)));
  return { element: labelled(words, input), input, value: () => input.value };
}

export function checkField(words: string, checked = false): Field {
  const input = make("input", "form-check-input");
  Object.assign(input, { type: "checkbox", checked, id: nextId() });
  const label = make("label", "form-check-label", words);
  label.htmlFor = input.id;
  const element = make("div", "form-check");
  element.append(input, label);
  return { element, input, value: () => (input.checked ? "yes" : "") };
}

/** Buttons of which one (or, for roles, several) is pressed; a press is the answer, no form is sent. */
export function chips(
  words: string, options: [string, string][], pressed: readonly string[],
  act: (code: string, on: boolean) => void, disabled = false,
): HTMLElement {
  const group = make("div", "chart-chips");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", words);
  for (const [code, text] of options) {
    const chip = make("button", "chart-chip", text);
    const on = pressed.includes(code);
    chip.type = "button";
    chip.disabled = disabled;
    chip.dataset["code"] = code;
    chip.setAttribute("aria-pressed", String(on));
    chip.addEventListener("click", () => act(code, !on));
    group.append(chip);
  }
  return group;
}

export interface Suggestion { id: number; words: string; hint: string }

/** A text field under which known ones are offered. `id` is the chosen one, or 0 for a text of one's own. */
export interface Lookup extends Field { id: () => number; choose: (one: Suggestion) => void }

export function lookupField(words: string, offer: (text: string) => Suggestion[], help = ""): Lookup {
  const input = make("input", "form-control");
  Object.assign(input, { type: "text", maxLength: 250, autocomplete: "off" });
  const element = labelled(words, input, help);
  element.classList.add("chart-lookup");
  const list = make("ul", "chart-lookup-list");
  list.id = nextId();
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("suggestions"));
  list.hidden = true;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  element.append(list);
  return wire(element, input, list, offer);
}

function wire(
  element: HTMLElement, input: HTMLInputElement, list: HTMLElement, offer: (text: string) => Suggestion[],
): Lookup {
  let offered: Suggestion[] = [];
  let at = -1;
  let chosen = 0;
  const mark = (index: number): void => {
    at = index;
    [...list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === at)));
    const active = list.children[at];
    if (active) input.setAttribute("aria-activedescendant", active.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const show = (found: Suggestion[]): void => {
    offered = found;
    list.replaceChildren(...found.map((one) => option(one, () => choose(one))));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(-1);
  };
  const choose = (one: Suggestion): void => {
    input.value = one.words;
    chosen = one.id;
    show([]);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const typed = (event: Event): void => {
    if (!event.isTrusted) return;
    chosen = 0;
    show(offer(input.value));
  };
  input.addEventListener("input", typed);
  input.addEventListener("focus", () => show(chosen ? [] : offer(input.value)));
  input.addEventListener("blur", () => window.setTimeout(() => show([]), 150));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && offered.length) { event.stopPropagation(); event.preventDefault(); return show([]); }
    if (event.key === "Enter" && at >= 0) { event.preventDefault(); return choose(offered[at] as Suggestion); }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step || !offered.length) return;
    event.preventDefault();
    mark((at + step + offered.length) % offered.length);
  });
  input.setAttribute("aria-expanded", "false");
  return { element, input, value: () => input.value.trim(), id: () => chosen, choose };
}

function option(one: Suggestion, choose: () => void): HTMLElement {
  const line = make("li");
  line.id = nextId();
  line.setAttribute("role", "option");
  line.append(make("span", "", one.words), make("small", "", one.hint));
  // Before the field loses its focus, and the list with it.
  line.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(); });
  return line;
}
