// The part of the panel about the position: what it is, whom it reports to, and what one can do with it.

import { make } from "../dom";
import { askInstead, askRemoval } from "./asking";
import { act, type Desk, formOf, line, link, opener, saved, section } from "./desk";
import type { Position } from "./document";
import { checkField, chips, lookupField, selectField, textField } from "./fields";
import { nameOf } from "./moving";
import { offerPeople, offerPositions, unitsOf } from "./offers";
import { isFailure } from "./server";
import { TOP } from "./tree";
import { ago, say, terms } from "./wording";

type Changes = { title?: string; unit?: string; position_kind?: string; is_known?: boolean };

function change(desk: Desk, id: number, changes: Changes, seen?: number): Promise<boolean> {
  return saved(desk, { kind: "change_position", position: id, ...changes }, seen);
}

function titleForm(desk: Desk, position: Position): HTMLFormElement {
  const field = textField(say("title"), position.title);
  return formOf(desk, {
    key: `title-${position.id}`, fields: [field],
    save: (seen) => change(desk, position.id, { title: field.value() }, seen),
  });
}

function unitForm(desk: Desk, position: Position): HTMLFormElement {
  const field = textField(say("unit"), position.unit, { known: unitsOf(desk.room) });
  return formOf(desk, {
    key: `unit-${position.id}`, fields: [field],
    save: (seen) => change(desk, position.id, { unit: field.value() }, seen),
  });
}

export function managerForm(desk: Desk, position: Position, key: string): HTMLFormElement {
  const { room, moving } = desk;
  const offer = offerPositions(room, (id) => !room.tree.isWithin(id, position.id));
  const field = lookupField(say("reportsTo"), offer, say("reportsToHelp"));
  const top = checkField(say("reportsToNobody"));
  const save = async (seen: number): Promise<boolean> => {
    const typed = field.value();
    const id = field.id() || (typed ? (offer(typed)[0]?.id ?? TOP) : TOP);
    if (!top.value() && id === TOP) {
      field.input.setAttribute("aria-invalid", "true");
      field.input.focus();
      return false;
    }
    return moving.put(position.id, top.value() ? null : id, seen);
  };
  return formOf(desk, { key, fields: [field, top], save });
}

function managerLine(desk: Desk, position: Position): HTMLElement {
  const manager = desk.room.tree.manager.get(position.id) ?? TOP;
  const key = `manager-${position.id}`;
  const value = manager === TOP ? say("atTheTop") : make("button", "chart-link", nameOf(desk.room, manager));
  if (value instanceof HTMLButtonElement) {
    value.type = "button";
    value.addEventListener("click", () => desk.show(manager));
  }
  const sure = position.lineGuess ? say("lineGuess") : "";
  const shown = make("span");
  shown.append(value, ...(sure ? [` (${sure})`] : []));
  return line(desk, key, say("reportsTo"), shown, () => managerForm(desk, position, key));
}

export function positionPart(desk: Desk, position: Position): HTMLElement {
  const { id } = position;
  const kinds = chips(say("kind"), terms("kind"), [position.kind ?? "member"], (code) => {
    void change(desk, id, { position_kind: code });
  }, !desk.mayEdit);
  return section(
    say("positionPart"),
    line(desk, `title-${id}`, say("title"), position.title || say("noTitle"), () => titleForm(desk, position)),
    line(desk, `unit-${id}`, say("unit"), position.unit || say("notKnown"), () => unitForm(desk, position)),
    managerLine(desk, position),
    line(desk, "", say("kind"), kinds),
    position.code ? line(desk, "", say("code"), position.code) : null,
    line(desk, "", say("factAge"), `${ago(position.age)}${position.guess ? `, ${say("guess")}` : ""}`),
  );
}

