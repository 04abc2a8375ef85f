"""What a file of contacts would do for one person now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dossiers.clients.rules import may_edit
from dossiers.interactions.contacts.fields import Field
from dossiers.interactions.importing.entries import Entry, EntryReader
from dossiers.interactions.importing.known import (
    ContactKey,
    Home,
    Homes,
    colleagues_known,
    dossiers_known,
    homes_called,
    people_known,
    texts_known,
)
from dossiers.interactions.importing.showing import differences_of, name_of
from dossiers.interactions.importing.taking import Taker
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Refusal
from wiki.lists.plans import Chosen, Fate, Plan, Thing
from wiki.lists.said import CellRefusal
from wiki.lists.sheets import Sheet
from wiki.pages.content import one_line

_Told = tuple[Home, list[Entry]]


def plan_contacts(session: Session, actor: Actor, sheet: Sheet, chosen: Chosen) -> Plan:
    """What the file would do; a contact that is written down already stays as it is."""
    plan, zone = Plan(len(sheet.rows)), ZoneInfo(actor.time_zone)
    entries = list(_entries(plan, EntryReader(sheet, chosen, zone, clock.now()), sheet))
    homes = homes_called(session, actor, {entry.client for entry in entries})
    column = chosen.columns.get(Field.CLIENT, "")
    told = _gathered(plan, actor, homes, entries, column)
    dossiers = dossiers_known(session, (client_id for client_id, _number in told))
    known = texts_known(session, dossiers, told)
    people, colleagues = people_known(session, dossiers), colleagues_known(session)
    taker = Taker(people, colleagues, chosen, actor.id)
    for key, (home, group) in told.items():
        _add(plan, taker, zone, home, group, known.get(key))
    plan.things.sort(key=lambda thing: thing.rows)
    return plan


def _entries(plan: Plan, reader: EntryReader, sheet: Sheet) -> Iterator[Entry]:
    for row in sheet.rows:
        try:
            yield reader.entry(row)
        except Refusal as refusal:
            plan.refuse((row.number,), refusal)


def _gathered(
    plan: Plan, actor: Actor, homes: Homes, entries: Iterable[Entry], column: str
) -> Mapping[ContactKey, _Told]:
    """The rows of each contact: several may tell of one, each with another promise."""
    found: dict[ContactKey, _Told] = {}
    for entry in entries:
        try:
            home = _home(actor, homes[entry.client], entry.client)
        except Refusal as refusal:
            plan.refuse((entry.row,), CellRefusal(column, refusal))
            continue
        _home_of, group = found.setdefault((home.id, entry.number), (home, []))
        if group and not entry.says_same(group[0]):
            plan.refuse((entry.row,), _differs(group[0]))
        else:
            group.append(entry)
    return found


def _home(actor: Actor, homes: Sequence[Home], text: str) -> Home:
    if not homes:
        raise Refusal(
            "There is no client called “%(name)s”. Write the client down first, or mend the name.",
            name=text[:100],
        )
    if len(homes) > 1:
        raise Refusal(
            "There is not just one client called “%(name)s”. Write its tax number or its address "
            "instead, like /clients/12.",
            name=text[:100],
        )
    if not may_edit(actor, homes[0].team_id):
        raise Refusal(
            "You may read the dossier of “%(name)s” but not write in it.", name=homes[0].name[:100]
        )
    return homes[0]


def _add(
    plan: Plan, taker: Taker, zone: ZoneInfo, home: Home, group: list[Entry], known: str | None
) -> None:
    first, rows = group[0], tuple(entry.row for entry in group)
    name, url = name_of(first, home.name, zone), f"/clients/{home.id}/contacts"
    for entry in group:
        for remark in entry.remarks:
            plan.remark(entry.row, remark)
    if known is not None:
        if not one_line(known).startswith(one_line(first.text)):
            plan.remark(first.row, _stays())
        plan.things.append(Thing(name, rows, Fate.SAME, url=url))
        return
    promised = tuple(dict.fromkeys(one for entry in group for one in entry.promised))
    try:
        wish, remarks = taker.wish(home, replace(first, promised=promised))
    except Refusal as refusal:
        plan.refuse(rows, refusal)
        return
    for remark in remarks:
        plan.remark(first.row, remark)
    plan.things.append(Thing(name, rows, Fate.NEW, differences_of(first, wish), url, wish))


def _differs(first: Entry) -> Refusal:
    return Refusal(
        "The row has the number of the contact of row %(row)d and says something else. Only what "
        "that row says went in.",
        row=first.row,
    )


def _stays() -> Refusal:
    return Refusal(
        "The log has this contact in other words. It was left as it is; correct it there if the "
        "file is right."
    )
