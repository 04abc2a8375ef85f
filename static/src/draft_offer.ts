// Offers unsent text again: restore, compare, throw away. Nothing is decided by itself.

import { button, make } from "./dom";
import type { Draft } from "./draft_store";
import { equal, type Fields, fieldsOf, labelOf } from "./fields";
import { moment, word } from "./words";

function side(title: string, text: string): HTMLElement {
  const box = make("div");
  box.append(make("h3", "", title), make("pre", "", text));
  return box;
}

function differences(form: HTMLFormElement, here: Fields, unsent: Fields): HTMLElement[] {
  const names = Object.keys(unsent).filter((name) => !equal({ n: here[name] ?? [] }, { n: unsent[name] ?? [] }));
  return names.map((name) => {
    const pair = make("div", "draft-compare");
    const label = labelOf(form, name);
    pair.append(
      side(`${label}: ${word("here")}`, (here[name] ?? []).join("\n")),
      side(`${label}: ${word("unsent")}`, (unsent[name] ?? []).join("\n")),
    );
    return pair;
  });
}

export function offer(
  form: HTMLFormElement, draft: Draft, restore: () => void, discard: () => void,
): HTMLElement {
  const box = make("section", "draft-offer");
  box.setAttribute("role", "alert");
  const compare = make("details");
  compare.append(
    make("summary", "", word("compare")),
    ...differences(form, fieldsOf(form), draft.fields),
  );
  const row = make("p", "button-row");
  row.append(
    button("btn btn-primary", word("restore"), restore),
    button("btn btn-secondary", word("discard"), discard),
  );
  box.append(
    make("h2", "", word("restoreTitle", { time: moment(draft.at) })),
    make("p", "", word("restoreText")),
    compare, row,
  );
  return box;
}
