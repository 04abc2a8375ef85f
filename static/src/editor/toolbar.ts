// The row of buttons above the text; arrow keys walk along it, Tab passes it by in one step.

import type { EditorView } from "@codemirror/view";

import { make } from "../dom";
import { word } from "../words";
import { commands } from "./commands";

type Tool = keyof typeof commands;
const GROUPS: [Tool, string, string?][][] = [
  [["bold", "type-bold", "Ctrl+B"], ["italic", "type-italic", "Ctrl+I"], ["heading", "type-h2"]],
  [["list", "list-ul"], ["numbers", "list-ol"], ["tasks", "list-task"]],
  [["quote", "blockquote-left"], ["code", "code-slash"], ["table", "table"]],
  [["page", "file-earmark-text", "Ctrl+K"], ["link", "link-45deg"]],
];

function picture(name: string): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `${word("icons", {}, "editor-words")}#${name}`);
  svg.append(use);
  return svg;
}

function toolButton(name: string, icon: string, keys: string, act: () => void): HTMLButtonElement {
  const made = make("button");
  const label = word(name, {}, "editor-words");
  made.type = "button";
  made.title = keys ? `${label} (${keys})` : label;
  made.ariaLabel = label;
  made.tabIndex = -1;
  made.append(picture(icon));
  made.addEventListener("click", act);
  return made;
}

function walk(event: KeyboardEvent, bar: HTMLElement): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const buttons = Array.from(bar.querySelectorAll("button"));
  const here = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const next = buttons[(here + step + buttons.length) % buttons.length];
  event.preventDefault();
  for (const one of buttons) one.tabIndex = one === next ? 0 : -1;
  next?.focus();
}

function chooser(name: string, icon: string, accept: string, take: (files: FileList) => void): HTMLElement[] {
  const input = make("input");
  input.type = "file";
  input.multiple = true;
  input.hidden = true;
  input.accept = accept;
  input.addEventListener("change", () => {
    if (input.files) take(input.files);
    input.value = "";
  });
  return [toolButton(name, icon, "", () => input.click()), input];
}

export function toolbar(view: EditorView, takeFiles: (files: FileList) => void): HTMLElement {
  const bar = make("div", "editor-tools");
  bar.setAttribute("role", "toolbar");
  bar.ariaLabel = word("tools", {}, "editor-words");
  for (const group of GROUPS) {
    for (const [name, icon, keys] of group) {
      bar.append(toolButton(name, icon, keys ?? "", () => {
        commands[name](view);
        view.focus();
      }));
    }
    bar.append(make("span", "editor-gap"));
  }
  bar.append(...chooser("picture", "image", "image/*", takeFiles), ...chooser("file", "paperclip", "", takeFiles));
  bar.querySelector("button")!.tabIndex = 0;
  bar.addEventListener("keydown", (event) => walk(event, bar));
  return bar;
}
