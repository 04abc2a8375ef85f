// `[[` and a few letters offer the titles of pages.

import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";

interface Title { title: string; language: string; category: string }

function insertTitle(view: EditorView, completion: Completion, from: number, to: number): void {
  const closed = view.state.sliceDoc(to, to + 2) === "]]";
  const insert = completion.label + (closed ? "" : "]]");
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + completion.label.length + 2 }, userEvent: "input.complete",
  });
}

async function fetchTitles(address: string, query: string, signal: AbortSignal): Promise<Title[]> {
  try {
    const answer = await fetch(`${address}?q=${encodeURIComponent(query)}`, {
      headers: { Accept: "application/json" }, signal,
    });
    return answer.ok ? ((await answer.json()) as Title[]) : [];
  } catch {
    return [];
  }
}

export function titlesFrom(address: string) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const typed = context.matchBefore(/\[\[[^[\]|\n]{0,100}$/);
    if (!typed) return null;
    const stop = new AbortController();
    context.addEventListener("abort", () => stop.abort());
    const titles = await fetchTitles(address, typed.text.slice(2), stop.signal);
    const options = titles.map(({ title, language, category }) => ({
      label: title, detail: [category, language].filter(Boolean).join(", "), apply: insertTitle,
    }));
    return { from: typed.from + 2, options, filter: false };
  };
}
