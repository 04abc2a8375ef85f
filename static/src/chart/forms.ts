// A small form in the panel. What is typed is kept until it is saved: through redrawings, closing, reloading.

import { button, make } from "../dom";
import type { Field } from "./fields";
import { ownKey } from "./memory";
import { say } from "./wording";

function keep(key: string, values: string[] | null): void {
  try {
    if (values?.some(Boolean)) sessionStorage.setItem(ownKey(`typed-${key}`), JSON.stringify(values));
    else sessionStorage.removeItem(ownKey(`typed-${key}`));
  } catch {
    // Then it lasts as long as the page.
  }
}

function kept(key: string): string[] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(ownKey(`typed-${key}`)) ?? "[]");
    return Array.isArray(found) ? found.map(String) : [];
  } catch {
    return [];
  }
}

function restore(fields: Field[], values: string[]): void {
  fields.forEach((field, index) => {
    const value = values[index];
    if (value === undefined || !(field.input instanceof HTMLInputElement) || field.input.type !== "text") return;
    field.input.value = value;
  });
}

export interface FormParts {
  key: string;
  fields: Field[];
  /** Saves what was typed over what was seen when the form was opened; answers whether it is saved. */
  save: (seen: number) => Promise<boolean>;
  done: () => void;
  /** The newest change that is seen now. */
  seen: () => number;
  words?: string;
}

/** The text is let go only when it is saved or given up. */
export function smallForm({ key, fields, save, done, seen, words }: FormParts): HTMLFormElement {
  let base = seen();
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
    void save(base).then((saved) => {
      send.disabled = false;
      if (saved) return leave();
      // The refusal told what others did meanwhile: whoever sends it again knows.
      base = seen();
    });
  });
  return form;
}
