// What the buttons and keys do to the Markdown text.

import { startCompletion } from "@codemirror/autocomplete";
import { type ChangeSpec, EditorSelection, type Line } from "@codemirror/state";
import type { Command, EditorView } from "@codemirror/view";

import { word } from "../words";

function say(name: string): string {
  return word(name, {}, "editor-words");
}

/** Put marks around each selection, or take them away when they are there. */
export function wrap(mark: string, placeholder: string): Command {
  return (view) => {
    const { state } = view;
    view.dispatch(state.changeByRange((range) => {
      const before = state.sliceDoc(range.from - mark.length, range.from);
      const after = state.sliceDoc(range.to, range.to + mark.length);
      if (before === mark && after === mark) {
        return {
          changes: [{ from: range.from - mark.length, to: range.from },
            { from: range.to, to: range.to + mark.length }],
          range: EditorSelection.range(range.from - mark.length, range.to - mark.length),
        };
      }
      const text = range.empty ? say(placeholder) : state.sliceDoc(range.from, range.to);
      const from = range.from + mark.length;
      return {
        changes: { from: range.from, to: range.to, insert: mark + text + mark },
        range: EditorSelection.range(from, from + text.length),
      };
    }), { userEvent: "input" });
    return true;
  };
}

function selectedLines(view: EditorView): Line[] {
  const { doc, selection } = view.state;
  const { from, to } = selection.main;
  const lines = [];
  for (let number = doc.lineAt(from).number; number <= doc.lineAt(to).number; number += 1) {
    lines.push(doc.line(number));
  }
  return lines;
}

const ANY_MARK = /^(#{1,6} |> |[-*+] \[[ xX]\] |[-*+] |\d+[.)] )/;

/** Begin each selected line with a mark (`prefix` gets its place), or take it away. */
export function begin(prefix: (place: number) => string, is: RegExp): Command {
  return (view) => {
    const lines = selectedLines(view);
    const has = lines.every((line) => is.test(line.text));
    const changes: ChangeSpec[] = lines.map((line, place) => ({
      from: line.from,
      to: line.from + (ANY_MARK.exec(line.text)?.[0].length ?? 0),
      insert: has ? "" : prefix(place),
    }));
    view.dispatch({ changes, userEvent: "input" });
    return true;
  };
}

/** Put a block of its own below the current line; selects `select` in it. */
export function block(text: () => string, select: () => string): Command {
  return (view) => {
    const line = view.state.doc.lineAt(view.state.selection.main.to);
    const lead = line.text.trim() ? "\n\n" : "";
    const insert = `${lead}${text()}\n`;
    const start = line.to + Math.max(insert.indexOf(select()), 0);
    view.dispatch({
      changes: { from: line.to, insert },
      selection: { anchor: start, head: start + select().length },
      scrollIntoView: true, userEvent: "input",
    });
    return true;
  };
}

const code: Command = (view) => {
  const { from, to } = view.state.selection.main;
  const text = view.state.sliceDoc(from, to);
  if (!text.includes("\n")) return wrap("`", "code")(view);
  const insert = `\`\`\`\n${text}\n\`\`\``;
  view.dispatch({ changes: { from, to, insert }, userEvent: "input" });
  return true;
};

const pageLink: Command = (view) => {
  const { from, to } = view.state.selection.main;
  const text = view.state.sliceDoc(from, to);
  const insert = text ? `[[${text}]]` : "[[";
  view.dispatch({
    changes: { from, to, insert }, selection: { anchor: from + 2 + text.length }, userEvent: "input.type",
  });
  startCompletion(view);
  return true;
};

const siteLink: Command = (view) => {
  const { from, to } = view.state.selection.main;
  const text = view.state.sliceDoc(from, to) || say("linkText");
  const start = from + text.length + 3;
  view.dispatch({
    changes: { from, to, insert: `[${text}](https://)` },
    selection: { anchor: start, head: start + 8 }, userEvent: "input",
  });
  return true;
};

function tableText(): string {
  const name = say("column");
  return `| ${name} 1 | ${name} 2 |\n| --- | --- |\n|  |  |`;
}

export const commands = {
  bold: wrap("**", "boldText"),
  italic: wrap("*", "italicText"),
  heading: begin(() => "## ", /^#{1,6} /),
  list: begin(() => "- ", /^[-*+] (?!\[)/),
  numbers: begin((place) => `${place + 1}. `, /^\d+[.)] /),
  tasks: begin(() => "- [ ] ", /^[-*+] \[[ xX]\] /),
  quote: begin(() => "> ", /^> /),
  code,
  table: block(tableText, () => `${say("column")} 1`),
  page: pageLink,
  link: siteLink,
} satisfies Record<string, Command>;
