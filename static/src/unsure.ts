// An answer was lost and the person wrote on. Whether the earlier text was saved is asked first, by
// sending it once more with its own save_key; if it was, the new text is based on that revision.
// Else one's own earlier words would come back as those of somebody else, as a conflict.

import { type Fields, fieldsOf, sameText } from "./fields";

/** The address of the form that edits what a save has just led to. */
function editAddress(to: string): string | null {
  const found = /^\/pages\/(\d+)(?:-|$)/.exec(new URL(to, location.href).pathname);
  return found ? `/pages/${found[1]}/edit` : null;
}

async function freshForm(address: string): Promise<HTMLFormElement | null> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(45_000) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector<HTMLFormElement>("form[data-save]");
}

/** The earlier text was saved and led to `to`: go on from the revision it became. */
export async function goOnFrom(form: HTMLFormElement, to: string, sent: Fields): Promise<void> {
  const address = editAddress(to);
  const fresh = address ? await freshForm(address) : null;
  const base = fresh?.querySelector<HTMLInputElement>("input[data-base], input[name=base_number]");
  const own = form.querySelector<HTMLInputElement>("input[data-base], input[name=base_number]");
  if (!address || !fresh || !base || !own) return;
  // Merged with another's words it is no base for this text: the server merges from the old one.
  if (form.action.endsWith("/edit") && !sameText(sent, fieldsOf(fresh))) return;
  own.value = base.value;
  form.action = address;
}
