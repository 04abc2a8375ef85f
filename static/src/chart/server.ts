// All talk with the server. A failure is a sentence for the person, never an exception.

import { csrfToken } from "../dom";
import type { ChartDocument, Difference, OthersDeed } from "./document";
import type { Walk } from "./walk";
import { say } from "./wording";

const DEADLINE = 30_000;

/** `status` 0: the server could not be reached, so what was sent may or may not have come in. */
export interface Failure { failed: true; status: number; sentence: string }
export interface Done { change: number; version: number; position?: number; person?: number; others?: OthersDeed[] }
export interface Version { change: number; version: number; others?: OthersDeed[] }
export interface Use { name: string; address: string }
/** What needs a position, and what needs it or one below it. */
export interface Uses { position: Use[]; branch: Use[] }
export interface Moment { on: string; known: string; deal: string }

export function isFailure<T>(answer: T | Failure): answer is Failure {
  return typeof answer === "object" && answer !== null && (answer as Failure).failed === true;
}

async function sentenceOf(answer: Response): Promise<string> {
  try {
    const said = (await answer.json()) as { error?: unknown };
    if (typeof said.error === "string" && said.error) return said.error;
  } catch {
    // Not our JSON: a proxy or a broken server.
  }
  return say("serverError");
}

async function call<T>(address: string, options: RequestInit, stop?: AbortSignal): Promise<T | Failure> {
  const late = AbortSignal.timeout(DEADLINE);
  const signal = stop && "any" in AbortSignal ? AbortSignal.any([stop, late]) : (stop ?? late);
  try {
    const answer = await fetch(address, { ...options, signal });
    // Whoever is not signed in is led to another page.
    if (answer.redirected || answer.status === 401) return { failed: true, status: 401, sentence: say("signedOut") };
    if (!answer.ok) return { failed: true, status: answer.status, sentence: await sentenceOf(answer) };
    return (await answer.json()) as T;
  } catch {
    return { failed: true, status: 0, sentence: say(stop?.aborted ? "overtaken" : "noConnection") };
  }
}

export class Server {
  constructor(private readonly client: number) {}

  private get base(): string {
    return `/api/clients/${this.client}`;
  }

  chartAddress(moment: Moment): string {
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries(moment)) if (value) asked.set(name, value as string);
    return `${this.base}/chart${asked.size ? `?${asked}` : ""}`;
  }

  chart(moment: Moment, stop?: AbortSignal): Promise<ChartDocument | Failure> {
    return call(this.chartAddress(moment), {}, stop);
  }

  layer(name: string, value: string, on: string, known: string): Promise<Walk | Failure> {
    const asked = new URLSearchParams({ value, on, ...(known ? { known } : {}) });
    return call(`${this.base}/chart/layers/${name}?${asked}`, {});
  }

  uses(position: number, on: string): Promise<Uses | Failure> {
    return call(`${this.base}/positions/${position}/uses?on=${on}`, {});
  }

  version(base: number): Promise<Version | Failure> {
    return call(`${this.base}/version?base=${base}`, {});
  }

  changes(from: string, to: string): Promise<{ changes: Difference[] } | Failure> {
    return call(`${this.base}/changes?from=${from}&to=${to}`, {});
  }

  private post<T>(path: string, body: unknown): Promise<T | Failure> {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken() };
    return call(`${this.base}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  }

  edit(body: unknown): Promise<Done | Failure> {
    return this.post("/chart/edits", body);
  }

  undo(change: number, base: number): Promise<Done | Failure> {
    return this.post("/chart/undo", { change, base });
  }
}
