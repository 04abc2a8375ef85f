// Tells the server that a found thing was opened: `data-opened` on a link, or around many, is the
// question that found it. The note outlives the page; without scripts nothing is noted.

import { csrfToken } from "./dom";

function tellOpened(event: MouseEvent): void {
  if (event.button > 1 || !(event.target instanceof Element)) return;
  const question = event.target.closest("a[href]")?.closest<HTMLElement>("[data-opened]")
    ?.dataset["opened"];
  if (!question) return;
  void fetch("/search/opened", {
    method: "POST",
    keepalive: true,
    headers: { "X-CSRFToken": csrfToken() },
    body: new URLSearchParams({ q: question.slice(0, 1000) }),
  }).catch(() => undefined);
}

export function startOpened(): void {
  document.addEventListener("click", tellOpened);
  document.addEventListener("auxclick", tellOpened);
}
