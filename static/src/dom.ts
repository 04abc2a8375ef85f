// Small, typed ways to reach into the page, and one event: "part of the page is new".

export function all<E extends HTMLElement>(selector: string, root: ParentNode = document): E[] {
  return Array.from(root.querySelectorAll<E>(selector));
}

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, className = "", text = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

export function button(className: string, text: string, act: () => void): HTMLButtonElement {
  const made = make("button", className, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/** Run `start` on the page now and on every part that is put into it later. */
export function onNewParts(start: (root: ParentNode) => void): void {
  start(document);
  document.addEventListener("page:new", (event) => start(event.target as ParentNode));
}

/** Tell the behaviours that what is inside `root` is new. */
export function tellNewPart(root: Element): void {
  root.dispatchEvent(new CustomEvent("page:new", { bubbles: true }));
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement
    && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";
}
