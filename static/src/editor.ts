// Turns each `textarea[data-editor]` into an editor. The textarea stays the truth: it holds the text
// at every moment, so that sending, keeping drafts and working without scripts need nothing else.

import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { markdown, markdownKeymap, markdownLanguage } from "@codemirror/lang-markdown";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";

import { all, make, onNewParts } from "./dom";
import { commands } from "./editor/commands";
import { look } from "./editor/look";
import { Preview, scrollTogether } from "./editor/preview";
import { titlesFrom } from "./editor/titles";
import { toolbar } from "./editor/toolbar";
import { uploadAll, uploads } from "./editor/uploads";

const nonce = document.currentScript instanceof HTMLScriptElement ? document.currentScript.nonce : "";

function keys(source: HTMLTextAreaElement): Extension {
  const send = (): boolean => {
    source.form?.requestSubmit();
    return true;
  };
  return [
    Prec.highest(keymap.of([
      { key: "Mod-Enter", run: send },
      { key: "Mod-s", run: send, preventDefault: true },
      { key: "Mod-b", run: commands.bold },
      { key: "Mod-i", run: commands.italic },
      { key: "Mod-k", run: commands.page },
    ])),
    keymap.of([...completionKeymap, ...markdownKeymap, ...defaultKeymap, ...historyKeymap]),
  ];
}

function label(source: HTMLTextAreaElement): string {
  return source.labels[0]?.textContent?.trim() || source.ariaLabel || source.name;
}

function extensions(source: HTMLTextAreaElement, changed: () => void, report: (text: string) => void): Extension {
  return [
    EditorView.cspNonce.of(nonce),
    history(), drawSelection(), EditorView.lineWrapping, look,
    markdown({ base: markdownLanguage, addKeymap: false, completeHTMLTags: false }),
    autocompletion({ override: [titlesFrom(source.dataset["titlesUrl"] ?? "/pages/titles")], icons: false }),
    uploads(source, report), keys(source),
    EditorView.contentAttributes.of({
      "aria-label": label(source), spellcheck: "true", tabindex: "0", lang: source.lang || document.documentElement.lang,
    }),
    EditorView.updateListener.of((update) => { if (update.docChanged) changed(); }),
  ];
}

/** Text put into the textarea from elsewhere (a restored draft) goes into the editor. */
function follow(view: EditorView, source: HTMLTextAreaElement): void {
  const text = source.value;
  if (text === view.state.doc.toString()) return;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}

function frame(source: HTMLTextAreaElement): { box: HTMLElement; state: HTMLElement } {
  const box = make("div", "editor");
  const state = make("p", "editor-state");
  state.setAttribute("role", "status");
  source.after(box, state);
  source.hidden = true;
  source.required = false;
  return { box, state };
}

function open(source: HTMLTextAreaElement): void {
  const { box, state } = frame(source);
  const report = (text: string): void => {
    state.textContent = text;
    state.dataset["state"] = text ? "failed" : "";
  };
  const place = document.querySelector<HTMLElement>(source.dataset["preview"] ?? "#preview");
  const preview = place && source.dataset["previewUrl"] ? new Preview(place, source) : null;
  const changed = (): void => {
    source.value = view.state.doc.toString();
    source.dispatchEvent(new Event("input", { bubbles: true }));
    preview?.soon();
  };
  const view = new EditorView({
    state: EditorState.create({ doc: source.value, extensions: extensions(source, changed, report) }),
    parent: box,
  });
  box.prepend(toolbar(view, (files) => {
    uploadAll(view, source, files, view.state.selection.main.head, report);
    view.focus();
  }));
  source.addEventListener("input", () => follow(view, source));
  source.labels[0]?.addEventListener("click", () => view.focus());
  if (preview && place) scrollTogether(view.scrollDOM, place.parentElement ?? place);
  void preview?.draw();
}

onNewParts((root) => all<HTMLTextAreaElement>("textarea[data-editor]", root).forEach(open));
