// The deeds of the editor: each is asked of the server, drawn, and told in a sentence.

import type { Saying } from "../chart/saying";
import type { Canvas } from "./canvas";
import { type Drawn, type Edit, isArrow, type Put, type Spot, type Values } from "./document";
import { isFailure } from "./server";
import { say } from "./wording";
import type { Work } from "./work";

/** Between what an arrow joins. */
export function between(spot: Spot): Put {
  const [firsts, seconds] = spot.split(">").map((codes) => codes.split("+"));
  return { where: "between", firsts: firsts ?? [], seconds: seconds ?? [] };
}

export class Doing {
  /** Opens the step that was just added, to be filled in. */
  opened: (code: string) => void = () => undefined;

  constructor(private readonly work: Work, private readonly canvas: Canvas, private readonly saying: Saying) {}

  private async edit(edit: Edit, told: (drawn: Drawn) => string): Promise<boolean> {
    const answer = await this.work.edit(edit);
    if (isFailure(answer)) {
      this.saying.say(answer.sentence, true);
      return false;
    }
    this.saying.say(told(answer));
    return true;
  }

  async add(put: Put): Promise<void> {
    const step = { title: say("newStep"), kind: this.usualKind(put), confidence: "likely" };
    if (!(await this.edit({ do: "add", put, step }, () => say("added", { title: step.title })))) return;
    const code = this.work.now.step;
    this.canvas.focusOn(code);
    this.opened(code);
  }

  /** What a step in that place mostly is: the first asks, the last signs, others look at it. */
  private usualKind(put: Put): string {
    if (!this.canvas.drawing.boxes.length || put.where === "first") return "request";
    // Beside a signature stands who signs other amounts.
    const signs = put.where === "last" || (put.where === "beside" && this.kindOf(put.step) === "sign");
    return signs ? "sign" : "technical";
  }

  private kindOf(code: string): string | undefined {
    return this.work.now.document.steps.find((step) => step.code === code)?.kind;
  }

  async remove(spot: Spot): Promise<void> {
    if (isArrow(spot)) return this.part(spot);
    const title = this.canvas.box(spot)?.title ?? "";
    const { boxes } = this.canvas.drawing;
    const at = boxes.findIndex((box) => box.code === spot);
    const next = boxes[at - 1] ?? boxes[at + 1];
    if (!(await this.edit({ do: "remove", code: spot }, () => say("removed", { title })))) return;
    if (next) this.canvas.focusOn(next.code);
  }

  private async part(spot: Spot): Promise<void> {
    const arrow = this.canvas.arrow(spot);
    if (!arrow) return;
    const names = { first: this.namesOf(arrow.starts), second: this.namesOf(arrow.ends) };
    const edit: Edit = { do: "part", firsts: arrow.starts, seconds: arrow.ends };
    if (await this.edit(edit, () => say("parted", names))) this.canvas.focusOn(arrow.ends[0] ?? "");
  }

  private namesOf(codes: string[]): string {
    return codes.map((code) => this.canvas.nameOf(code)).join(", ");
  }

  async move(code: string, put: Put): Promise<void> {
    const told = (drawn: Drawn): string =>
      say("moved", { title: this.canvas.box(code)?.title ?? "", number: drawn.numbers[code] ?? "" });
    if (await this.edit({ do: "move", code, put }, told)) this.canvas.focusOn(code);
  }

  /** The second step waits for the first from now on. */
  async join(first: string, second: string): Promise<void> {
    const names = { first: this.canvas.nameOf(first), second: this.canvas.nameOf(second) };
    if (await this.edit({ do: "join", first, second }, () => say("joined", names))) this.canvas.focusOn(second);
  }

  fill(code: string, values: Values): ReturnType<Work["edit"]> {
    return this.work.edit({ do: "fill", code, values });
  }

  path(currency: string, frozen: string): ReturnType<Work["edit"]> {
    return this.work.edit({ do: "path", currency, frozen });
  }

  undo(): void {
    this.saying.say(say(this.work.undo() ? "undone" : "nothingToUndo"));
  }

  redo(): void {
    this.saying.say(say(this.work.redo() ? "redone" : "nothingToRedo"));
  }

  turn(): void {
    void this.work.turn(this.work.way === "down" ? "across" : "down");
  }
}
