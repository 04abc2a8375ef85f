// Tells the server that a found thing was opened: `data-opened` on a link, or around many, holds
// the question that found it; left empty, the question is that of the page's address. The note
// outlives the page; without scripts nothing is noted.

import { csrfToken } from "./dom";

function questionOf(marked: HTMLElement): string {
  const asked = marked.dataset["opened"] || new URLSearchParams(location.search).get("q");
  return (asked ?? "").slice(0, 1000);
}

function tellOpened(event: MouseEvent): void {
  if (event.button > 1 || !(event.target instanceof Element)) return;
  const marked = event.target.closest("a[href]")?.closest<HTMLElement>("[data-opened]");
  const question = marked ? questionOf(marked) : "";
  if (!question) return;
  void fetch("/search/opened", {
    method: "POST",
    keepalive: true,
    headers: { "X-CSRFToken": csrfToken() },
    body: new URLSearchParams({ q: question }),
  }).catch(() => undefined);
}

export function startOpened(): void {
  document.addEventListener("click", tellOpened);
  document.addEventListener("auxclick", tellOpened);
}