export function appointForm(desk: Desk, position: Position, key: string): HTMLFormElement {
  const held = (position.holders ?? []).map((holder) => holder.person);
  const offer = offerPeople(desk.room, held);
  const who = lookupField(say("personName"), offer, say("personNameHelp"));
  const acting = checkField(say("actingField"));
  const stays: [string, string][] = [["stays", say("predecessorStays")], ...terms("reason")];
  const before = held.length ? [selectField(say("predecessor"), stays)] : [];
  const save = (seen: number): Promise<boolean> => {
    const typed = who.value();
    const known = who.id() || offer(typed).find((one) => one.words === typed)?.id;
    const person = known ? { person: known } : { name: typed };
    const predecessor = before[0]?.value() ?? "stays";
    const acts = acting.value() !== "";
    return saved(desk, { kind: "appoint", position: position.id, ...person, acting: acts, predecessor }, seen);
  };
  return formOf(desk, { key, fields: [who, acting, ...before], save });
}

/** When paths need what goes: what acts in its place; nothing when the removal is given up. */
async function insteadOf(desk: Desk, id: number, reports: string): Promise<{ instead?: number | "nobody" } | null> {
  const { room, editing } = desk;
  const uses = await editing.server.uses(id, room.document.on);
  // What cannot be asked now is asked by the refusal of the removal itself.
  if (isFailure(uses)) return {};
  const branch = reports === "branch";
  const using = branch ? uses.branch : uses.position;
  if (!using.length) return {};
  const offer = offerPositions(room, (one) => one !== id && !(branch && room.tree.isWithin(one, id)));
  const paths = using.map((use) => `«${use.name}»`).join(", ");
  const sentence = uses.position.length ? "insteadAsk" : "insteadBelow";
  const instead = await askInstead(say(sentence, { name: nameOf(room, id), paths }), offer);
  return instead === null ? null : { instead };
}

/** Ask what becomes of the reports, then remove. */
export async function removePosition(desk: Desk, id: number): Promise<void> {
  const { tree } = desk.room;
  const manager = tree.manager.get(id) ?? TOP;
  const answer = await askRemoval(nameOf(desk.room, id), tree.reportsOf(id).length, tree.below(id));
  if (answer === null) return;
  const instead = await insteadOf(desk, id, answer);
  if (instead === null) return;
  const next = tree.siblingsOf(id).find((one) => one !== id) ?? manager;
  const done = await desk.editing.save({ kind: "remove_position", position: id, reports: answer, ...instead });
  if (done && next !== TOP) desk.room.focusOn(next);
}

export function actionsPart(desk: Desk, position: Position, startNew: (manager: number) => void): HTMLElement {
  const { room, client, moving } = desk;
  const { id } = position;
  const row = make("p", "button-row chart-actions");
  if (desk.mayEdit) {
    row.append(
      act(say("newReport"), "person-plus", () => startNew(id)),
      act(say("move"), "arrow-left-right", () => moving.begin(id)),
      act(say("remove"), "trash", () => void removePosition(desk, id), "btn btn-danger btn-sm"),
    );
  }
  if (room.tree.below(id)) {
    const shut = room.folded.has(id);
    row.append(act(say(shut ? "unfold" : "foldBranch"), shut ? "chevron-down" : "chevron-up", () => void room.toggle(id)));
  }
  row.append(link(`/clients/${client}/positions/${id}`, say("wholePage"), "box-arrow-up-right"));
  return row;
}

export function exportsPart(desk: Desk, id: number): HTMLElement | null {
  if (!desk.room.tree.below(id)) return null;
  const row = make("p", "chart-exports");
  row.append(say("takeOutBranch"), " ");
  for (const kind of ["pdf", "svg", "png", "csv"]) {
    const address = `/clients/${desk.client}/chart.${kind}?on=${desk.room.document.on}&root=${id}`;
    row.append(link(address, kind.toUpperCase()), " ");
  }
  return row;
}

export function appointOpener(desk: Desk, position: Position): HTMLElement | null {
  const key = `appoint-${position.id}`;
  const words = position.holders?.length ? say("appointAnother") : say("appoint");
  return opener(desk, key, words, "person-check", () => appointForm(desk, position, key));
}

