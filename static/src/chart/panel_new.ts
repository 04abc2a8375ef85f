// A new position: under a manager or at the top, with or without somebody who holds it.

import { make } from "../dom";
import { type Desk } from "./desk";
import { checkField, lookupField, selectField, textField } from "./fields";
import { smallForm } from "./forms";
import { nameOf } from "./moving";
import { offerPeople, unitsOf } from "./offers";
import { TOP } from "./tree";
import { say, terms } from "./wording";

export function newPositionPart(desk: Desk, manager: number, done: (made: number) => void): HTMLElement {
  const box = make("section", "chart-part");
  const under = manager === TOP ? say("newAtTop") : say("newUnder", { name: nameOf(desk.room, manager) });
  box.append(make("p", "quiet", under), form(desk, manager, done));
  return box;
}

function form(desk: Desk, manager: number, done: (made: number) => void): HTMLFormElement {
  const offer = offerPeople(desk.room);
  const title = textField(say("title"));
  const who = lookupField(say("personNameOptional"), offer, say("personNameHelp"));
  const unit = textField(say("unit"), desk.room.tree.get(manager)?.unit, { known: unitsOf(desk.room) });
  const kind = selectField(say("kind"), terms("kind"), "member");
  const acting = checkField(say("actingField"));
  title.input.required = true;
  let made = 0;
  const save = async (): Promise<boolean> => {
    const typed = who.value();
    const known = who.id() || offer(typed).find((one) => one.words === typed)?.id;
    const person = known ? { person: known } : typed ? { name: typed } : {};
    const answer = await desk.editing.save({
      kind: "add_position", manager: manager === TOP ? null : manager, title: title.value(), unit: unit.value(),
      position_kind: kind.value(), acting: acting.value() !== "", ...person,
    });
    made = answer?.position ?? 0;
    return answer !== null;
  };
  const key = `new-${desk.client}-${manager}`;
  const seen = (): number => desk.editing.seenChange;
  return smallForm({ key, fields: [title, who, unit, kind, acting], save, seen, done: () => done(made), words: say("add") });
}
