// A box on its way to another manager, by keyboard: arrows or a typed name choose whom it shall report to.

import type { Editing } from "./editing";
import { fold } from "./finding";
import type { Room } from "./room";
import type { Saying } from "./saying";
import { TOP } from "./tree";
import { say } from "./wording";

const TYPING = 1_200;

export function nameOf(room: Room, id: number): string {
  const look = room.lookAt(id);
  if (!look) return "";
  return look.nobody ? look.title || look.name : look.name;
}

export class Moving {
  private from = TOP;
  private typed = "";
  private typedAt = 0;

  constructor(private readonly room: Room, private readonly editing: Editing, private readonly saying: Saying) {}

  get active(): boolean {
    return this.room.moving !== TOP;
  }

  begin(id: number): void {
    if (!this.room.tree.get(id)) return;
    this.from = id;
    this.room.moving = id;
    this.aim(this.room.tree.manager.get(id) ?? TOP);
    this.room.focusOn(id);
    this.room.redressAll();
    this.saying.say(say("moveBegun", { name: nameOf(this.room, id) }));
  }

  /** Aim at a manager: it is marked, and said. */
  aim(id: number): void {
    this.room.target = this.may(id) ? id : TOP;
    this.room.redressAll();
  }

  /** Whether the box may report to it; the server has the last word. */
  may(id: number): boolean {
    return id !== TOP && this.room.tree.get(id) !== undefined && !this.room.tree.isWithin(id, this.room.moving);
  }

  /** The keyboard stands on another box: that is whom it shall report to. */
  stoodOn(id: number): void {
    if (!this.active) return;
    this.aim(id);
    const sentence = id === this.room.moving ? "" : this.may(id) ? "moveTarget" : "moveNotHere";
    if (sentence) this.saying.say(say(sentence, { name: nameOf(this.room, id), moved: nameOf(this.room, this.room.moving) }));
  }

  giveUp(): void {
    if (!this.active) return;
    const back = this.from;
    this.end();
    this.room.focusOn(back);
    this.saying.say(say("moveGivenUp"));
  }

  private end(): void {
    this.room.moving = TOP;
    this.room.target = TOP;
    this.typed = "";
    this.room.redressAll();
  }

  finish(): void {
    const { moving, target } = this.room;
    if (target === TOP) return this.saying.say(say("moveChoose"), true);
    this.end();
    void this.put(moving, target);
  }

  /** Let a position report to another, or (null) stand at the top. */
  async put(id: number, manager: number | null, seen?: number): Promise<boolean> {
    const now = this.room.tree.manager.get(id) ?? TOP;
    if (now === (manager ?? TOP)) {
      this.saying.say(say("moveSame"));
      return true;
    }
    const done = await this.editing.save({ kind: "move_position", position: id, manager }, seen);
    if (done && this.room.tree.get(id)) this.room.focusOn(id, this.room.element.contains(document.activeElement));
    return done !== null;
  }

  /** Letters typed one after the other go to the next box whose name or title begins so. */
  type(letter: string): void {
    const now = performance.now();
    this.typed = now - this.typedAt > TYPING ? letter : this.typed + letter;
    this.typedAt = now;
    const wanted = fold(this.typed);
    const { order } = this.room.tree;
    const begin = order.indexOf(this.room.focused) + (this.typed.length > 1 ? 0 : 1);
    for (let step = 0; step < order.length; step++) {
      const id = order[(begin + step) % order.length] as number;
      const words = fold(`${nameOf(this.room, id)} ${this.room.tree.get(id)?.title ?? ""}`).split(" ");
      if (this.may(id) && words.some((one) => one.startsWith(wanted))) return this.room.focusOn(id);
    }
    this.saying.say(say("nobodyCalled", { text: this.typed }));
  }
}
