// The chart page: puts its parts together, fetches the chart and draws it.

import { all } from "./dom";
import { askDay } from "./chart/asking";
import { Comparing } from "./chart/comparing";
import { Dates } from "./chart/dates";
import type { ChartDocument } from "./chart/document";
import { Editing } from "./chart/editing";
import { Finding } from "./chart/finding";
import { Keys } from "./chart/keys";
import { Memory, ownKey } from "./chart/memory";
import { Moving } from "./chart/moving";
import { Panel } from "./chart/panel";
import { removePosition } from "./chart/panel_position";
import { Pointing } from "./chart/pointing";
import { Room } from "./chart/room";
import { Saying } from "./chart/saying";
import { isFailure, Server } from "./chart/server";
import { Tools } from "./chart/tools";
import { TOP } from "./chart/tree";
import { watch } from "./chart/watching";
import { Ways } from "./chart/ways";

function part<E extends Element>(root: HTMLElement, name: string): E {
  const found = root.querySelector<E>(`[data-part="${name}"]`);
  if (!found) throw new Error(`The chart page has no part ${name}.`);
  return found;
}

/** After the browser has painted what was just put into the page. */
function afterPainting(act: () => void): void {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = act;
    channel.port2.postMessage(null);
  });
}

function measureDrawing(): void {
  afterPainting(() => {
    performance.mark("chart:drawn");
    performance.measure("chart-first-drawing", { start: 0, end: "chart:drawn" });
    performance.measure("chart-drawing", { start: "chart:data", end: "chart:drawn" });
  });
}

class Page {
  private readonly data: DOMStringMap;
  private readonly today: string;
  private readonly room: Room;
  private readonly saying: Saying;
  private readonly editing: Editing;
  private readonly panel: Panel;
  private readonly moving: Moving;
  private readonly comparing: Comparing;
  private readonly dates: Dates;

  constructor(private readonly root: HTMLElement) {
    this.data = root.dataset;
    this.today = this.data["today"] ?? "";
    const client = Number(this.data["chart"]);
    for (const one of all("[data-scripted]", root)) one.hidden = false;
    root.classList.add("is-live");
    const memory = new Memory(client);
    this.room = new Room(part(root, "canvas"), memory);
    this.saying = new Saying(part(root, "said"));
    const moment = { on: this.dayOf("on"), known: this.data["known"] ?? "", deal: memory.deal };
    this.editing = new Editing(this.room, new Server(client), this.saying, moment, this.today, ownKey(`stacks-${client}`));
    this.editing.askDay = (day) => askDay(day, this.today);
    this.moving = new Moving(this.room, this.editing, this.saying);
    const me = { id: Number(this.data["me"]), name: this.data["myName"] ?? "" };
    this.panel = new Panel(part(root, "panel"), {
      room: this.room, editing: this.editing, moving: this.moving, client, me, mayEdit: this.mayEdit,
    });
    this.comparing = this.makeComparing();
    this.dates = this.makeDates();
  }

  private get mayEdit(): boolean {
    return "mayEdit" in this.data;
  }

  /** Today is the usual day and needs no telling. */
  private dayOf(name: string): string {
    const day = this.data[name] ?? "";
    return day === this.today ? "" : day;
  }

  private makeComparing(): Comparing {
    const names = { form: "compare", from: "from", to: "to", box: "changes", list: "change-list", banner: "compare-banner" };
    const { root } = this;
    return new Comparing({
      form: part(root, names.form), from: part(root, names.from), to: part(root, names.to),
      box: part(root, names.box), list: part(root, names.list), banner: part(root, names.banner),
    }, this.room, this.editing, this.saying, (id) => this.panel.open(id, false));
  }

  private makeDates(): Dates {
    const { root } = this;
    return new Dates({
      form: part(root, "dates"), slider: part(root, "slider"), on: part(root, "on"), known: part(root, "known"),
      banner: part(root, "banner"),
    }, this.room, this.editing, this.saying, this.today, () => this.comparing.leave());
  }

  private wire(): void {
    const { root, room, panel, moving, editing, saying } = this;
    new Tools(root, room, editing);
    new Ways(root, part(root, "walk"), part(root, "steps"), room, editing, saying);
    new Finding(room, part(root, "search"), part(root, "hits"), part(root, "found"), (id) => panel.open(id, false));
    new Pointing(room, moving, saying, part(root, "tip"), (id) => panel.open(id, false), () => this.mayEdit);
    new Keys(room, moving, editing, saying, {
      open: (id) => panel.open(id, true), startNew: (manager) => panel.startNew(manager),
      remove: (id) => void removePosition(panel.desk, id), close: () => panel.close(), mayEdit: () => this.mayEdit,
    }, root);
    this.buttons();
    room.focusMoved.on((id) => { if (panel.isOpen && !moving.active) panel.follow(id); });
    room.shownAnew.on(() => this.empty());
  }

  private buttons(): void {
    const acts: Record<string, () => void> = {
      "new": () => this.panel.startNew(this.room.chosen || TOP),
      "unplaced": () => this.panel.showUnplaced(),
      "now": () => this.dates.backToNow(),
      "stop-comparing": () => this.comparing.end(),
    };
    for (const [name, act] of Object.entries(acts)) {
      for (const one of all(`[data-do="${name}"]`, this.root)) one.addEventListener("click", act);
    }
    for (const one of all<HTMLSelectElement>("[data-evidence]", this.root)) {
      one.addEventListener("change", () => {
        this.editing.evidence = { ...this.editing.evidence, [one.dataset["evidence"] as "source"]: one.value };
      });
    }
  }

  private empty(): void {
    const nobody = this.room.tree.positions.size === 0;
    part<HTMLElement>(this.root, "empty").hidden = !nobody;
    this.room.element.classList.toggle("is-empty", nobody);
  }

  async start(): Promise<void> {
    this.wire();
    const answer = await this.editing.server.chart(this.editing.moment);
    part<HTMLElement>(this.root, "waiting").hidden = true;
    if (isFailure(answer)) return this.saying.say(answer.sentence, true);
    this.draw(answer);
    watch(this.editing);
  }

  private draw(document: ChartDocument): void {
    performance.mark("chart:data");
    this.editing.took(document);
    this.room.open(document);
    this.dates.begin(document);
    measureDrawing();
    this.goToAddress();
    window.addEventListener("hashchange", () => this.goToAddress());
  }

  /** Lists of changes lead to a box by `#position-…`. */
  private goToAddress(): void {
    const asked = Number(/^#position-(\d+)$/.exec(location.hash)?.[1] ?? TOP);
    if (this.room.tree.get(asked)) this.panel.desk.show(asked);
  }
}

const root = document.querySelector<HTMLElement>("[data-chart]");
if (root) void new Page(root).start();
