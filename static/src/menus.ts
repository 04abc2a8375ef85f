// Menus (`<details class="menu">`) close when one looks elsewhere; arrow keys walk through them
// and through the suggestions under a search box.

import { all } from "./dom";

function closeOthers(event: Event): void {
  for (const menu of all<HTMLDetailsElement>("details.menu[open]")) {
    if (!(event.target instanceof Node && menu.contains(event.target))) menu.open = false;
  }
}

function closeByKey(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  for (const menu of all<HTMLDetailsElement>("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
  const active = document.activeElement;
  if (active instanceof HTMLElement && active.closest(".topsearch")) active.blur();
}

function stops(around: Element): HTMLElement[] {
  const wanted = around.matches("[data-suggest]") ? "input[type=search], .suggestions a" : ".menu-item";
  return all(wanted, around).filter((element) => element.getClientRects().length > 0);
}

function walk(event: KeyboardEvent): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const around = event.target instanceof Element
    ? event.target.closest("[data-suggest], details.menu[open]") : null;
  if (!around) return;
  const places = stops(around);
  const here = places.indexOf(document.activeElement as HTMLElement);
  const next = places[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export function startMenus(): void {
  document.addEventListener("click", closeOthers);
  document.addEventListener("focusin", closeOthers);
  document.addEventListener("keydown", closeByKey);
  document.addEventListener("keydown", walk);
}
