// One question at a time: the first thing that is not known about the position, to be answered at once.

import { make } from "../dom";
import { act, type Desk } from "./desk";
import type { Holder, Position } from "./document";
import { mainHolder } from "./looks";
import { nameOf } from "./moving";
import { appointForm, managerForm } from "./panel_position";
import { type Aspect, ASPECTS, judgement, ownContact, valuesOf } from "./panel_person";
import { TOP } from "./tree";
import { say } from "./wording";

export type Asked = "" | "manager" | "holder" | "coverage" | Aspect;

/** What was passed over, until the page is left. */
const passed = new Set<string>();

/** Several stand at the top: of all but the largest branch it is not known to whom they report. */
function lacksManager(desk: Desk, position: Position): boolean {
  const { tree } = desk.room;
  if (tree.manager.get(position.id) !== TOP || position.kind === "committee") return false;
  return tree.siblingsOf(position.id).some((one) => one !== position.id && tree.below(one) > tree.below(position.id));
}

function open(desk: Desk, position: Position, holder: Holder | undefined): Asked[] {
  const asked: Asked[] = [];
  if (lacksManager(desk, position)) asked.push("manager");
  if (!holder) asked.push("holder");
  else {
    for (const aspect of ASPECTS) if (!valuesOf(holder, aspect).length) asked.push(aspect);
    if (!holder.coverage?.some((one) => one.user === desk.me.id)) asked.splice(2, 0, "coverage");
  }
  return asked.filter((one) => !passed.has(`${position.id}-${one}`));
}

export function nextQuestion(desk: Desk, position: Position): Asked {
  if (!desk.mayEdit || desk.editing.moment.known) return "";
  return open(desk, position, mainHolder(position))[0] ?? "";
}

function answerTo(desk: Desk, position: Position, asked: Asked): HTMLElement | null {
  const holder = mainHolder(position);
  const key = `asked-${asked}-${position.id}`;
  const form = (make: () => HTMLFormElement): HTMLElement =>
    desk.formOf(key) ?? act(say("answer"), "pencil", () => desk.openForm(key, make), "btn btn-primary btn-sm");
  if (asked === "manager") return form(() => managerForm(desk, position, key));
  if (asked === "holder") return form(() => appointForm(desk, position, key));
  if (!holder || !asked) return null;
  return asked === "coverage" ? ownContact(desk, holder) : judgement(desk, holder, asked, true);
}

export function questionPart(desk: Desk, position: Position, asked: Asked, again: () => void): HTMLElement | null {
  const answer = answerTo(desk, position, asked);
  if (!answer) return null;
  const box = make("section", "chart-asked");
  box.append(make("h3", "", say(`ask.${asked}`, { name: nameOf(desk.room, position.id), title: position.title })), answer);
  const pass = act(say("notNow"), "arrow-right", () => {
    passed.add(`${position.id}-${asked}`);
    again();
  }, "btn-quiet");
  box.append(pass);
  return box;
}
