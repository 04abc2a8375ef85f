// The drawing itself. Only what is in view is in the page: whole boxes while one can tell them apart,
// else all of them as a few outlines, so that ten thousand move as easily as ten.

import { BoxPainter } from "./box";
import type { Layout, Placed } from "./layout";
import { announcement, type Look } from "./looks";
import { meet, type Rect } from "./measures";
import { svg } from "./svg";
import type { Tree } from "./tree";

/** More boxes than this are drawn as outlines. */
const MOST_WHOLE = 800;
/** So much more than the window is drawn on each side, so that small steps need no drawing. */
export const MARGIN = 0.25;
const SPARE = 1.9;

export interface Shown {
  tree: Tree;
  layout: Layout;
  painter: BoxPainter;
  look: (id: number) => Look;
  folded: ReadonlySet<number>;
  /** Extra classes of a box: focused, chosen, found … */
  state: (id: number) => string;
  focused: number;
}

interface Drawn { element: SVGGElement; content: string; head: string }

function transformOf(box: Placed): string {
  return `translate(${box.left} ${box.top})`;
}

export class Scene {
  readonly moved = svg("g", { role: "none" });
  private readonly sure = svg("path", { class: "chart-line", "aria-hidden": true });
  private readonly guess = svg("path", { class: "chart-line is-guess", "aria-hidden": true });
  private readonly way = svg("path", { class: "chart-line is-way", "aria-hidden": true });
  private readonly far = svg("g", { class: "chart-far", "aria-hidden": true });
  readonly under = svg("g", { class: "chart-under", "aria-hidden": true });
  readonly boxes = svg("g", { class: "chart-boxes", role: "none" });
  readonly over = svg("g", { class: "chart-over", "aria-hidden": true });
  private readonly drawn = new Map<number, Drawn>();
  private drawnRect: Rect | null = null;
  private distinct = true;
  /** Whether single boxes can be told apart. */
  near = true;

  constructor(readonly element: SVGSVGElement) {
    this.moved.append(this.sure, this.guess, this.way, this.under, this.far, this.boxes, this.over);
    element.append(this.moved);
  }

  elementOf(id: number): SVGGElement | undefined {
    return this.drawn.get(id)?.element;
  }

  get ids(): Iterable<number> {
    return this.drawn.keys();
  }

  /** Whether what is drawn no longer does for what is seen. */
  isOutgrown(seen: Rect, distinct: boolean): boolean {
    const drawn = this.drawnRect;
    if (!drawn || distinct !== this.distinct) return true;
    const reaches = drawn.left <= seen.left && drawn.right >= seen.right && drawn.top <= seen.top && drawn.bottom >= seen.bottom;
    // Nearer by a good piece there may be few enough to draw them whole.
    const nearer = distinct && !this.near && (seen.right - seen.left) * SPARE < drawn.right - drawn.left;
    return !reaches || nearer;
  }

  /** `distinct`: the zoom lets one tell boxes apart. */
  draw(shown: Shown, area: Rect, distinct: boolean): void {
    this.drawnRect = area;
    this.distinct = distinct;
    const { layout } = shown;
    const inView = layout.boxes.filter((box) => meet(box, area));
    const before = this.near;
    this.near = distinct && inView.length <= MOST_WHOLE;
    if (!this.near && (before || !this.far.hasChildNodes())) this.outline(shown);
    this.far.classList.toggle("is-off", this.near);
    this.keep(shown, this.near ? inView : []);
    this.drawLines(layout, area);
    this.drawWay(shown);
  }

  /** The boxes in view and the focused one, which must stay so that the focus stays. */
  private keep(shown: Shown, inView: Placed[]): void {
    const focused = shown.layout.at.get(shown.focused);
    const wanted = new Map<number, Placed>();
    for (const box of inView) wanted.set(box.id, box);
    if (focused) wanted.set(focused.id, focused);
    for (const [id, one] of this.drawn) {
      if (!wanted.has(id)) { one.element.remove(); this.drawn.delete(id); }
    }
    const added: SVGGElement[] = [];
    for (const box of wanted.values()) this.put(shown, box, added);
    this.boxes.append(...added);
  }

