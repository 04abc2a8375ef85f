// The table of contents marks the heading one is reading.

import { all } from "./dom";

function target(link: HTMLAnchorElement): HTMLElement | null {
  return document.getElementById(decodeURIComponent(link.hash.slice(1)));
}

export function startContents(): void {
  const links = all<HTMLAnchorElement>('.toc a[href^="#"]');
  if (!links.length) return;
  const mark = (): void => {
    const passed = links.filter((link) => (target(link)?.getBoundingClientRect().top ?? Infinity) < 120);
    const here = passed.at(-1) ?? links[0];
    for (const link of links) {
      if (link === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  let waiting = false;
  document.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  mark();
}
