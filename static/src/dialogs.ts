// Dialogs: those of the page, opened by `data-open-dialog`, and the question before a serious act.

import { all, button, make, onNewParts } from "./dom";
import { word } from "./words";

export function openDialog(id: string): void {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

/** Ask; answers whether the person said yes. */
export function ask(sentence: string): Promise<boolean> {
  return new Promise((answer) => {
    const dialog = make("dialog", "dialog");
    const text = make("p", "", sentence);
    text.id = "question";
    dialog.setAttribute("aria-labelledby", "question");
    const row = make("p", "button-row");
    row.append(
      button("btn btn-secondary", word("cancel"), () => dialog.close()),
      button("btn btn-primary", word("yes"), () => dialog.close("yes")),
    );
    dialog.append(text, row);
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

const confirmed = new WeakSet<HTMLFormElement>();

function questionOf(form: HTMLFormElement, submitter: HTMLElement | null): string | undefined {
  return submitter?.dataset["confirm"] ?? form.dataset["confirm"];
}

async function holdBack(event: SubmitEvent): Promise<void> {
  const form = event.target as HTMLFormElement;
  const question = questionOf(form, event.submitter);
  if (!question || confirmed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await ask(question))) return;
  confirmed.add(form);
  form.requestSubmit(event.submitter);
}

function startOpeners(root: ParentNode): void {
  for (const opener of all("[data-open-dialog]", root)) {
    opener.hidden = false;
    opener.addEventListener("click", () => openDialog(opener.dataset["openDialog"] ?? ""));
  }
}

export function startDialogs(): void {
  document.addEventListener("submit", (event) => void holdBack(event), { capture: true });
  document.addEventListener("click", (event) => {
    if (event.target instanceof HTMLDialogElement) event.target.close();
  });
  onNewParts(startOpeners);
}
