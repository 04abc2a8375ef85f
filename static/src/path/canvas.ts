// The drawing in the page: boxes and arrows that take the focus, and marks where something may go.

import { Signal } from "../chart/signal";
import { svg } from "../chart/svg";
import { type Arrow, type Box, type Drawing, isArrow, type Spot, spotOf, type Way } from "./document";
import { say } from "./wording";

const HEAD = 5;

function headOf(arrow: Arrow, way: Way): string {
  const [x, y] = arrow.points.at(-1) ?? [0, 0];
  const back = HEAD * 1.6;
  return way === "down"
    ? `M${x} ${y}L${x - HEAD} ${y - back}L${x + HEAD} ${y - back}Z`
    : `M${x} ${y}L${x - back} ${y - HEAD}L${x - back} ${y + HEAD}Z`;
}

export class Canvas {
  readonly focusMoved = new Signal<Spot>();
  readonly plus = new Signal<Spot>();
  focused: Spot = "";
  drawing: Drawing;
  /** The step whose fields are open. */
  private opened: Spot = "";
  private readonly parts = new Map<Spot, SVGGElement>();

  constructor(readonly element: SVGSVGElement, drawing: Drawing) {
    this.drawing = drawing;
    element.addEventListener("focusin", (event) => this.tookFocus(event));
  }

  box(code: Spot): Box | undefined {
    return this.drawing.boxes.find((box) => box.code === code);
  }

  arrow(spot: Spot): Arrow | undefined {
    return this.drawing.arrows.find((arrow) => spotOf(arrow) === spot);
  }

  /** The step or the arrow in words. */
  nameOf(spot: Spot): string {
    const box = this.box(spot);
    if (box) return say("box", { number: box.number, title: box.title });
    const [starts, ends] = spot.split(">").map((codes) =>
      codes.split("+").map((code) => this.nameOf(code)).join(", "));
    return isArrow(spot) ? say("onArrow", { first: starts ?? "", second: ends ?? "" }) : spot;
  }

  show(drawing: Drawing): void {
    const had = this.element.contains(document.activeElement);
    this.drawing = drawing;
    this.parts.clear();
    const { width, height } = drawing;
    this.element.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.element.setAttribute("width", String(width));
    this.element.setAttribute("height", String(height));
    this.element.replaceChildren(
      ...drawing.arrows.map((arrow) => this.arrowPart(arrow)), ...drawing.boxes.map((box) => this.boxPart(box)),
    );
    if (!this.parts.has(this.focused)) this.focused = drawing.boxes[0]?.code ?? "";
    this.rove();
    this.mark("is-open", this.opened);
    if (had) this.parts.get(this.focused)?.focus({ preventScroll: true });
  }

  private part(spot: Spot, look: string): SVGGElement {
    const part = svg("g", { class: look, role: "button", tabindex: -1, "aria-label": this.nameOf(spot) });
    part.dataset["spot"] = spot;
    this.parts.set(spot, part);
    return part;
  }

  private boxPart(box: Box): SVGGElement {
    const part = this.part(box.code, `path-step${box.guess ? " is-guess" : ""}`);
    part.setAttribute("transform", `translate(${box.x} ${box.y})`);
    const texts = box.texts.map((one) => svg("text", {
      "class": `path-${one.look}`, "x": one.x, "y": one.y, "font-size": one.size,
      ...(one.bold ? { "font-weight": "bold" } : {}), ...(one.italic ? { "font-style": "italic" } : {}),
    }, one.text));
    part.setAttribute("aria-label", [box.number, ...box.texts.slice(1).map((one) => one.text)].join(", "));
    part.append(svg("rect", { class: "path-card", width: box.w, height: box.h, rx: 8 }), ...texts);
    return part;
  }

  private arrowPart(arrow: Arrow): SVGGElement {
    const spot = spotOf(arrow);
    const part = this.part(spot, "path-join");
    const line = svg("path", { class: "path-arrow", d: arrow.line });
    part.append(svg("path", { class: "path-hold", d: arrow.line }), line);
    if (arrow.arrives) part.append(svg("path", { class: "path-head", d: headOf(arrow, this.drawing.way) }));
    part.append(this.plusOf(line, spot));
    return part;
  }

  private plusOf(line: SVGPathElement, spot: Spot): SVGGElement {
    const { x, y } = line.getPointAtLength(line.getTotalLength() / 2);
    const plus = svg("g", { class: "path-plus", transform: `translate(${x} ${y})` });
    plus.append(svg("title", {}, say("addHere")), svg("circle", { r: 9 }), svg("path", { d: "M-4 0H4M0 -4V4" }));
    plus.addEventListener("click", (event) => { event.stopPropagation(); this.plus.send(spot); });
    return plus;
  }

  private tookFocus(event: Event): void {
    const spot = this.spotAt(event.target);
    if (!spot) return;
    this.focused = spot;
    this.rove();
    this.focusMoved.send(spot);
  }

  /** The step or the arrow to which a part of the drawing belongs. */
  spotAt(target: EventTarget | null): Spot {
    const part = target instanceof Element ? target.closest<SVGGElement>("[data-spot]") : null;
    return part?.dataset["spot"] ?? "";
  }

  /** Tab leads to one part only; arrow keys lead to the others. */
  private rove(): void {
    for (const [spot, part] of this.parts) part.setAttribute("tabindex", spot === this.focused ? "0" : "-1");
  }

  focusOn(spot: Spot): void {
    const part = this.parts.get(spot);
    if (!part) return;
    part.focus({ preventScroll: true });
    part.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Give these parts a look; all others lose it. */
  mark(look: string, ...spots: Spot[]): void {
    for (const [spot, part] of this.parts) part.classList.toggle(look, spots.includes(spot));
  }

  open(spot: Spot): void {
    this.opened = spot;
    this.mark("is-open", spot);
  }

  partOf(spot: Spot): SVGGElement | undefined {
    return this.parts.get(spot);
  }
}