  private put(shown: Shown, box: Placed, added: SVGGElement[]): void {
    let one = this.drawn.get(box.id);
    if (!one) {
      one = { element: svg("g", { role: "treeitem", "data-id": box.id, tabindex: -1 }), content: "", head: "" };
      this.drawn.set(box.id, one);
      added.push(one.element);
    }
    this.fill(shown, box, one);
    this.dress(shown, box, one);
  }

  private fill(shown: Shown, box: Placed, one: Drawn): void {
    const { tree, painter } = shown;
    const position = tree.get(box.id);
    if (!position) return;
    const look = shown.look(box.id);
    const below = tree.below(box.id);
    const content = JSON.stringify([look, below, box.hidden]);
    if (content === one.content) return;
    one.content = content;
    one.element.replaceChildren(...painter.paint(look, below, box.hidden));
    one.element.setAttribute("aria-label", announcement(look, position, below, box.hidden > 0));
  }

  private dress(shown: Shown, box: Placed, one: Drawn): void {
    const { tree } = shown;
    const look = shown.look(box.id);
    const kind = `box${look.nobody ? ` is-${look.nobody}` : ""}${look.guess ? " is-guess" : ""} fade-${look.titleFade}`;
    const beside = tree.siblingsOf(box.id);
    const marks = look.marks[0] ? ` has-${look.marks[0].kind}` : "";
    const values: Record<string, string | number | null> = {
      transform: transformOf(box), class: `${kind}${marks} ${shown.state(box.id)}`.trim(),
      tabindex: box.id === shown.focused ? 0 : -1, "aria-selected": String(box.id === shown.focused),
      "aria-level": tree.depth.get(box.id) ?? 1, "aria-setsize": beside.length,
      "aria-posinset": beside.indexOf(box.id) + 1, "aria-expanded": tree.below(box.id) ? String(box.hidden === 0) : null,
    };
    const head = JSON.stringify(values);
    if (head === one.head) return;
    one.head = head;
    for (const [name, value] of Object.entries(values)) {
      if (value === null) one.element.removeAttribute(name);
      else one.element.setAttribute(name, String(value));
    }
  }

  /** Draw the boxes' classes anew after the focus or the state has changed. */
  redress(shown: Shown, ids: Iterable<number>): void {
    for (const id of ids) {
      const box = shown.layout.at.get(id);
      const one = this.drawn.get(id);
      if (box && one) this.dress(shown, box, one);
    }
    this.drawWay(shown);
  }

  private drawLines(layout: Layout, area: Rect): void {
    const sure: string[] = [];
    const guess: string[] = [];
    for (const bundle of layout.bundles) {
      if (!meet(bundle, area)) continue;
      sure.push(...bundle.sure);
      guess.push(...bundle.guess);
    }
    this.sure.setAttribute("d", sure.join(""));
    this.guess.setAttribute("d", guess.join(""));
  }

  /** The lines from the focused box up to the top. */
  private drawWay(shown: Shown): void {
    const { layout, tree, focused } = shown;
    const way = new Set([focused, ...tree.above(focused)]);
    const pieces = layout.bundles.filter((bundle) => way.has(bundle.manager)).map((bundle) => bundle.ways);
    const path = pieces.flatMap((ways) => [...ways].filter(([id]) => way.has(id)).map(([, piece]) => piece));
    this.way.setAttribute("d", path.join(""));
  }

  private outline(shown: Shown): void {
    const kinds = new Map<string, string[]>();
    const add = (kind: string, path: string): void => {
      const known = kinds.get(kind);
      if (known) known.push(path);
      else kinds.set(kind, [path]);
    };
    for (const box of shown.layout.boxes) {
      const look = shown.look(box.id);
      const kind = look.marks[0]?.kind ?? (look.nobody || (look.guess ? "guess" : "plain"));
      add(`far is-${kind}`, `M${box.left} ${box.top}H${box.right}V${box.bottom}H${box.left}Z`);
    }
    for (const box of shown.layout.boxes) {
      const { attitude } = shown.look(box.id);
      if (attitude) add(`box-edge is-${attitude}`, `M${box.left} ${box.top}h40V${box.bottom}h-40Z`);
    }
    this.far.replaceChildren(...[...kinds].map(([kind, paths]) => svg("path", { class: kind, d: paths.join("") })));
  }

  /** Everything is to be drawn again, for the layout or the looks are new. */
  forget(): void {
    this.drawnRect = null;
    this.far.replaceChildren();
  }
}
