// The state of the page: which chart is shown, how, and on which box one stands.

import { BoxPainter, type Fonts } from "./box";
import type { ChartDocument, Position } from "./document";
import { Labels } from "./labels";
import { type Layout, layOut, type Placed } from "./layout";
import { type Look, lookOf, type Mark } from "./looks";
import { MEASURES } from "./measures";
import type { Layers, Memory } from "./memory";
import { arrowHeads, drawSideLines, drawTies } from "./overlays";
import { MARGIN, Scene, type Shown } from "./scene";
import { Signal } from "./signal";
import { svg } from "./svg";
import { shownBranches, TOP, Tree } from "./tree";
import { View } from "./view";
import { type Walk, WalkLayer } from "./walk";

/** Larger charts open with their lower rows folded. */
const WHOLE_UP_TO = 1_000;
const OPENED = 250;
/** The zoom from which a box can be read. */
export const READABLE = 0.6;
const LEAST_READABLE = 0.3;
/** Smaller than this, boxes are only outlines. */
const DISTINCT = 0.15;

export class Room {
  readonly scene: Scene;
  readonly view: View;
  /** Another document is shown, or the same with other folds. */
  readonly shownAnew = new Signal();
  readonly focusMoved = new Signal<number>();
  document!: ChartDocument;
  tree!: Tree;
  layout!: Layout;
  folded = new Set<number>();
  focused = TOP;
  chosen = TOP;
  found = new Set<number>();
  /** While a box is on its way to another manager: the box, and the manager aimed at. */
  moving = TOP;
  target = TOP;
  private marks = new Map<number, Mark[]>();
  private looks = new Map<number, Look>();
  private readonly painter: BoxPainter;
  private waiting = 0;
  private readonly ties = svg("g", {});
  private readonly labels: Labels;
  private readonly walk: WalkLayer;
  private readonly fonts: Fonts;

  constructor(readonly element: SVGSVGElement, readonly memory: Memory) {
    const family = getComputedStyle(element).fontFamily;
    const font = (size: string): string => `${size} ${family}`;
    this.fonts = { name: font("600 14px"), title: font("12.5px"), small: font("600 11px"), far: font("600 30px") };
    this.painter = new BoxPainter(MEASURES, this.fonts);
    this.scene = new Scene(element);
    const names = svg("g", {});
    element.prepend(arrowHeads());
    this.walk = new WalkLayer(`700 12px ${family}`);
    this.scene.over.append(this.ties, names, this.walk.group);
    this.labels = new Labels(names, `600 12.5px ${family}`);
    this.view = new View(element, () => this.zoomed(), () => this.remember());
    new ResizeObserver(() => { this.view.measure(); this.later(); }).observe(element);
  }

  get layers(): Layers {
    return this.memory.layers;
  }

  private look(id: number): Look {
    let look = this.looks.get(id);
    if (look) return look;
    look = lookOf(this.tree.get(id) as Position, this.layers, this.marks.get(id), this.walk.wordsAt(id));
    this.looks.set(id, look);
    return look;
  }

  lookAt(id: number): Look | undefined {
    return this.tree.get(id) && this.look(id);
  }

  private state(id: number): string {
    const states = [
      [id === this.focused, "is-focused"], [id === this.chosen, "is-chosen"], [this.found.has(id), "is-found"],
      [id === this.moving, "is-moving"], [id === this.target && this.moving !== TOP, "is-target"],
      [this.moving !== TOP && this.tree.isWithin(id, this.moving), "is-going"],
    ] as const;
    return states.filter(([holds]) => holds).map(([, name]) => name).join(" ");
  }

  private get shown(): Shown {
    return {
      tree: this.tree, layout: this.layout, painter: this.painter, folded: this.folded, focused: this.focused,
      look: (id) => this.look(id), state: (id) => this.state(id),
    };
  }

  /** Show a document for the first time: as it was left, or as a whole. */
  open(document: ChartDocument): void {
    this.document = document;
    this.tree = new Tree(document);
    const many = this.tree.positions.size > WHOLE_UP_TO;
    const usual = many ? this.tree.foldedBelow(this.tree.levelsFor(OPENED)) : new Set<number>();
    this.folded = this.memory.folded ?? usual;
    this.focused = this.tree.order[0] ?? TOP;
    this.arrange(false);
    this.goWhereOneWas();
    this.draw();
    this.shownAnew.send();
  }

  private goWhereOneWas(): void {
    const sight = this.memory.sight;
    const box = sight && this.layout.at.get(sight.box);
    this.view.fitOf(this.layout.bounds);
    if (sight && box) this.view.set(sight.scale, sight.x - box.left * sight.scale, sight.y - box.top * sight.scale);
    else this.view.fit(this.layout.bounds, true);
  }

  /** Show another document in place of the present one; focus, folds and the place stay. */
  show(document: ChartDocument, marks = new Map<number, Mark[]>()): void {
    const above = [this.focused, ...this.tree.above(this.focused)];
    this.document = document;
    this.marks = marks;
    this.tree = new Tree(document);
    const focusedHere = this.element.contains(window.document.activeElement);
    this.focused = above.find((id) => this.tree.get(id)) ?? this.tree.order[0] ?? TOP;
    this.rearrange();
    if (focusedHere) this.takeFocus();
    this.shownAnew.send();
  }

  private arrange(keep: boolean): void {
    this.looks.clear();
    this.walk.settle(this.tree, this.folded);
    const heightOf = (id: number): number => this.painter.heightOf(this.look(id));
    const style = keep ? this.layout.style : this.view.size;
    this.layout = layOut(this.tree, shownBranches(this.tree, this.folded), MEASURES, heightOf, style);
    this.scene.forget();
  }

