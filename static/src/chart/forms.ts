// A small form in the panel. What is typed is kept until it is saved: through redrawings, closing, reloading.

import { button, make } from "../dom";
import type { Field } from "./fields";
import { say } from "./wording";

const PREFIX = "chart-typed-";

function keep(key: string, values: string[] | null): void {
  try {
    if (values?.some(Boolean)) sessionStorage.setItem(PREFIX + key, JSON.stringify(values));
    else sessionStorage.removeItem(PREFIX + key);
  } catch {
    // Then it lasts as long as the page.
  }
}

function kept(key: string): string[] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "[]");
    return Array.isArray(found) ? found.map(String) : [];
  } catch {
    return [];
  }
}

/** Whoever signs out leaves nothing typed behind. */
export function forgetTypedAtSignOut(): void {
  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof HTMLFormElement) || !("endsDrafts" in event.target.dataset)) return;
    for (const key of Object.keys(sessionStorage)) if (key.startsWith("chart-")) sessionStorage.removeItem(key);
  });
}

function restore(fields: Field[], values: string[]): void {
  fields.forEach((field, index) => {
    const value = values[index];
    if (value === undefined || !(field.input instanceof HTMLInputElement) || field.input.type !== "text") return;
    field.input.value = value;
  });
}

export interface FormParts { key: string; fields: Field[]; save: () => Promise<boolean>; done: () => void; words?: string }

/** `save` answers whether it is saved; only then the text is let go. */
export function smallForm({ key, fields, save, done, words }: FormParts): HTMLFormElement {
  const form = make("form", "chart-form");
  const send = make("button", "btn btn-primary btn-sm", words ?? say("save"));
  const row = make("p", "button-row");
  const leave = (): void => { keep(key, null); done(); };
  row.append(send, button("btn btn-secondary btn-sm", say("cancel"), leave));
  form.append(...fields.map((field) => field.element), row);
  form.dataset["key"] = key;
  restore(fields, kept(key));
  form.addEventListener("input", () => keep(key, fields.map((field) => field.value())));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); leave(); }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (send.disabled) return;
    send.disabled = true;
    void save().then((saved) => {
      send.disabled = false;
      if (saved) leave();
    });
  });
  return form;
}
