// A drawing by Observable Plot that fits our policy: no style element, colours by variables.

import * as Plot from "@observablehq/plot";

/** A document that no policy watches: what is made there has no style of its own when it comes here. */
const elsewhere = document.implementation.createHTMLDocument("");

export function drawn(options: Plot.PlotOptions): Element {
  const made = Plot.plot({ ...options, document: elsewhere as unknown as Document });
  for (const style of made.querySelectorAll("style")) style.remove();
  made.setAttribute("aria-hidden", "true");
  return document.importNode(made, true);
}

/** How wide a drawing may be before its labels stand beside it, and how wide these are. */
export const WIDE = 560;
export const BESIDE = 230;

const language = document.documentElement.lang;
const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });

export function amount(value: number): string {
  return short.format(value);
}

export function signed(value: number): string {
  return (value > 0 ? "+" : value < 0 ? "−" : "") + short.format(Math.abs(value));
}

export function share(value: number): string {
  return percent.format(value);
}

/** Names may be of any length; the table has them whole. */
export function clipped(text: string, most = 30): string {
  const letters = Array.from(text);
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : text;
}

/** Labels before bars that lie: beside them where there is room, else above. */
export function labels(names: string[], width: number): Plot.Markish {
  const wide = width >= WIDE;
  return Plot.text(names, {
    y: (name: string) => name, text: (name: string) => clipped(name, wide ? 31 : 44), frameAnchor: "left",
    textAnchor: "start", dx: wide ? -BESIDE : 0, dy: wide ? 0 : -19, fill: "var(--ink)",
  });
}

export function lying(names: string[], width: number): Plot.PlotOptions {
  const wide = width >= WIDE;
  return {
    width, height: names.length * (wide ? 32 : 48) + 16, marginLeft: wide ? BESIDE : 0, marginRight: 8,
    marginTop: wide ? 4 : 14, marginBottom: 8,
    y: { domain: names, axis: null, padding: wide ? 0.3 : 0.6 },
  };
}
