// The fields of a form as plain values, and what is wrong with them beside each.

import { make } from "../dom";
import type { Values } from "./document";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function controls(form: HTMLFormElement): Control[] {
  return Array.from(form.elements).filter((one): one is Control => "name" in one && (one as Control).name !== "");
}

function isTick(one: Control): one is HTMLInputElement {
  return one instanceof HTMLInputElement && one.type === "checkbox";
}

export function valuesOf(form: HTMLFormElement): Values {
  const values: Values = {};
  for (const one of controls(form)) {
    const all = (values[one.name] ??= []);
    if (isTick(one)) { if (one.checked) all.push(one.value); }
    else if (one instanceof HTMLSelectElement) all.push(...Array.from(one.selectedOptions, (option) => option.value));
    else all.push(one.value);
  }
  return values;
}

/** Put values into the form, but not into the field in which somebody types just now. */
export function put(form: HTMLFormElement, values: Values): void {
  for (const one of controls(form)) {
    const all = values[one.name];
    if (!all || one === document.activeElement) continue;
    if (isTick(one)) one.checked = all.includes(one.value);
    else if (one instanceof HTMLSelectElement && one.multiple) {
      for (const option of one.options) option.selected = all.includes(option.value);
    } else one.value = all[0] ?? "";
  }
}

/** Show sentences under the fields that they are about, and take away those of before. */
export function tellProblems(form: HTMLFormElement, problems: Record<string, string[]>): void {
  for (const old of form.querySelectorAll(".field-errors")) old.remove();
  for (const one of controls(form)) one.removeAttribute("aria-invalid");
  for (const [name, sentences] of Object.entries(problems)) {
    const control = controls(form).find((one) => one.name === name);
    if (!control) continue;
    control.setAttribute("aria-invalid", "true");
    const list = make("ul", "field-errors");
    list.setAttribute("role", "alert");
    list.append(...sentences.map((sentence) => make("li", "", sentence)));
    control.closest(".field, fieldset")?.append(list);
    control.closest("details")?.setAttribute("open", "");
  }
}
