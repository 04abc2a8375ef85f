// The part of the panel about lines beside the solid one, and ties between people.

import { make } from "../dom";
import { act, type Desk, formOf, opener, saved, section } from "./desk";
import type { Position, SideLine, Tie } from "./document";
import { checkField, lookupField, selectField } from "./fields";
import { mainHolder } from "./looks";
import { nameOf } from "./moving";
import { offerPeople, offerPositions } from "./offers";
import { seatsOf } from "./overlays";
import { say, term, terms } from "./wording";

function removable(desk: Desk, words: string, remove: () => void, go: () => void): HTMLElement {
  const item = make("li");
  const jump = make("button", "chart-link", words);
  jump.type = "button";
  jump.addEventListener("click", go);
  item.append(jump);
  if (desk.mayEdit) {
    const away = act("", "x-lg", remove, "btn-quiet");
    away.setAttribute("aria-label", say("takeAway", { what: words }));
    item.append(away);
  }
  return item;
}

function lineItem(desk: Desk, position: Position, one: SideLine): HTMLElement {
  const other = one.from === position.id ? one.to : one.from;
  const key = one.from === position.id ? `lineTo.${one.kind}` : `lineFrom.${one.kind}`;
  const words = say(key, { name: nameOf(desk.room, other) }) + (one.guess ? ` (${say("guess")})` : "");
  const remove = (): void => void saved(desk, { kind: "remove_line", from: one.from, to: one.to, line: one.kind });
  return removable(desk, words, remove, () => desk.show(other));
}

function lineForm(desk: Desk, position: Position, key: string): HTMLFormElement {
  const offer = offerPositions(desk.room, (id) => id !== position.id);
  const to = lookupField(say("lineToWhom"), offer);
  const kind = selectField(say("lineKind"), terms("line"));
  const save = (seen: number): Promise<boolean> => {
    const id = to.id() || offer(to.value())[0]?.id;
    if (!id || !to.value()) { to.input.focus(); return Promise.resolve(false); }
    return saved(desk, { kind: "draw_line", from: position.id, to: id, line: kind.value() }, seen);
  };
  return formOf(desk, { key, fields: [to, kind], save });
}

function nameOfPerson(desk: Desk, person: number, seats: Map<number, number>): string {
  const position = desk.room.tree.get(seats.get(person) ?? 0);
  const holders = [...(position?.holders ?? []), ...(desk.room.document.unplaced ?? [])];
  return holders.find((holder) => holder.person === person)?.name ?? say("somebody");
}

function tieItem(desk: Desk, person: number, one: Tie, seats: Map<number, number>): HTMLElement {
  const other = one.from === person ? one.to : one.from;
  const words = say(one.from === person ? "tieTo" : "tieFrom", {
    kind: term("influence", one.kind), name: nameOfPerson(desk, other, seats), note: one.note ? ` – ${one.note}` : "",
  });
  const remove = (): void => void saved(desk, { kind: "untie", from: one.from, to: one.to, influence: one.kind });
  return removable(desk, words, remove, () => desk.show(seats.get(other) ?? 0));
}

function tieForm(desk: Desk, person: number, key: string): HTMLFormElement {
  const offer = offerPeople(desk.room, [person]);
  const to = lookupField(say("tieWhom"), offer);
  const kind = selectField(say("tieKind"), terms("influence"));
  const degrees: [string, string][] = [["1", say("tieWeak")], ["2", say("tieMiddle")], ["3", say("tieStrong")]];
  const strength = selectField(say("tieStrength"), degrees, "2");
  const both = checkField(say("tieBoth"));
  const save = (seen: number): Promise<boolean> => {
    const id = to.id() || offer(to.value())[0]?.id;
    if (!id) { to.input.focus(); return Promise.resolve(false); }
    return saved(desk, {
      kind: "tie", from: person, to: id, influence: kind.value(), strength: Number(strength.value()),
      both_ways: both.value() !== "",
    }, seen);
  };
  return formOf(desk, { key, fields: [to, kind, strength, both], save });
}

export function tiesPart(desk: Desk, position: Position): HTMLElement | null {
  const { document } = desk.room;
  const seats = seatsOf(document);
  const person = mainHolder(position)?.person;
  const lines = (document.lines ?? []).filter((one) => one.from === position.id || one.to === position.id);
  const ties = (document.influences ?? []).filter((one) => one.from === person || one.to === person);
  if (!desk.mayEdit && !lines.length && !ties.length) return null;
  const list = make("ul", "chart-plain-list");
  list.append(...lines.map((one) => lineItem(desk, position, one)));
  if (person !== undefined) list.append(...ties.map((one) => tieItem(desk, person, one, seats)));
  const lineKey = `line-${position.id}`;
  const tieKey = `tie-${person}`;
  const row = make("div", "button-row");
  const openers = [
    opener(desk, lineKey, say("drawLine"), "plus-lg", () => lineForm(desk, position, lineKey)),
    person === undefined ? null : opener(desk, tieKey, say("drawTie"), "plus-lg", () => tieForm(desk, person, tieKey)),
  ];
  row.append(...openers.filter((one) => one !== null));
  return section(say("tiesPart"), list, row);
}
