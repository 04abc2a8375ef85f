// Dragging a step: onto an arrow, onto the far edge of a step (after it) or its side (beside it).

import type { Saying } from "../chart/saying";
import { svg } from "../chart/svg";
import type { Canvas } from "./canvas";
import { between, type Doing } from "./doing";
import type { Arrow, Box, Put, Spot } from "./document";
import { spotOf } from "./document";
import { say } from "./wording";

const FAR_ENOUGH = 5;
const NEAR_ARROW = 18;
const SIDE = 0.28;

interface Goal { put: Put; spot: Spot; look: string }

function distance(x: number, y: number, arrow: Arrow): number {
  let nearest = Infinity;
  for (let index = 1; index < arrow.points.length; index++) {
    const [ax, ay] = arrow.points[index - 1] ?? [0, 0];
    const [bx, by] = arrow.points[index] ?? [0, 0];
    const length = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
    const share = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
    nearest = Math.min(nearest, Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay)));
  }
  return nearest;
}

export class Dragging {
  /** Whether the click that follows a drag is to be ignored. */
  justDragged = false;
  private code: Spot = "";
  private from: [number, number] = [0, 0];
  private ghost: SVGGElement | null = null;
  private goal: Goal | null = null;

  constructor(private readonly canvas: Canvas, private readonly doing: Doing, private readonly saying: Saying) {
    const { element } = canvas;
    element.addEventListener("pointerdown", (event) => this.down(event));
    // A quick hand is out of the drawing before it is known that it drags.
    window.addEventListener("pointermove", (event) => this.over(event));
    window.addEventListener("pointerup", () => this.up());
    window.addEventListener("pointercancel", () => { if (this.code) this.end(); });
    window.addEventListener("keydown", (event) => { if (event.key === "Escape" && this.ghost) this.end(); }, true);
  }

  /** A finger scrolls the sheet; it moves steps by the button of the panel. */
  private down(event: PointerEvent): void {
    this.justDragged = false;
    const spot = this.canvas.spotAt(event.target);
    if (event.pointerType === "touch" || event.button !== 0 || !this.canvas.box(spot)) return;
    this.code = spot;
    this.from = [event.clientX, event.clientY];
  }

  private over(event: PointerEvent): void {
    if (!this.code) return;
    const [x, y] = this.from;
    if (!this.ghost) {
      if (Math.hypot(event.clientX - x, event.clientY - y) < FAR_ENOUGH) return;
      this.begin();
    }
    const at = this.placeOf(event);
    const scale = this.scale();
    this.ghost?.setAttribute("transform", this.ghostPlace((event.clientX - x) * scale, (event.clientY - y) * scale));
    this.show(this.goalAt(at.x, at.y));
    this.scrollAlong(event);
  }

  private begin(): void {
    const part = this.canvas.partOf(this.code);
    if (!part) return;
    this.ghost = part.cloneNode(true) as SVGGElement;
    this.ghost.classList.add("path-ghost");
    this.ghost.removeAttribute("data-spot");
    this.ghost.setAttribute("aria-hidden", "true");
    this.canvas.element.append(this.ghost);
    this.canvas.element.classList.add("is-carrying");
    this.canvas.mark("is-going", this.code);
  }

  private scale(): number {
    return this.canvas.drawing.width / (this.canvas.element.getBoundingClientRect().width || 1);
  }

  private ghostPlace(dx: number, dy: number): string {
    const box = this.canvas.box(this.code);
    return `translate(${(box?.x ?? 0) + dx} ${(box?.y ?? 0) + dy})`;
  }

  private placeOf(event: PointerEvent): { x: number; y: number } {
    const sheet = this.canvas.element.getBoundingClientRect();
    const scale = this.scale();
    return { x: (event.clientX - sheet.left) * scale, y: (event.clientY - sheet.top) * scale };
  }

  private scrollAlong(event: PointerEvent): void {
    const sheet = this.canvas.element.parentElement;
    const edges = sheet?.getBoundingClientRect();
    if (!sheet || !edges) return;
    if (event.clientY > edges.bottom - 30) sheet.scrollTop += 12;
    if (event.clientY < edges.top + 30) sheet.scrollTop -= 12;
    if (event.clientX > edges.right - 30) sheet.scrollLeft += 12;
    if (event.clientX < edges.left + 30) sheet.scrollLeft -= 12;
  }

  private goalAt(x: number, y: number): Goal | null {
    const box = this.canvas.drawing.boxes.find((one) =>
      one.code !== this.code && x >= one.x && x <= one.x + one.w && y >= one.y && y <= one.y + one.h + 12);
    if (box) return this.onBox(box, x, y);
    const near = this.canvas.drawing.arrows
      .filter((one) => !one.starts.includes(this.code) && !one.ends.includes(this.code))
      .map((arrow) => ({ arrow, far: distance(x, y, arrow) }))
      .sort((one, other) => one.far - other.far)[0];
    if (!near || near.far > NEAR_ARROW) return null;
    const spot = spotOf(near.arrow);
    return { put: between(spot), spot, look: "is-target" };
  }

  /** Near its sides a step takes another one beside it, elsewhere after it. */
  private onBox(box: Box, x: number, y: number): Goal {
    const down = this.canvas.drawing.way === "down";
    const share = down ? (x - box.x) / box.w : (y - box.y) / box.h;
    const beside = share < SIDE || share > 1 - SIDE;
    const look = beside ? (share < SIDE ? "is-beside-before" : "is-beside") : "is-after";
    return { put: { where: beside ? "beside" : "after", step: box.code }, spot: box.code, look };
  }

  private show(goal: Goal | null): void {
    this.goal = goal;
    this.canvas.element.querySelector(".path-goal")?.remove();
    this.canvas.mark("is-target", ...(goal ? [goal.spot] : []));
    const box = goal ? this.canvas.box(goal.spot) : undefined;
    if (goal && box) this.canvas.element.append(this.bar(box, goal.look));
  }

  /** A thick line where the step would come. */
  private bar(box: Box, look: string): SVGRectElement {
    const down = this.canvas.drawing.way === "down";
    const after = look === "is-after";
    const lying = down === after;
    const far = look === "is-beside-before" ? -9 : (lying ? box.h : box.w) + 3;
    return svg("rect", {
      class: "path-goal", rx: 3,
      x: lying ? box.x : box.x + far, y: lying ? box.y + far : box.y,
      width: lying ? box.w : 6, height: lying ? 6 : box.h,
    });
  }

  private up(): void {
    if (!this.code) return;
    const { goal, code } = this;
    const dragged = this.ghost !== null;
    this.end();
    this.justDragged = dragged;
    if (!dragged) return;
    if (goal) void this.doing.move(code, goal.put);
    else this.saying.say(say("dropNowhere"));
  }

  private end(): void {
    this.code = "";
    this.show(null);
    this.ghost?.remove();
    this.ghost = null;
    this.canvas.element.classList.remove("is-carrying");
    this.canvas.mark("is-going");
  }
}