  /** Lay out anew without losing one's place: the box one looks at stays where it is. */
  rearrange(keep = true): void {
    const held = this.held();
    const before = held && this.layout.at.get(held);
    this.arrange(keep);
    const after = held && this.layout.at.get(held);
    if (before && after) {
      const { k } = this.view.transform;
      this.view.panBy((before.left - after.left) * k, (before.top - after.top) * k);
    }
    this.draw();
  }

  /** The focused box when it is in view, else the one nearest to the middle. */
  private held(): number {
    const seen = this.view.seen();
    const middle = { x: (seen.left + seen.right) / 2, y: (seen.top + seen.bottom) / 2 };
    const away = (box: Placed): number => Math.hypot(box.left - middle.x, box.top - middle.y);
    const focused = this.layout.at.get(this.focused);
    const inView = focused && focused.right > seen.left && focused.left < seen.right
      && focused.bottom > seen.top && focused.top < seen.bottom;
    if (inView) return this.focused;
    let best: Placed | undefined;
    for (const box of this.layout.boxes) if (!best || away(box) < away(best)) best = box;
    return best?.id ?? TOP;
  }

  private draw(): void {
    const area = this.view.seen(MARGIN);
    this.scene.draw(this.shown, area, this.view.transform.k >= DISTINCT);
    const ground = { document: this.document, tree: this.tree, layout: this.layout, layers: this.layers };
    drawSideLines(ground, this.scene.under, area);
    drawTies(ground, this.ties, area);
    this.drawNear();
  }

  private drawNear(): void {
    const { k } = this.view.transform;
    this.element.classList.toggle("is-small", k < 0.4);
    this.element.classList.toggle("is-dust", k < 0.06);
    this.element.classList.toggle("is-tiny", k < 0.2);
    this.labels.draw(this.tree, this.layout, this.view.seen(), k);
    this.walk.draw(this.layout, k);
  }

  private zoomed(): void {
    this.scene.moved.setAttribute("transform", this.view.transform.toString());
    this.later();
  }

  private later(): void {
    if (this.waiting || !this.layout) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      if (this.scene.isOutgrown(this.view.seen(), this.view.transform.k >= DISTINCT)) this.draw();
      else this.drawNear();
    });
  }

  private remember(): void {
    const box = this.layout?.at.get(this.held());
    if (!box) return;
    const { x, y, k } = this.view.transform;
    this.memory.sight = { scale: k, box: box.id, x: x + box.left * k, y: y + box.top * k };
  }

  /** Draw boxes whose state has changed. */
  redress(...ids: number[]): void {
    this.scene.redress(this.shown, ids);
  }

  redressAll(): void {
    this.scene.redress(this.shown, this.scene.ids);
  }

  /** Stand on a box, unfolding what hides it; `take` moves the keyboard there, too. */
  focusOn(id: number, take = true, reveal = true): void {
    if (!this.tree.get(id)) return;
    const before = this.focused;
    this.focused = id;
    if (!this.unfoldTo(id)) this.draw();
    if (reveal) this.reveal(id);
    this.redress(before, id);
    if (take) this.takeFocus();
    this.focusMoved.send(id);
  }

  reveal(id: number): void {
    const box = this.layout.at.get(id);
    if (box) this.view.reveal(box, LEAST_READABLE);
  }

  takeFocus(): void {
    this.scene.elementOf(this.focused)?.focus({ preventScroll: true });
  }

  private unfoldTo(id: number): boolean {
    const shut = this.tree.above(id).filter((one) => this.folded.has(one));
    if (!shut.length) return false;
    for (const one of shut) this.folded.delete(one);
    this.memory.folded = this.folded;
    this.rearrange();
    this.shownAnew.send();
    return true;
  }

  /** Fold or unfold a branch; answers whether it is folded now. */
  toggle(id: number): boolean {
    if (!this.tree.below(id)) return false;
    if (!this.folded.delete(id)) this.folded.add(id);
    this.memory.folded = this.folded;
    const hidden = this.tree.isWithin(this.focused, id) && this.folded.has(id);
    if (hidden) this.focused = id;
    this.rearrange();
    this.shownAnew.send();
    return this.folded.has(id);
  }

  /** Show so many rows and the whole of them. */
  showLevels(levels: number): void {
    this.folded = levels >= this.tree.levels ? new Set() : this.tree.foldedBelow(levels);
    this.memory.folded = this.folded;
    const above = [this.focused, ...this.tree.above(this.focused)];
    this.focused = above.reverse().find((id) => this.folded.has(id)) ?? this.focused;
    this.rearrange(false);
    this.view.fit(this.layout.bounds);
    this.shownAnew.send();
  }

  setLayers(layers: Layers): void {
    this.memory.layers = layers;
    this.rearrange();
    this.shownAnew.send();
  }

  /** Lay the way of a decision over the chart, or take it away; `whole`: all of it comes into view. */
  setWalk(walk: Walk | null, whole: boolean): void {
    this.walk.walk = walk;
    this.rearrange();
    const area = this.walk.area(this.layout);
    if (whole && area) this.view.show(area);
  }

  fit(): void { this.view.fit(this.layout.bounds); }

  /** The whole, drawn before this returns. */
  fitAtOnce(): void {
    this.view.fit(this.layout.bounds, true);
    this.draw();
  }

  /** The box under a point of the chart. */
  boxAt(x: number, y: number): number {
    return this.layout.boxes.find((one) => one.left <= x && one.right >= x && one.top <= y && one.bottom >= y)?.id ?? TOP;
  }
}
