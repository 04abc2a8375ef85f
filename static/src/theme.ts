// Light, dark or like the device; the choice is a cookie, so the server draws the right page at once.

import { all } from "./dom";

const YEAR = 365 * 24 * 3600;

function choose(theme: string): void {
  document.documentElement.dataset["bsTheme"] = theme;
  const age = theme === "auto" ? 0 : YEAR;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${theme}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
  show();
}

function show(): void {
  const theme = document.documentElement.dataset["bsTheme"];
  for (const one of all("[data-theme]")) {
    one.setAttribute("aria-pressed", String(one.dataset["theme"] === theme));
  }
}

export function startTheme(): void {
  for (const one of all("[data-theme]")) {
    one.addEventListener("click", (event) => {
      event.preventDefault(); // without scripts the button sends its form
      choose(one.dataset["theme"] ?? "auto");
    });
  }
  show();
}
