// Moving a step by the keyboard or by taps: choose it, then the place, then it goes there.
// In the same way a step is chosen that is to wait for another.

import type { Saying } from "../chart/saying";
import type { Canvas } from "./canvas";
import { between, type Doing } from "./doing";
import { isArrow, type Put, type Spot } from "./document";
import { say } from "./wording";

export class Moving {
  /** The step that is being moved; empty when none is. */
  going: Spot = "";
  /** Not moved: the step that is chosen next is to wait for it. */
  private joins = false;

  constructor(private readonly canvas: Canvas, private readonly doing: Doing, private readonly saying: Saying) {}

  get active(): boolean {
    return this.going !== "";
  }

  begin(code: Spot, joins = false): void {
    const box = this.canvas.box(code);
    if (!box) return;
    this.going = code;
    this.joins = joins;
    this.look();
    this.canvas.focusOn(code);
    this.saying.say(say(joins ? "joinBegun" : "moveBegun", { title: box.title }));
  }

  giveUp(): void {
    this.end();
    this.saying.say(say("moveGivenUp"));
  }

  private end(): void {
    this.going = "";
    this.look();
  }

  private look(): void {
    this.canvas.element.classList.toggle("is-carrying", this.active);
    this.canvas.mark("is-going", this.going);
  }

  /** Tell where the step would go from here. */
  over(spot: Spot): void {
    if (spot === this.going) return;
    const title = this.canvas.nameOf(spot);
    if (this.joins) return this.saying.say(say("joinPlace", { first: this.canvas.nameOf(this.going), second: title }));
    const place = isArrow(spot) ? title : say("dropAfter", { title });
    this.saying.say(say("movePlace", { place }));
  }

  /** Put it after the step or onto the arrow that has the focus; `beside` the step. */
  finish(spot: Spot, beside = false): void {
    if (spot === this.going) return this.giveUp();
    if (this.joins) return this.join(spot);
    if (isArrow(spot)) return this.put(between(spot));
    this.put({ where: beside ? "beside" : "after", step: spot });
  }

  private join(spot: Spot): void {
    if (isArrow(spot)) return this.saying.say(say("joinBegun", { title: this.canvas.nameOf(this.going) }));
    const first = this.going;
    this.end();
    void this.doing.join(first, spot);
  }

  put(put: Put): void {
    if (this.joins) return this.giveUp();
    const code = this.going;
    this.end();
    void this.doing.move(code, put);
  }
}
