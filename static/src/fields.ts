// What was typed into a form, as plain values, and back.

export type Fields = Record<string, string[]>;
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const UNKEPT = new Set(["hidden", "password", "file", "submit", "button", "reset", "image"]);

function controls(form: HTMLFormElement): Control[] {
  return Array.from(form.elements).filter((element): element is Control =>
    (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
      || element instanceof HTMLSelectElement)
    && element.name !== "" && !UNKEPT.has(element.type));
}

function isChoice(control: Control): control is HTMLInputElement {
  return control.type === "checkbox" || control.type === "radio";
}

function valuesOf(control: Control): string[] {
  if (isChoice(control)) return control.checked ? [control.value] : [];
  if (control instanceof HTMLSelectElement) {
    return Array.from(control.selectedOptions, (option) => option.value);
  }
  return [control.value.replace(/\r\n?/g, "\n")];
}

/** All that is typed and chosen in the form, by field name. */
export function fieldsOf(form: HTMLFormElement): Fields {
  const fields: Fields = {};
  for (const control of controls(form)) {
    (fields[control.name] ??= []).push(...valuesOf(control));
  }
  return fields;
}

function setOne(control: Control, values: string[]): void {
  if (isChoice(control)) control.checked = values.includes(control.value);
  else if (control instanceof HTMLSelectElement) {
    for (const option of control.options) option.selected = values.includes(option.value);
  } else control.value = values.shift() ?? "";
}

/** Put the values back into the form; fields the form no longer has are left out. */
export function fill(form: HTMLFormElement, fields: Fields): void {
  const left = structuredClone(fields);
  for (const control of controls(form)) {
    const values = left[control.name];
    if (!values) continue;
    setOne(control, values);
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

export function equal(one: Fields, other: Fields): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

// What is said about a save is no part of the page; the server trims the ends of a text.
function comparable(fields: Fields, like: Fields): Fields {
  const names = Object.keys(like).filter((name) => name !== "reason" && name in fields);
  return Object.fromEntries(names.map((name) => [name, (fields[name] ?? []).map((value) => value.trim())]));
}

/** Whether two forms of one page hold the same page, as the server would keep it. */
export function sameText(one: Fields, other: Fields): boolean {
  return equal(comparable(one, other), comparable(other, one));
}

function sorted(fields: Fields): [string, string[]][] {
  return Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The label of a field as people see it. */
export function labelOf(form: HTMLFormElement, name: string): string {
  const control = controls(form).find((one) => one.name === name);
  return control?.labels?.[0]?.textContent?.trim() || control?.ariaLabel || name;
}
