// Files pasted, dropped or chosen are sent at once; a mark stands in the text while one is under
// way. The mark is no text: a save meanwhile does not contain it.

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";

import { csrfToken, make } from "../dom";
import { newId } from "../draft_store";
import { word } from "../words";

interface Upload { id: string; at: number; name: string }

const started = StateEffect.define<Upload>();
const ended = StateEffect.define<string>();

class UploadMark extends WidgetType {
  constructor(readonly id: string, private readonly name: string) {
    super();
  }

  override toDOM(): HTMLElement {
    return make("span", "badge-warning", word("uploading", { name: this.name }, "editor-words"));
  }
}

const underWay = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let now = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(started)) {
        const { id, at, name } = effect.value;
        now = now.update({ add: [Decoration.widget({ widget: new UploadMark(id, name), side: 1 }).range(at)] });
      } else if (effect.is(ended)) {
        now = now.update({ filter: (_from, _to, mark) => idOf(mark) !== effect.value });
      }
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function idOf(mark: Decoration): string {
  return (mark.spec as { widget: UploadMark }).widget.id;
}

function placeOf(view: EditorView, id: string): number {
  const cursor = view.state.field(underWay).iter();
  for (; cursor.value; cursor.next()) if (idOf(cursor.value) === id) return cursor.from;
  return view.state.selection.main.head;
}

/** At the beginning of a heading or list the line would cease to be one. */
function gapAfter(view: EditorView, at: number): string {
  const line = view.state.doc.lineAt(at);
  return at === line.from && line.text.trim() ? "\n\n" : "";
}

type Report = (sentence: string) => void;
type Answer = { markdown?: string; error?: string };

async function send(address: string, file: File, page: string): Promise<Answer> {
  const data = new FormData();
  data.set("file", file, file.name);
  if (page) data.set("page_id", page);
  const answer = await fetch(address, {
    method: "POST", body: data,
    headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
  });
  return (await answer.json()) as Answer;
}

async function upload(view: EditorView, source: HTMLTextAreaElement, file: File, at: number, report: Report): Promise<void> {
  const id = newId();
  view.dispatch({ effects: started.of({ id, at, name: file.name }) });
  const failed = word("uploadFailed", { name: file.name }, "editor-words");
  let answer: Answer = {};
  try {
    answer = await send(source.dataset["uploadUrl"] ?? "/files", file, source.dataset["page"] ?? "");
    report(answer.markdown ? "" : answer.error ?? failed);
  } catch {
    report(failed);
  }
  const from = placeOf(view, id);
  const insert = answer.markdown ? answer.markdown + gapAfter(view, from) : "";
  view.dispatch({ changes: { from, insert }, effects: ended.of(id), userEvent: "input.paste" });
}

export function uploadAll(view: EditorView, source: HTMLTextAreaElement, files: Iterable<File>, at: number, report: Report): void {
  for (const file of files) void upload(view, source, file, at, report);
}

/** Paste and drop of files; text is pasted as ever. */
export function uploads(source: HTMLTextAreaElement, report: Report): Extension {
  return [underWay, EditorView.domEventHandlers({
    paste(event, view) {
      const files = Array.from(event.clipboardData?.files ?? []);
      // Office programs put a picture of the text beside the text: the text is meant.
      if (!files.length || event.clipboardData?.types.includes("text/plain")) return false;
      uploadAll(view, source, files, view.state.selection.main.head, report);
      return true;
    },
    drop(event, view) {
      const files = Array.from(event.dataTransfer?.files ?? []);
      if (!files.length) return false;
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
      uploadAll(view, source, files, at ?? view.state.doc.length, report);
      event.preventDefault();
      return true;
    },
  })];
}
