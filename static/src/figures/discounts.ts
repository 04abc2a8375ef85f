// The two drawings of discounts: over time, and by manager, client and so on.

import * as Plot from "@observablehq/plot";

import { amount, drawn, labels, lying, WIDE } from "./sheet";

interface Measures {
  deals: number;
  outside_policy: number;
  given_away: string;
  median: string | null;
  p90: string | null;
}

export interface Discounts {
  groups: (Measures & { label: string })[];
  steps: (Measures & { label: string; first: string })[];
}

/** More would be no picture; the table has them all. */
const MOST = 15;
const percents = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });

function percent(value: number): string {
  return `${percents.format(value)}\u00a0%`;
}

/** The money given away as bars that stand; below them the middle discount, and what nine of ten do not exceed. */
export function discountSteps(report: Discounts, width: number): Element[] {
  const rows = report.steps.map((row) => ({
    first: row.first, away: Number(row.given_away), deals: row.deals,
    middle: row.median === null ? NaN : Number(row.median), high: row.p90 === null ? NaN : Number(row.p90),
  }));
  const names = rows.map((row) => row.first);
  const band = width / rows.length;
  const step = Math.ceil(76 / band);
  const named = new Map(report.steps.map((row) => [row.first, row.label]));
  const across: Plot.PlotOptions = { width, marginLeft: 0, marginRight: 0, x: { domain: names, padding: 0.25, axis: null } };
  const money = drawn({
    ...across, height: 170, marginTop: 20, marginBottom: 14, y: { axis: null, zero: true },
    marks: [
      Plot.barY(rows, { x: "first", y: "away", fill: "var(--accent)" }),
      Plot.ruleY([0], { stroke: "var(--line-strong)" }),
      Plot.text(band < 38 ? [] : rows.filter((row) => row.deals), {
        x: "first", y: (row: { away: number }) => Math.max(row.away, 0), text: (row: { away: number }) => amount(row.away), dy: -8, fill: "var(--ink)",
      }),
    ],
  });
  const known = rows.filter((row) => row.deals);
  const rates = drawn({
    ...across, height: 150, marginTop: 24, marginBottom: 26, y: { axis: null, zero: true },
    marks: [
      Plot.ruleY([0], { stroke: "var(--line-strong)" }),
      Plot.lineY(known, { x: "first", y: "high", stroke: "var(--warn)", strokeWidth: 2, strokeDasharray: "5 3" }),
      Plot.dot(known, { x: "first", y: "high", fill: "var(--surface)", stroke: "var(--warn)", r: 3.5 }),
      Plot.lineY(known, { x: "first", y: "middle", stroke: "var(--moved)", strokeWidth: 2 }),
      Plot.dot(known, { x: "first", y: "middle", fill: "var(--moved)", r: 3.5 }),
      Plot.text(band < 44 ? known.slice(-1) : known, { x: "first", y: "high", text: (row: { high: number }) => percent(row.high), dy: -11, fill: "var(--ink)", textAnchor: band < 44 ? "end" : "middle" }),
      Plot.axisX(names.filter((_name, place) => (rows.length - 1 - place) % step === 0), {
        tickFormat: (name: string) => named.get(name) ?? name, tickSize: 0, label: null, fill: "var(--ink-soft)",
        textAnchor: rows.length > 1 && band < 76 ? "end" : "middle", dx: rows.length > 1 && band < 76 ? band / 2 : 0,
      }),
    ],
  });
  return [money, rates];
}

/** The money given away as bars that lie. */
export function discountGroups(report: Discounts, width: number): Element[] {
  const seen = new Map<string, number>();
  const rows = report.groups.slice(0, MOST).map((row) => {
    const times = seen.get(row.label) ?? 0;
    seen.set(row.label, times + 1);
    return { label: row.label + "\u200b".repeat(times), away: Number(row.given_away), middle: row.median === null ? "" : percent(Number(row.median)) };
  });
  const names = rows.map((row) => row.label);
  const low = Math.min(0, ...rows.map((row) => row.away));
  const high = Math.max(1, ...rows.map((row) => row.away));
  const room = (high - low) * (width >= WIDE ? 0.22 : 0.42);
  return [drawn({
    ...lying(names, width), x: { domain: [low, high + room], axis: null },
    marks: [
      Plot.barX(rows, { x1: 0, x2: "away", y: "label", fill: (row: { away: number }) => row.away < 0 ? "var(--moved)" : "var(--accent)" }),
      Plot.ruleX([0], { stroke: "var(--line-strong)" }),
      Plot.text(rows, {
        x: (row: { away: number }) => Math.max(row.away, 0), y: "label", dx: 6, textAnchor: "start", fill: "var(--ink)",
        text: (row: { away: number; middle: string }) => `${amount(row.away)} · ${row.middle}`,
      }),
      labels(names, width),
    ],
  })];
}
