// The path that is being edited: edits one after another, each undone and done again.

import { Signal } from "../chart/signal";
import type { Drawn, Edit, PathDocument, Way } from "./document";
import { type Failure, isFailure, type Server } from "./server";

const MOST_KEPT = 200;

/** The value with the keys of every object in order: equal values become equal texts. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort().map(([key, one]) => [key, inOrder(one)]));
}

export function same(one: PathDocument, other: PathDocument): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

export class Work {
  /** Sent whenever something else is to be shown. */
  readonly shown = new Signal<Drawn>();
  private readonly past: Drawn[] = [];
  private future: Drawn[] = [];
  private saved: PathDocument;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly server: Server, public now: Drawn, public base: number) {
    this.saved = now.document;
  }

  get way(): Way {
    return this.now.drawing.way;
  }

  get dirty(): boolean {
    return !same(this.now.document, this.saved);
  }

  /** Edits wait for those before them: each is made of what came out of the last. */
  edit(edit: Edit): Promise<Drawn | Failure> {
    return this.inTurn(() => this.server.draw(this.now.document, this.way, edit));
  }

  turn(way: Way): Promise<Drawn | Failure> {
    return this.inTurn(() => this.server.draw(this.now.document, way));
  }

  /** When all edits that were asked for are done. */
  async settledEdits(): Promise<void> {
    await this.queue;
  }

  private async inTurn(ask: () => Promise<Drawn | Failure>): Promise<Drawn | Failure> {
    const turn = this.queue.then(ask);
    this.queue = turn;
    const answer = await turn;
    if (!isFailure(answer)) this.take(answer);
    return answer;
  }

  private take(drawn: Drawn): void {
    if (!same(drawn.document, this.now.document)) {
      this.past.push(this.now);
      if (this.past.length > MOST_KEPT) this.past.shift();
      this.future = [];
    }
    this.now = drawn;
    this.shown.send(drawn);
  }

  undo(): boolean {
    return this.step(this.past, this.future);
  }

  redo(): boolean {
    return this.step(this.future, this.past);
  }

  private step(from: Drawn[], to: Drawn[]): boolean {
    const goal = from.pop();
    if (!goal) return false;
    to.push(this.now);
    this.now = goal;
    this.shown.send(goal);
    return true;
  }

  /** Take up a document that was kept elsewhere, on top of the version of that number. */
  async takeUp(document: PathDocument, base: number): Promise<Drawn | Failure> {
    const answer = await this.inTurn(() => this.server.draw(document, this.way));
    if (!isFailure(answer)) this.base = base;
    return answer;
  }

  /** The server has it now, perhaps joined with what others did. */
  async settled(number: number, sent: PathDocument, kept: PathDocument): Promise<void> {
    this.base = number;
    this.saved = kept;
    if (same(sent, kept)) return;
    await this.inTurn(() => this.server.draw(kept, this.way));
    // What was before knows nothing of theirs: taking a step back would take theirs out, too.
    this.past.length = 0;
    this.future = [];
  }
}
