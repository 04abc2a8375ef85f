// Saving edits, one after the other; taking them back; and telling what others did meanwhile.

import { type Edit, foreseen } from "./edits";
import type { ChartDocument, OthersDeed } from "./document";
import type { Room } from "./room";
import type { Saying } from "./saying";
import { type Done, type Failure, isFailure, type Moment, type Server } from "./server";
import { Signal } from "./signal";
import { count, say } from "./wording";

/** Where the facts are known from, for all edits until it is changed. */
export interface Evidence { source: string; confidence: string }

/** A pause after the last edit before the whole chart is fetched again. */
const SETTLE = 400;

interface Stacks { undo: number[]; redo: number[] }

export class Editing {
  readonly stacksChanged = new Signal();
  evidence: Evidence = { source: "colleague", confidence: "sure" };
  moment: Moment;
  /** Asks which day an edit on a past day is true from; nothing when it is given up. */
  askDay: (day: string) => Promise<string | null> = () => Promise.resolve(null);
  /** While two days are compared the drawing belongs to the comparison. */
  comparing = false;
  compareAnew: () => void = () => undefined;
  private base = 0;
  private stacks: Stacks;
  private queue: Promise<unknown> = Promise.resolve();
  private running = 0;
  private timer = 0;
  private loads = 0;

  constructor(
    private readonly room: Room, readonly server: Server, private readonly saying: Saying,
    moment: Moment, private readonly today: string, private readonly key: string,
  ) {
    this.moment = moment;
    this.stacks = this.readStacks();
  }

  get busy(): boolean {
    return this.running > 0;
  }

  get seenChange(): number {
    return this.base;
  }

  get canUndo(): boolean { return this.stacks.undo.length > 0; }
  get canRedo(): boolean { return this.stacks.redo.length > 0; }

  private readStacks(): Stacks {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "{}") as Partial<Stacks>;
      return { undo: kept.undo ?? [], redo: kept.redo ?? [] };
    } catch {
      return { undo: [], redo: [] };
    }
  }

  private keepStacks(): void {
    try {
      sessionStorage.setItem(this.key, JSON.stringify(this.stacks));
    } catch {
      // Without a store undo lasts as long as the page.
    }
    this.stacksChanged.send();
  }

  /** What the server has sent is what later edits build upon. */
  took(document: ChartDocument): void {
    this.base = Math.max(this.base, document.change ?? 0);
  }

  /** Save an edit made over the change `seen`; answers what the server made of it, or nothing when it was refused or given up. */
  async save(edit: Edit, seen?: number): Promise<Done | null> {
    if (this.moment.known) {
      this.saying.say(say("noEditInPastKnowledge"), true);
      return null;
    }
    const day = this.room.document.on === this.today ? "" : await this.askDay(this.room.document.on);
    if (day === null) return null;
    const ahead = day && day !== this.room.document.on ? null : foreseen(this.room.document, edit);
    const before = this.room.document;
    if (ahead && !this.comparing) this.room.show(ahead);
    const done = await this.inTurn(() => this.send(edit, day, seen ?? this.base));
    if (!done && this.room.document === ahead) this.room.show(before);
    return done;
  }

  private inTurn(act: () => Promise<Done | null>): Promise<Done | null> {
    this.running++;
    const turn = this.queue.then(act).finally(() => { this.running--; });
    this.queue = turn.catch(() => null);
    return turn;
  }

  private async send(edit: Edit, day: string, base: number): Promise<Done | null> {
    const body = { base, ...(day && day !== this.today ? { on: day } : {}), ...this.evidence, edit };
    const answer = await this.server.edit(body);
    if (isFailure(answer)) return this.refused(answer);
    this.stacks.undo.push(answer.change);
    this.stacks.redo = [];
    this.keepStacks();
    this.accepted(answer, say("saved"));
    return answer;
  }

  private refused(failure: Failure): null {
    this.saying.say(failure.sentence, true);
    this.reloadSoon();
    return null;
  }

  private accepted(answer: Done, sentence: string): void {
    this.base = Math.max(this.base, answer.change);
    const others = answer.others ?? [];
    this.saying.say(others.length ? `${sentence} ${othersInWords(others)}` : sentence);
    this.reloadSoon();
  }

  undo(): Promise<Done | null> {
    return this.takeBack("undo", "redo", "nothingToUndo", "undone");
  }

  redo(): Promise<Done | null> {
    return this.takeBack("redo", "undo", "nothingToRedo", "redone");
  }

  /** To do again what was undone is to take back the taking back. */
  private takeBack(from: keyof Stacks, to: keyof Stacks, nothing: string, done: string): Promise<Done | null> {
    return this.inTurn(async () => {
      const change = this.stacks[from].at(-1);
      if (change === undefined) {
        this.saying.say(say(nothing));
        return null;
      }
      const answer = await this.server.undo(change, this.base);
      // What cannot be reached may still be taken back later; what is refused never can.
      if (!isFailure(answer) || answer.status >= 400) this.stacks[from].pop();
      if (isFailure(answer)) { this.keepStacks(); return this.refused(answer); }
      this.stacks[to].push(answer.change);
      this.keepStacks();
      this.accepted(answer, say(done));
      return answer;
    });
  }

  private reloadSoon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.reload(), SETTLE);
  }

  /** Fetch the chart and draw it; an answer that is overtaken by a later question is dropped. */
  async reload(): Promise<boolean> {
    const number = ++this.loads;
    const moment = this.moment;
    const answer = await this.server.chart(moment);
    if (number !== this.loads || moment !== this.moment) return false;
    if (isFailure(answer)) {
      this.saying.say(answer.sentence, true);
      return false;
    }
    if (this.busy) { this.reloadSoon(); return false; }
    this.took(answer);
    if (this.comparing) this.compareAnew();
    else this.room.show(answer);
    return true;
  }

  /** Others changed the chart: say who did what, and draw it as it is now. */
  async othersChanged(others: OthersDeed[]): Promise<void> {
    const shown = await this.reload();
    if (shown) this.saying.say(others.length ? othersInWords(others) : say("changedElsewhere"));
  }
}

const TOLD = 3;

function othersInWords(others: OthersDeed[]): string {
  const told = others.slice(-TOLD).map(({ who, what }) => say("otherDid", { who: who || say("somebody"), what }));
  const more = others.length - told.length;
  return [...told, ...(more > 0 ? [count("moreDeeds", more)] : [])].join(" ");
}
