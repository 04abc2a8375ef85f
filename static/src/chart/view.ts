// Which part of the chart the window shows: zoom, pan, fit, and keeping one's place.

import { select, type Selection } from "d3-selection";
import { zoom, type ZoomBehavior, zoomIdentity, type ZoomTransform, zoomTransform } from "d3-zoom";

import type { Rect } from "./measures";

/** One may zoom out to here, or to where the whole is seen. */
const LEAST = 0.04;
const MOST = 2.5;
const EDGE = 28;
/** Nobody wants a chart of three boxes blown up to fill a wall. */
const LARGEST_FIT = 1.1;
const GLIDE = 220;

function stepsOf(from: ZoomTransform, to: ZoomTransform, share: number): ZoomTransform {
  const eased = 1 - (1 - share) ** 3;
  const k = from.k * (to.k / from.k) ** eased;
  const part = Math.abs(to.k - from.k) < 1e-6 ? eased : (k - from.k) / (to.k - from.k);
  return zoomIdentity.translate(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part).scale(k);
}

export class View {
  private readonly behaviour: ZoomBehavior<SVGSVGElement, unknown>;
  private readonly canvas: Selection<SVGSVGElement, unknown, null, undefined>;
  private gliding = 0;
  /** So much of the window is covered from below, by the panel on a telephone. */
  covered = 0;
  private least = LEAST;

  constructor(readonly element: SVGSVGElement, moved: () => void, settled: () => void) {
    this.canvas = select(element);
    this.behaviour = zoom<SVGSVGElement, unknown>().scaleExtent([LEAST, MOST]).on("zoom", moved).on("end", settled)
      .filter((event: MouseEvent) => !event.button && !(event.ctrlKey && event.type === "mousedown"));
    this.measure();
    this.behaviour.extent(() => [[0, 0], [this.size.width, this.size.height]]);
    this.canvas.call(this.behaviour).on("dblclick.zoom", null);
  }

  get transform(): ZoomTransform {
    return zoomTransform(this.element);
  }

  /** Measured when it changes: asking the page in the middle of drawing would lay it out each time. */
  size = { width: 800, height: 600 };

  measure(): void {
    this.size = { width: this.element.clientWidth || 800, height: this.element.clientHeight || 600 };
  }

  private get free(): { width: number; height: number } {
    const { width, height } = this.size;
    return { width, height: height - this.covered };
  }

  /** What is seen, in the chart's own measures, and `margin` windows around it. */
  seen(margin = 0): Rect {
    const { width, height } = this.size;
    const { x, y, k } = this.transform;
    return {
      left: (-x - width * margin) / k, top: (-y - height * margin) / k,
      right: (width * (1 + margin) - x) / k, bottom: (height * (1 + margin) - y) / k,
    };
  }

  /** The place in the chart under a point of the window. */
  placeOf(event: { clientX: number; clientY: number }): { x: number; y: number } {
    const corner = this.element.getBoundingClientRect();
    const [x, y] = this.transform.invert([event.clientX - corner.left, event.clientY - corner.top]);
    return { x, y };
  }

  set(scale: number, x: number, y: number): void {
    cancelAnimationFrame(this.gliding);
    this.behaviour.transform(this.canvas, zoomIdentity.translate(x, y).scale(scale));
  }

  private glide(to: ZoomTransform): void {
    cancelAnimationFrame(this.gliding);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still) return this.set(to.k, to.x, to.y);
    const from = this.transform;
    const begin = performance.now();
    const step = (now: number): void => {
      const share = Math.min(1, Math.max(0, (now - begin) / GLIDE));
      this.behaviour.transform(this.canvas, share < 1 ? stepsOf(from, to, share) : to);
      if (share < 1) this.gliding = requestAnimationFrame(step);
    };
    this.gliding = requestAnimationFrame(step);
  }

  /** The zoom at which all of it is seen. */
  fitOf(bounds: Rect): ZoomTransform {
    const { width, height } = this.size;
    const wide = Math.max(1, bounds.right - bounds.left);
    const high = Math.max(1, bounds.bottom - bounds.top);
    const scale = Math.min(LARGEST_FIT, Math.min((width - 2 * EDGE) / wide, (height - 2 * EDGE) / high));
    this.least = Math.min(LEAST, scale);
    this.behaviour.scaleExtent([this.least, MOST]);
    const x = (width - wide * scale) / 2 - bounds.left * scale;
    const y = Math.min(EDGE + height * 0.08, (height - high * scale) / 2) - bounds.top * scale;
    return zoomIdentity.translate(x, y).scale(scale);
  }

  fit(bounds: Rect, at_once = false): void {
    const to = this.fitOf(bounds);
    if (at_once) this.set(to.k, to.x, to.y);
    else this.glide(to);
  }

  /** Show all of the area, unless it is seen already. */
  show(area: Rect): void {
    const seen = this.seen();
    const inside = area.left >= seen.left && area.right <= seen.right && area.top >= seen.top && area.bottom <= seen.bottom;
    if (!inside || this.transform.k < this.fitOf(area).k / 3) this.fit(area);
  }

  /** Bring a place to the middle, near enough to read it. */
  centre(rect: Rect, scale = this.transform.k): void {
    const { width, height } = this.free;
    const x = width / 2 - ((rect.left + rect.right) / 2) * scale;
    const y = height / 2 - ((rect.top + rect.bottom) / 2) * scale;
    this.glide(zoomIdentity.translate(x, y).scale(scale));
  }

  /** Move no further than needed to see the rectangle and a little around it. */
  reveal(rect: Rect, readable: number): void {
    const { x, y, k } = this.transform;
    if (k < readable) return this.centre(rect, readable);
    const { width, height } = this.free;
    const aside = (low: number, high: number, room: number): number =>
      low < EDGE ? EDGE - low : high > room - EDGE ? Math.max(EDGE - low, room - EDGE - high) : 0;
    const dx = aside(rect.left * k + x, rect.right * k + x, width);
    const dy = aside(rect.top * k + y, rect.bottom * k + y, height);
    if (dx || dy) this.glide(zoomIdentity.translate(x + dx, y + dy).scale(k));
  }

  zoomBy(factor: number): void {
    const { width, height } = this.size;
    const { x, y, k } = this.transform;
    const scale = Math.min(MOST, Math.max(this.least, k * factor));
    const share = scale / k;
    this.glide(zoomIdentity.translate(width / 2 - (width / 2 - x) * share, height / 2 - (height / 2 - y) * share).scale(scale));
  }

  panBy(dx: number, dy: number): void {
    const { x, y, k } = this.transform;
    this.set(k, x + dx, y + dy);
  }
}
