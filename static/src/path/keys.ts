// The keyboard in the drawing. Letters are known by their place, too, so that Cyrillic layouts do.

import type { Saying } from "../chart/saying";
import type { Canvas } from "./canvas";
import { between, type Doing } from "./doing";
import { isArrow, type Spot } from "./document";
import type { Moving } from "./moving";
import { directionOf, type Walking } from "./walking";
import { say } from "./wording";

export interface Acts { open: (code: string) => void; close: () => void; save: () => void }

function letterOf(event: KeyboardEvent): string {
  return /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? event.key.toLowerCase();
}

function types(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
}

export class Keys {
  constructor(
    private readonly canvas: Canvas, private readonly walking: Walking, private readonly doing: Doing,
    private readonly moving: Moving, private readonly saying: Saying, private readonly acts: Acts, around: HTMLElement,
  ) {
    canvas.element.addEventListener("keydown", (event) => this.pressed(event));
    around.addEventListener("keydown", (event) => this.everywhere(event));
  }

  private pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.canvas.focused) return;
    const known = this.walks(event) || (this.moving.active ? this.whileMoving(event) : this.does(event));
    if (!known) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private everywhere(event: KeyboardEvent): void {
    if (event.key === "Escape" && !event.defaultPrevented) return this.acts.close();
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const letter = letterOf(event);
    const act = letter === "s" ? this.acts.save : types(event.target) ? undefined : this.takesBack(letter, event.shiftKey);
    if (!act) return;
    event.preventDefault();
    act();
  }

  private takesBack(letter: string, shift: boolean): (() => void) | undefined {
    if (letter === "y" || (letter === "z" && shift)) return () => this.doing.redo();
    return letter === "z" ? () => this.doing.undo() : undefined;
  }

  private walks(event: KeyboardEvent): boolean {
    const to = directionOf(event.key, this.canvas.drawing.way);
    if (!to) return false;
    const next = this.walking.next(this.canvas.focused, to, event.shiftKey || this.moving.active);
    if (next === undefined) this.saying.say(say("noFurther"));
    else this.goTo(next);
    return true;
  }

  private goTo(spot: Spot): void {
    if (!this.moving.active) this.saying.hush();
    this.canvas.focusOn(spot);
    if (this.moving.active) this.moving.over(spot);
  }

  private whileMoving(event: KeyboardEvent): boolean {
    const here = this.canvas.focused;
    const acts: Record<string, () => void> = {
      Enter: () => this.moving.finish(here), a: () => this.moving.finish(here), n: () => this.moving.finish(here),
      b: () => this.moving.finish(here, true),
      Home: () => this.moving.put({ where: "first" }), End: () => this.moving.put({ where: "last" }),
      Escape: () => this.moving.giveUp(),
    };
    const act = acts[event.key] ?? acts[letterOf(event)];
    act?.();
    return act !== undefined;
  }

  private does(event: KeyboardEvent): boolean {
    const here = this.canvas.focused;
    const acts = isArrow(here) ? this.onArrow(here) : this.onStep(here);
    const act = acts[event.key] ?? acts[letterOf(event)];
    act?.();
    return act !== undefined;
  }

  private onArrow(spot: Spot): Record<string, () => void> {
    const add = (): void => void this.doing.add(between(spot));
    const remove = (): void => void this.doing.remove(spot);
    return { n: add, a: add, Enter: add, Delete: remove, Backspace: remove };
  }

  private onStep(code: Spot): Record<string, () => void> {
    const remove = (): void => void this.doing.remove(code);
    const open = (): void => this.acts.open(code);
    return {
      "Enter": open, " ": open,
      "a": () => void this.doing.add({ where: "after", step: code }),
      "b": () => void this.doing.add({ where: "beside", step: code }),
      "n": () => this.betweenHereAndNext(code),
      "m": () => this.moving.begin(code),
      "w": () => this.moving.begin(code, true),
      "Delete": remove, "Backspace": remove,
      "Home": () => this.goTo(this.canvas.drawing.boxes[0]?.code ?? code),
      "End": () => this.goTo(this.canvas.drawing.boxes.at(-1)?.code ?? code),
    };
  }

  private betweenHereAndNext(code: Spot): void {
    const arrows = this.walking.arrowsOf(code, "on");
    const [first] = arrows;
    if (!first) return this.saying.say(say("noArrow"));
    if (arrows.length === 1) return void this.doing.add(between(first));
    this.canvas.focusOn(first);
    this.saying.say(say("chooseArrow"));
  }
}
