// The page on which a path is edited: puts its parts together.

import { Saying } from "./chart/saying";
import { all, make } from "./dom";
import { Canvas } from "./path/canvas";
import { between, Doing } from "./path/doing";
import { type Drawn, isArrow } from "./path/document";
import { Dragging } from "./path/dragging";
import { Keeping } from "./path/keeping";
import { Keys } from "./path/keys";
import { Moving } from "./path/moving";
import { Panel } from "./path/panel";
import { Saving } from "./path/saving";
import { Server } from "./path/server";
import { Walking } from "./path/walking";
import { Work } from "./path/work";

function part<E extends Element>(root: HTMLElement, name: string): E {
  const found = root.querySelector<E>(`[data-part="${name}"]`);
  if (!found) throw new Error(`The page of the path has no part ${name}.`);
  return found;
}

class Page {
  private readonly work: Work;
  private readonly canvas: Canvas;
  private readonly doing: Doing;
  private readonly moving: Moving;
  private readonly dragging: Dragging;
  private readonly panel: Panel;
  private readonly keeping: Keeping;
  private readonly saving: Saving;

  constructor(private readonly root: HTMLElement) {
    const { client = "", pathEditor = "", base = "", here = "" } = root.dataset;
    const drawn = JSON.parse(document.getElementById("path-drawn")?.textContent ?? "{}") as Drawn;
    const server = new Server(client, pathEditor);
    const saying = new Saying(part(root, "said"));
    this.work = new Work(server, drawn, Number(base));
    this.canvas = new Canvas(part(root, "canvas"), drawn.drawing);
    this.doing = new Doing(this.work, this.canvas, saying);
    this.moving = new Moving(this.canvas, this.doing, saying);
    this.dragging = new Dragging(this.canvas, this.doing, saying);
    const form = part<HTMLFormElement>(root, "save");
    const offers = part<HTMLElement>(root, "offers");
    const why = form.querySelector<HTMLInputElement>("[name=why]") ?? make("input");
    this.work.shown.on((now) => this.show(now));
    this.keeping = new Keeping(`path-${pathEditor}`, this.work, why, part(root, "state"), offers);
    this.panel = new Panel({
      box: part(root, "panel"), stepForm: part(root, "step-form"), wholeForm: part(root, "whole-form"),
      work: this.work, doing: this.doing, moving: this.moving, server, saying,
      opened: (code) => this.canvas.open(code),
      leave: () => this.canvas.focusOn(this.canvas.focused),
    });
    this.saving = new Saving(form, this.work, server, this.keeping, saying, offers, here, () => this.panel.mistake);
    const acts = {
      open: (code: string) => this.panel.open(code), close: () => this.panel.close(), save: () => { this.panel.flush(); void this.saving.save(); },
    };
    new Keys(this.canvas, new Walking(this.canvas), this.doing, this.moving, saying, acts, root);
  }

  start(): void {
    for (const one of all("[data-scripted]", this.root)) one.hidden = false;
    part<HTMLElement>(this.root, "plain").hidden = true;
    this.doing.opened = (code) => this.panel.open(code, true);
    this.canvas.plus.on((spot) => void this.doing.add(between(spot)));
    this.canvas.element.addEventListener("click", (event) => this.clicked(event));
    this.buttons();
    this.show(this.work.now);
    const sheet = part<HTMLElement>(this.root, "sheet");
    sheet.scrollLeft = (sheet.scrollWidth - sheet.clientWidth) / 2;
    this.keeping.forget();
    this.keeping.offer();
  }

  private buttons(): void {
    const acts: Record<string, () => void> = {
      "add-first": () => void this.doing.add({ where: "first" }),
      "add-last": () => void this.doing.add({ where: "last" }),
      "undo": () => this.doing.undo(),
      "redo": () => this.doing.redo(),
      "whole": () => this.panel.openWhole(),
      "turn": () => this.doing.turn(),
    };
    for (const [name, act] of Object.entries(acts)) {
      for (const one of all(`[data-do="${name}"]`, this.root)) one.addEventListener("click", act);
    }
  }

  private clicked(event: Event): void {
    const spot = this.canvas.spotAt(event.target);
    if (!spot || this.dragging.justDragged) return;
    if (this.moving.active) this.moving.finish(spot);
    else if (!isArrow(spot)) this.panel.open(spot);
  }

  private show({ drawing, flaws }: Drawn): void {
    this.canvas.show(drawing);
    const empty = drawing.boxes.length === 0;
    part<HTMLElement>(this.root, "empty").hidden = !empty;
    this.canvas.element.toggleAttribute("hidden", empty);
    const list = make("ul", "path-flaws");
    list.append(...flaws.map((flaw) => make("li", "", flaw)));
    part<HTMLElement>(this.root, "flaws").replaceChildren(...(flaws.length ? [list] : []));
  }
}

const root = document.querySelector<HTMLElement>("[data-path-editor]");
if (root) new Page(root).start();
