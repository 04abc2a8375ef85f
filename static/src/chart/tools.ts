// The tools above the drawing: zoom, levels, layers, undo, export links, full screen.

import { all } from "../dom";
import type { Editing } from "./editing";
import type { Layers } from "./memory";
import type { Room } from "./room";
import { say } from "./wording";

function on(root: HTMLElement, name: string, act: (element: HTMLElement) => void): void {
  for (const element of all(`[data-do="${name}"]`, root)) element.addEventListener("click", () => act(element));
}

export class Tools {
  constructor(private readonly root: HTMLElement, private readonly room: Room, private readonly editing: Editing) {
    on(root, "zoom-in", () => room.view.zoomBy(1.4));
    on(root, "zoom-out", () => room.view.zoomBy(1 / 1.4));
    on(root, "fit", () => room.fit());
    on(root, "undo", () => void editing.undo());
    on(root, "redo", () => void editing.redo());
    on(root, "dates", (button) => {
      const open = root.querySelector(".chart-dates")?.classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(Boolean(open)));
    });
    on(root, "full-screen", () => void this.fullScreen());
    this.printing();
    this.layers();
    this.levels();
    editing.stacksChanged.on(() => this.stacks());
    room.shownAnew.on(() => this.refresh());
    this.stacks();
  }

  private async fullScreen(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this.root.requestFullscreen();
  }

  /** On paper the window is scaled as a whole. */
  private printing(): void {
    const { element, view } = this.room;
    window.addEventListener("beforeprint", () => {
      this.room.fitAtOnce();
      element.setAttribute("viewBox", `0 0 ${view.size.width} ${view.size.height}`);
    });
    window.addEventListener("afterprint", () => element.removeAttribute("viewBox"));
  }

  private layers(): void {
    const boxes = all<HTMLInputElement>("input[data-layer]", this.root);
    const layers = this.room.memory.layers;
    for (const box of boxes) {
      const name = box.dataset["layer"] as keyof Layers;
      box.checked = layers[name];
      box.addEventListener("change", () => this.room.setLayers({ ...this.room.memory.layers, [name]: box.checked }));
    }
    this.deal();
  }

  private deal(): void {
    const field = this.root.querySelector<HTMLInputElement>("[data-deal]");
    if (!field) return;
    field.value = this.room.memory.deal;
    field.addEventListener("change", () => {
      this.room.memory.deal = field.value.trim();
      this.editing.moment = { ...this.editing.moment, deal: field.value.trim() };
      void this.editing.reload();
    });
  }

  private levels(): void {
    const field = this.root.querySelector<HTMLSelectElement>("[data-levels]");
    field?.addEventListener("change", () => {
      if (field.value) this.room.showLevels(Number(field.value));
    });
  }

  private stacks(): void {
    for (const [name, can] of [["undo", this.editing.canUndo], ["redo", this.editing.canRedo]] as const) {
      for (const one of all<HTMLButtonElement>(`[data-do="${name}"]`, this.root)) one.disabled = !can;
    }
  }

  private refresh(): void {
    this.exports();
    this.levelChoices();
    const unplaced = this.room.document.unplaced?.length ?? 0;
    for (const one of all("[data-do=unplaced]", this.root)) {
      one.hidden = !unplaced;
      one.querySelector("[data-number]")?.replaceChildren(String(unplaced));
    }
  }

  /** What is taken out is the chart of the day that is shown. */
  private exports(): void {
    for (const link of all<HTMLAnchorElement>("a[data-export]", this.root)) {
      const address = new URL(link.href, location.href);
      address.searchParams.set("on", this.room.document.on);
      if (this.room.document.known) address.searchParams.set("known", this.room.document.known);
      else address.searchParams.delete("known");
      link.href = address.pathname + address.search;
    }
  }

  private levelChoices(): void {
    const field = this.root.querySelector<HTMLSelectElement>("[data-levels]");
    if (!field) return;
    const deepest = Math.min(this.room.tree.levels, 9);
    const choices = Array.from({ length: Math.max(0, deepest - 1) }, (_none, index) => String(index + 1));
    const shown = this.shownLevels();
    field.replaceChildren(
      new Option(say("levelsOwn"), "", false, shown === ""),
      ...choices.map((level) => new Option(say("levels", { count: level }), level, false, shown === level)),
      new Option(say("levelsAll"), "999", false, shown === "999"),
    );
  }

  /** Which choice describes the present folds. */
  private shownLevels(): string {
    const { tree, folded } = this.room;
    const here = [...folded].filter((id) => tree.below(id));
    if (!here.length) return "999";
    const level = Math.min(...here.map((id) => tree.depth.get(id) ?? 1));
    const usual = tree.foldedBelow(level);
    return usual.size === here.length && here.every((id) => usual.has(id)) ? String(level) : "";
  }
}
