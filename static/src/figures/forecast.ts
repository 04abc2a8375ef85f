// The drawing of a forecast: ranges of months that are over with what came, then of those to come.

import * as Plot from "@observablehq/plot";

import { amount, drawn } from "./sheet";

interface Month {
  month: string;
  label: string;
  low: string;
  likely: string;
  high: string;
  came?: string;
}

export interface Forecast {
  months: Month[];
  past: Month[];
}

/** As many of the months that are over as there are to come, or a half more. */
const PAST = 8;

export function outlook(forecast: Forecast, width: number): Element[] {
  const months = [...forecast.past.slice(-PAST), ...forecast.months];
  const rows = months.map(({ month, label, low, likely, high, came }) => ({
    month, label, low: Number(low), likely: Number(likely), high: Number(high), came: came === undefined ? null : Number(came),
  }));
  const names = rows.map((row) => row.month);
  const band = width / rows.length;
  const step = Math.ceil(60 / band);
  const named = new Map(rows.map((row) => [row.month, row.label]));
  const known = rows.filter((row) => row.came !== null);
  const next = forecast.months[0]?.month;
  return [drawn({
    width, height: 260, marginLeft: 14, marginRight: 14, marginTop: 22, marginBottom: 26,
    x: { domain: names, padding: 0.35, axis: null }, y: { axis: null, zero: true },
    marks: [
      Plot.barY(known, { x: "month", y1: "low", y2: "high", fill: "var(--sunken)", stroke: "var(--line-strong)", strokeDasharray: "3 2" }),
      Plot.barY(rows.filter((row) => row.came === null), { x: "month", y1: "low", y2: "high", stroke: "var(--accent)", fill: "var(--accent-soft)" }),
      Plot.tickY(rows, { x: "month", y: "likely", stroke: "var(--accent)", strokeWidth: 3 }),
      Plot.dot(known, { x: "month", y: "came", symbol: "diamond", fill: "var(--ink)", r: 5 }),
      Plot.ruleY([0], { stroke: "var(--line-strong)" }),
      Plot.text(rows.filter((row) => row.came === null && (band >= 44 || row.month === next)), { x: "month", y: "high", text: (row: { likely: number }) => amount(row.likely), dy: -11, fill: "var(--ink)" }),
      Plot.axisX(names.filter((_name, place) => place % step === 0), {
        tickFormat: (name: string) => named.get(name) ?? name, tickSize: 0, label: null, fill: "var(--ink-soft)",
      }),
    ],
  })];
}
