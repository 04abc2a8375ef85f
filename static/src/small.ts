// Small behaviours, each by one attribute.

import { all, onNewParts } from "./dom";
import { word } from "./words";

function dismissers(root: ParentNode): void {
  for (const one of all("[data-dismiss]", root)) {
    one.hidden = false;
    one.addEventListener("click", () => one.closest(one.dataset["dismiss"] ?? "")?.remove());
  }
}

function printers(root: ParentNode): void {
  for (const one of all("[data-print]", root)) {
    one.hidden = false;
    one.addEventListener("click", () => window.print());
  }
}

function copiers(root: ParentNode): void {
  for (const one of all("[data-copy]", root)) {
    if (!navigator.clipboard) continue;
    one.hidden = false;
    one.addEventListener("click", () => {
      void navigator.clipboard.writeText(one.dataset["copy"] ?? "").then(() => {
        one.textContent = word("copied");
      });
    });
  }
}

function focus(root: ParentNode): void {
  root.querySelector<HTMLElement>("[data-focus]")?.focus();
}

function selfSenders(root: ParentNode): void {
  for (const one of all<HTMLFormElement | HTMLSelectElement>("[data-autosubmit]", root)) {
    const form = one instanceof HTMLFormElement ? one : one.form;
    one.addEventListener("change", () => form?.requestSubmit());
  }
}

// A number chooses that answer; Enter, which the chosen one has, sends the form.
function numbered(root: ParentNode): void {
  for (const form of all<HTMLFormElement>("[data-numbered]", root)) {
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const typing = event.target instanceof HTMLInputElement && event.target.type !== "radio";
      if (typing || document.querySelector("dialog[open]")) return;
      const choice = all<HTMLInputElement>("input[type=radio]", form)[Number(event.key) - 1];
      if (!choice) return;
      choice.checked = true;
      choice.focus();
    });
  }
}

export function startSmall(): void {
  for (const start of [dismissers, printers, copiers, focus, selfSenders, numbered]) onNewParts(start);
}
