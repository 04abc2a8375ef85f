// The keyboard in the drawing. Letters are known by their place, too, so that Cyrillic layouts do.

import type { Editing } from "./editing";
import type { Moving } from "./moving";
import { nameOf } from "./moving";
import type { Room } from "./room";
import type { Saying } from "./saying";
import { TOP } from "./tree";
import { say } from "./wording";

export interface Acts {
  open: (id: number) => void;
  startNew: (manager: number) => void;
  remove: (id: number) => void;
  close: () => void;
  mayEdit: () => boolean;
}

function letterOf(event: KeyboardEvent): string {
  return /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? event.key.toLowerCase();
}

export class Keys {
  constructor(
    private readonly room: Room, private readonly moving: Moving, private readonly editing: Editing,
    private readonly saying: Saying, private readonly acts: Acts, around: HTMLElement,
  ) {
    room.element.addEventListener("keydown", (event) => this.pressed(event));
    around.addEventListener("keydown", (event) => this.takesBack(event));
  }

  private pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || this.room.focused === TOP) return;
    const known = this.walks(event.key) || (this.moving.active ? this.whileMoving(event) : this.acting(event));
    if (!known) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private takesBack(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || this.types(event.target)) return;
    const letter = letterOf(event);
    const again = letter === "y" || (letter === "z" && event.shiftKey);
    if (!again && letter !== "z") return;
    event.preventDefault();
    void (again ? this.editing.redo() : this.editing.undo());
  }

  private types(target: EventTarget | null): boolean {
    return target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
  }

  /** Up to the manager, down to the first report, left and right among siblings. */
  private walks(key: string): boolean {
    const { tree, focused } = this.room;
    const beside = tree.siblingsOf(focused);
    const at = beside.indexOf(focused);
    const goals: Record<string, () => number | undefined> = {
      ArrowUp: () => tree.manager.get(focused),
      ArrowDown: () => tree.reportsOf(focused)[0],
      ArrowLeft: () => beside[at - 1],
      ArrowRight: () => beside[at + 1],
      Home: () => tree.order[0],
      End: () => beside.at(-1),
    };
    const goal = goals[key];
    if (!goal) return false;
    const to = goal() ?? TOP;
    this.saying.hush();
    if (to === TOP) this.saying.say(say("noFurther", { name: nameOf(this.room, focused) }));
    else this.room.focusOn(to);
    return true;
  }

  private whileMoving(event: KeyboardEvent): boolean {
    if (event.key === "Enter") this.moving.finish();
    else if (event.key === "Escape") this.moving.giveUp();
    else if (event.key === "Tab") { this.moving.giveUp(); return false; }
    else if (Array.from(event.key).length === 1) this.moving.type(event.key);
    else return false;
    return true;
  }

  private acting(event: KeyboardEvent): boolean {
    const { focused } = this.room;
    const acts: Record<string, () => void> = {
      "Enter": () => this.acts.open(focused),
      " ": () => this.fold(focused),
      "+": () => this.room.view.zoomBy(1.3), "=": () => this.room.view.zoomBy(1.3),
      "-": () => this.room.view.zoomBy(1 / 1.3),
      "0": () => this.room.fit(),
      "Escape": () => this.acts.close(),
      ...(this.acts.mayEdit() ? this.edits(focused) : {}),
    };
    const does = acts[event.key] ?? acts[letterOf(event)];
    does?.();
    return does !== undefined;
  }

  private edits(id: number): Record<string, () => void> {
    return {
      m: () => this.moving.begin(id), n: () => this.acts.startNew(id),
      Delete: () => this.acts.remove(id), Backspace: () => this.acts.remove(id),
    };
  }

  private fold(id: number): void {
    if (!this.room.tree.below(id)) return this.saying.say(say("nothingToFold", { name: nameOf(this.room, id) }));
    this.room.toggle(id);
    this.room.takeFocus();
  }
}
