// All talk with the server. A failure is a sentence for the person, never an exception.

import { csrfToken } from "../dom";
import type { Drawn, Edit, PathDocument, Way } from "./document";
import { say } from "./wording";

const DEADLINE = 30_000;

export interface Disputed { step: string; field: string; words: string }
export interface Failure {
  failed: true; status: number; sentence: string;
  problems?: Record<string, string[]>; disputed?: Disputed[]; number?: number;
}
export interface Saved { number: number; document: PathDocument; merged: boolean }
export interface Seat { id: number; label: string; body: string; committee: string[] }
export interface Asked {
  document: PathDocument; base: number; valid_from?: string; why: string;
  over?: number; theirs?: { step: string; field: string }[];
}

export function isFailure<T>(answer: T | Failure): answer is Failure {
  return typeof answer === "object" && answer !== null && (answer as Failure).failed === true;
}

async function failureOf(answer: Response): Promise<Failure> {
  const failure: Failure = { failed: true, status: answer.status, sentence: say("serverError") };
  try {
    const { error, ...rest } = (await answer.json()) as { error?: unknown };
    return { ...failure, ...rest, ...(typeof error === "string" && error ? { sentence: error } : {}) };
  } catch {
    return failure; // Not our JSON: a proxy or a broken server.
  }
}

async function call<T>(address: string, options: RequestInit): Promise<T | Failure> {
  try {
    const answer = await fetch(address, { ...options, signal: AbortSignal.timeout(DEADLINE) });
    // Whoever is not signed in is led to another page.
    if (answer.redirected || answer.status === 401) return { failed: true, status: 401, sentence: say("signedOut") };
    return answer.ok ? ((await answer.json()) as T) : await failureOf(answer);
  } catch {
    return { failed: true, status: 0, sentence: say("noConnection") };
  }
}

export class Server {
  private readonly base: string;

  constructor(client: string, private readonly path: string) {
    this.base = `/api/clients/${client}/paths`;
  }

  private post<T>(path: string, body: unknown): Promise<T | Failure> {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken() };
    return call(`${this.base}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  }

  draw(document: PathDocument, way: Way, edit?: Edit): Promise<Drawn | Failure> {
    return this.post("/drawn", { document, way, ...(edit ? { edit } : {}) });
  }

  save(asked: Asked): Promise<Saved | Failure> {
    return this.post(`/${this.path}/versions`, asked);
  }

  seats(typed: string): Promise<{ seats: Seat[] } | Failure> {
    return call(`${this.base}/seats?q=${encodeURIComponent(typed)}`, {});
  }
}
