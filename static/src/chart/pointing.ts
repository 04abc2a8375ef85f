// The mouse: a click opens a box, a drag carries it to another manager, a far box tells its name.

import { type D3DragEvent, drag } from "d3-drag";
import { select } from "d3-selection";

import type { Moving } from "./moving";
import type { Room } from "./room";
import type { Saying } from "./saying";
import { svg } from "./svg";
import { TOP } from "./tree";
import { say } from "./wording";

type DragEvent = D3DragEvent<SVGGElement, unknown, { x: number; y: number }>;

const FIRM = 6;
const BORDER = 48;
const PUSH = 14;

function idOf(target: EventTarget | null): number {
  const box = target instanceof Element ? target.closest<SVGElement>("[data-id]") : null;
  return Number(box?.dataset["id"] ?? TOP);
}

export class Pointing {
  private ghost: SVGGElement | null = null;
  private carried = TOP;
  private begin = { x: 0, y: 0 };
  private last: MouseEvent | null = null;
  private pushing = 0;

  constructor(
    private readonly room: Room, private readonly moving: Moving, private readonly saying: Saying,
    private readonly tip: HTMLElement, private readonly open: (id: number) => void, private readonly mayEdit: () => boolean,
  ) {
    room.element.addEventListener("click", (event) => this.clicked(event));
    room.element.addEventListener("focusin", (event) => this.focusCame(event));
    room.element.addEventListener("pointermove", (event) => this.hovered(event));
    room.element.addEventListener("pointerleave", () => { tip.hidden = true; });
    document.addEventListener("keydown", (event) => this.escaped(event), { capture: true });
    this.listen();
  }

  private listen(): void {
    const carrying = drag<SVGGElement, unknown>()
      .container(() => this.room.scene.moved).clickDistance(FIRM)
      // A finger pans; with it boxes are moved through the panel.
      .filter((event: Event) => event.type === "mousedown" && !(event as MouseEvent).button && this.mayDrag(event))
      .subject((event: DragEvent) => ({ x: event.x, y: event.y }))
      .on("start", (event: DragEvent) => this.started(event))
      .on("drag", (event: DragEvent) => this.dragged(event))
      .on("end", () => this.dropped());
    select(this.room.scene.boxes).call(carrying);
  }

  private mayDrag(event: Event): boolean {
    return this.mayEdit() && !this.moving.active && !(event.target as Element).closest("[data-fold]");
  }

  private started(event: DragEvent): void {
    const source = event.sourceEvent as MouseEvent;
    this.carried = idOf(source.target);
    this.begin = { x: source.clientX, y: source.clientY };
  }

  private dragged(event: DragEvent): void {
    this.last = event.sourceEvent as MouseEvent;
    if (this.carried === TOP) return;
    const far = Math.hypot(this.last.clientX - this.begin.x, this.last.clientY - this.begin.y);
    if (!this.ghost && far < FIRM) return;
    if (!this.ghost) this.lift();
    this.follow();
    if (!this.pushing) this.pushing = requestAnimationFrame(() => this.push());
  }

  private lift(): void {
    const own = this.room.scene.elementOf(this.carried);
    this.ghost = svg("g", { class: "chart-ghost", "aria-hidden": true });
    if (own) this.ghost.append(...[...own.childNodes].map((node) => node.cloneNode(true)));
    this.room.scene.over.append(this.ghost);
    this.room.moving = this.carried;
    this.room.element.classList.add("is-carrying");
    this.room.redressAll();
    this.saying.say(say("dragBegun"));
  }

  private follow(): void {
    if (!this.last || !this.ghost) return;
    const { x, y } = this.room.view.placeOf(this.last);
    this.ghost.setAttribute("transform", `translate(${x + 10} ${y + 10})`);
    const under = this.room.boxAt(x, y);
    const target = this.moving.may(under) ? under : TOP;
    if (target !== this.room.target) this.moving.aim(target);
  }

  /** Near the border of the window the chart moves on by itself. */
  private push(): void {
    this.pushing = 0;
    if (!this.ghost || !this.last) return;
    const frame = this.room.element.getBoundingClientRect();
    const side = (at: number, low: number, high: number): number => (at < low + BORDER ? PUSH : at > high - BORDER ? -PUSH : 0);
    const dx = side(this.last.clientX, frame.left, frame.right);
    const dy = side(this.last.clientY, frame.top, frame.bottom);
    if (!dx && !dy) return;
    this.room.view.panBy(dx, dy);
    this.follow();
    this.pushing = requestAnimationFrame(() => this.push());
  }

  private dropped(): void {
    const { carried } = this;
    const { target } = this.room;
    if (!this.ghost) { this.carried = TOP; return; }
    this.release();
    if (target === TOP) this.saying.say(say("dragNowhere"));
    else void this.moving.put(carried, target);
  }

  private release(): void {
    cancelAnimationFrame(this.pushing);
    this.pushing = 0;
    this.ghost?.remove();
    this.ghost = null;
    this.carried = TOP;
    this.room.moving = TOP;
    this.room.target = TOP;
    this.room.element.classList.remove("is-carrying");
    this.room.redressAll();
  }

  private escaped(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.ghost) return;
    event.preventDefault();
    event.stopPropagation();
    this.release();
    this.saying.say(say("moveGivenUp"));
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as Element;
    const id = idOf(target) || this.under(event);
    if (id === TOP) return;
    if (target.closest("[data-fold]")) {
      this.room.focusOn(id, true, false);
      this.room.toggle(id);
      return;
    }
    this.room.focusOn(id, true, this.room.view.transform.k < 0.2);
    if (this.moving.active) {
      if (this.moving.may(id)) this.moving.finish();
    } else this.open(id);
  }

  private under(event: MouseEvent): number {
    if (this.room.scene.near) return TOP;
    const { x, y } = this.room.view.placeOf(event);
    return this.room.boxAt(x, y);
  }

  /** Tab or a screen reader came to a box by itself. */
  private focusCame(event: FocusEvent): void {
    const id = idOf(event.target);
    if (id !== TOP && id !== this.room.focused) this.room.focusOn(id, false);
    this.moving.stoodOn(id);
  }

  private hovered(event: PointerEvent): void {
    const small = this.room.view.transform.k < 0.4 && !event.buttons && event.pointerType === "mouse";
    const { x, y } = this.room.view.placeOf(event);
    const look = small ? this.room.lookAt(this.room.boxAt(x, y)) : undefined;
    this.tip.hidden = !look;
    if (!look) return;
    this.tip.textContent = [look.name, look.title, look.unit].filter(Boolean).join("\n");
    const frame = this.room.element.getBoundingClientRect();
    this.tip.style.left = `${Math.min(event.clientX - frame.left + 14, frame.width - 240)}px`;
    this.tip.style.top = `${event.clientY - frame.top + 16}px`;
  }
}
