// The part of the panel about who holds the position: role in decisions, attitude, weight, motive, our people.

import { make } from "../dom";
import { type Desk, formOf, link, opener, saved, section } from "./desk";
import type { Contact, Holder, Position } from "./document";
import { chips, selectField } from "./fields";
import { ago, dayInWords, say, term, terms } from "./wording";

export const ASPECTS = ["role", "attitude", "power", "orientation"] as const;
export type Aspect = (typeof ASPECTS)[number];

export function valuesOf(holder: Holder, aspect: Aspect): string[] {
  if (aspect === "role") return holder.roles ?? [];
  const value = holder[aspect];
  return value ? [value] : [];
}

/** Pressing a chip that is pressed takes the judgement back. */
export function judgement(desk: Desk, holder: Holder, aspect: Aspect, asked = false): HTMLElement {
  const deal = desk.editing.moment.deal;
  const act = (value: string, on: boolean): void => {
    const kind = on ? "judge" : "unjudge";
    void saved(desk, { kind, person: holder.person, aspect, value, ...(deal ? { deal } : {}) });
  };
  const words = say(`aspect.${aspect}`);
  if (aspect !== "role" || asked) return chips(words, terms(aspect), valuesOf(holder, aspect), act, !desk.mayEdit);
  return roleChips(desk, holder, words, act);
}

/** Those that are set, and all others behind one button. */
function roleChips(desk: Desk, holder: Holder, words: string, act: (code: string, on: boolean) => void): HTMLElement {
  const set = holder.roles ?? [];
  const box = make("div", "chart-roles");
  if (set.length) box.append(chips(words, set.map((code) => [code, term("role", code)]), set, act, !desk.mayEdit));
  if (!desk.mayEdit) return box;
  const more = make("details", "chart-more");
  more.dataset["opened"] = `roles-${holder.person}`;
  more.append(make("summary", "", say(set.length ? "roleMore" : "roleChoose")));
  more.append(chips(words, terms("role").filter(([code]) => !set.includes(code)), [], act));
  box.append(more);
  return box;
}

/** How well I myself know them. */
export function ownContact(desk: Desk, holder: Holder): HTMLElement {
  const own = holder.coverage?.find((one) => one.user === desk.me.id);
  return chips(say("myContact"), terms("coverage"), own ? [own.coverage] : [], (coverage) => {
    const level = own?.level ? { level: own.level } : {};
    void saved(desk, { kind: "acquaint", user: desk.me.id, person: holder.person, coverage, ...level });
  }, !desk.mayEdit);
}

function contactLine(contact: Contact): HTMLElement {
  const level = contact.level ? `, ${term("level", contact.level)}` : "";
  return make("li", "", `${contact.name}: ${term("coverage", contact.coverage)}${level}`);
}

function knownBy(desk: Desk, holder: Holder, skip: boolean): HTMLElement {
  const box = make("div", "chart-known");
  const list = make("ul", "chart-plain-list");
  list.append(...(holder.coverage ?? []).map(contactLine));
  if (!holder.coverage?.length) list.append(make("li", "quiet", say("nobodyKnows")));
  box.append(list);
  if (!skip && desk.mayEdit) box.append(make("span", "chart-row-name", say("myContact")), ownContact(desk, holder));
  return box;
}

function headOf(desk: Desk, holder: Holder): HTMLElement {
  const head = make("p", "chart-holder-head");
  const name = link(`/persons/${holder.person}?client=${desk.client}`, holder.name);
  name.className = "chart-holder-name";
  head.append(name);
  const marks = [holder.acting && "acting", holder.additional && "additional", holder.guess && "guess"];
  for (const mark of marks) if (mark) head.append(make("span", `badge-${mark === "acting" ? "warning" : "neutral"}`, say(mark)));
  return head;
}

function sourceOf(holder: Holder): HTMLElement {
  const since = holder.since ? say("since", { day: dayInWords(holder.since) }) : say("sinceUnknown");
  const from = holder.source ? term("source", holder.source) : "";
  return make("p", "quiet", [since, say("knownFrom", { source: from }), ago(holder.age)].join(" · "));
}

function endForm(desk: Desk, position: Position, holder: Holder, key: string): HTMLFormElement {
  const reason = selectField(say("endReason"), terms("reason"));
  return formOf(desk, {
    key, fields: [reason], words: say("endSave"),
    save: (seen) => saved(desk, {
      kind: "end_employment", position: position.id, person: holder.person, reason: reason.value(),
    }, seen),
  });
}

/** One who holds the position; what is asked at the head of the panel is not asked here again. */
export function holderPart(desk: Desk, position: Position, holder: Holder, asked: string): HTMLElement {
  const box = section(say("holderPart"), headOf(desk, holder), sourceOf(holder));
  for (const aspect of ASPECTS) {
    if (asked === aspect) continue;
    const row = make("div", "chart-judgement");
    const ofDeal = holder.ofDeal?.includes(aspect) ? ` (${say("ofDeal")})` : "";
    row.append(make("span", "chart-row-name", say(`aspect.${aspect}`) + ofDeal), judgement(desk, holder, aspect));
    box.append(row);
  }
  box.append(make("span", "chart-row-name", say("ourPeople")), knownBy(desk, holder, asked === "coverage"));
  const key = `end-${position.id}-${holder.person}`;
  const end = opener(desk, key, say("noLonger"), "person-x", () => endForm(desk, position, holder, key));
  if (end) box.append(end);
  return box;
}

