// The three drawings of a report: what made the change, period by period, and by reason and so on.

import * as Plot from "@observablehq/plot";

import { amount, drawn, labels, lying, share, signed, WIDE } from "./sheet";

interface Tally {
  won: number;
  lost: number;
  win_rate: number | null;
  amount: string;
}

export interface Report {
  by: string;
  period: { code: string };
  change: { difference: string; parts: { label: string; amount: string }[] };
  periods: (Tally & { period: string; label: string })[];
  groups: { label: string; now: Tally; then: Tally }[];
}

/** More would be no picture; the table has them all. */
const MOST = 15;

/** Bars to the right for what was added, to the left for what was taken away. */
export function change(report: Report, width: number): Element[] {
  const rows = report.change.parts.map(({ label, amount: part }) => ({ label, part: Number(part) }));
  const names = rows.map((row) => row.label);
  const reach = Math.max(...rows.map((row) => Math.abs(row.part))) * (width >= WIDE ? 1.35 : 1.75) || 1;
  return [drawn({
    ...lying(names, width), x: { domain: [-reach, reach], axis: null },
    marks: [
      Plot.barX(rows.filter((row) => row.part), {
        x1: 0, x2: "part", y: "label", fill: (row: { part: number }) => row.part > 0 ? "var(--good-mark)" : "var(--bad-mark)",
        stroke: (row: { part: number }) => row.part > 0 ? "var(--good)" : "var(--bad)",
      }),
      Plot.ruleX([0], { stroke: "var(--line-strong)" }),
      Plot.text(rows.filter((row) => row.part >= 0), { x: "part", y: "label", text: (row: { part: number }) => signed(row.part), textAnchor: "start", dx: 5, fill: "var(--ink)" }),
      Plot.text(rows.filter((row) => row.part < 0), { x: "part", y: "label", text: (row: { part: number }) => signed(row.part), textAnchor: "end", dx: -5, fill: "var(--ink)" }),
      labels(names, width),
    ],
  })];
}

/** The sums as bars that stand, the win rate as a line below them. */
export function periods(report: Report, width: number): Element[] {
  const rows = report.periods.map((row) => ({ ...row, sum: Number(row.amount) }));
  const names = rows.map((row) => row.period);
  const band = width / rows.length;
  const step = Math.ceil(64 / band);
  const named = new Map(rows.map((row) => [row.period, row.label]));
  const across: Plot.PlotOptions = { width, marginLeft: 14, marginRight: 14, x: { domain: names, padding: 0.25, axis: null } };
  const axis = Plot.axisX(names.filter((_name, place) => (rows.length - 1 - place) % step === 0), {
    tickFormat: (name: string) => named.get(name) ?? name, tickSize: 0, label: null, fill: "var(--ink-soft)",
  });
  const chosen = (row: { period: string }) => row.period === report.period.code;
  const sums = drawn({
    ...across, height: 190, marginTop: 20, marginBottom: 8, y: { axis: null, zero: true },
    marks: [
      Plot.barY(rows, {
        x: "period", y: "sum", stroke: "var(--accent)",
        fill: (row: { period: string }) => chosen(row) ? "var(--accent)" : "var(--accent-soft)",
      }),
      Plot.ruleY([0], { stroke: "var(--line-strong)" }),
      Plot.text(rows.filter((row) => row.sum && (band >= 62 || chosen(row))), { x: "period", y: "sum", text: (row: { sum: number }) => amount(row.sum), dy: -8, fill: "var(--ink)" }),
    ],
  });
  const rated = rows.filter((row) => row.win_rate !== null);
  const rates = drawn({
    ...across, height: 110, marginTop: 22, marginBottom: 26, y: { axis: null, domain: [0, 1] },
    marks: [
      Plot.ruleY([0, 0.5, 1], { stroke: "var(--line)" }),
      Plot.lineY(rated, { x: "period", y: "win_rate", stroke: "var(--moved)", strokeWidth: 2 }),
      Plot.dot(rated, { x: "period", y: "win_rate", fill: "var(--moved)", r: 3.5 }),
      Plot.text(rated.filter((row) => band >= 38 || chosen(row)), { x: "period", y: "win_rate", text: (row: { win_rate: number | null }) => share(row.win_rate ?? 0), dy: -11, fill: "var(--ink)" }),
      axis,
    ],
  });
  return [sums, rates];
}

/** Sums as bars that lie with a mark of the earlier ones; for reasons the numbers of deals. */
export function groups(report: Report, width: number): Element[] {
  return [report.by === "reason" ? byCount(report, width) : bySum(report, width)];
}

function bySum(report: Report, width: number): Element {
  const rows = report.groups.slice(0, MOST).map((group) => ({
    label: group.label, now: Number(group.now.amount), then: Number(group.then.amount),
  }));
  const names = unlike(rows);
  const low = Math.min(0, ...rows.flatMap((row) => [row.now, row.then]));
  const high = Math.max(1, ...rows.flatMap((row) => [row.now, row.then])) * (width >= WIDE ? 1.12 : 1.2);
  return drawn({
    ...lying(names, width), x: { domain: [low, high], axis: null },
    marks: [
      Plot.barX(rows, { x1: 0, x2: "now", y: "label", fill: "var(--accent)" }),
      Plot.tickX(rows, { x: "then", y: "label", stroke: "var(--ink)", strokeWidth: 2.5, insetTop: -3, insetBottom: -3 }),
      Plot.ruleX([0], { stroke: "var(--line-strong)" }),
      Plot.text(rows, { x: (row: { now: number; then: number }) => Math.max(row.now, row.then, 0), y: "label", text: (row: { now: number }) => amount(row.now), textAnchor: "start", dx: 6, fill: "var(--ink)" }),
      labels(names, width),
    ],
  });
}

function byCount(report: Report, width: number): Element {
  const rows = report.groups.slice(0, MOST).map(({ label, now }) => ({ label, won: now.won, lost: now.lost, all: now.won + now.lost }));
  const names = unlike(rows);
  const high = Math.max(1, ...rows.map((row) => row.all)) * (width >= WIDE ? 1.2 : 1.35);
  return drawn({
    ...lying(names, width), x: { domain: [0, high], axis: null },
    marks: [
      Plot.barX(rows, { x1: 0, x2: "won", y: "label", fill: "var(--accent)" }),
      Plot.barX(rows, { x1: "won", x2: "all", y: "label", fill: "var(--surface)", stroke: "var(--ink-soft)", strokeDasharray: "4 2", inset: 0.5 }),
      Plot.ruleX([0], { stroke: "var(--line-strong)" }),
      Plot.text(rows, { x: "all", y: "label", text: (row: { won: number; lost: number }) => `${row.won} / ${row.lost}`, textAnchor: "start", dx: 6, fill: "var(--ink)" }),
      labels(names, width),
    ],
  });
}

/** Two things may bear one name; each has a bar of its own. */
function unlike(rows: { label: string }[]): string[] {
  const seen = new Map<string, number>();
  for (const row of rows) {
    const times = seen.get(row.label) ?? 0;
    seen.set(row.label, times + 1);
    row.label += "\u200b".repeat(times);
  }
  return rows.map((row) => row.label);
}
