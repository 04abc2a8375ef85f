"""What a list of sellers would do in one source."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.applying.naming import key_of
from dossiers.deals.files.sources import checked_name
from dossiers.deals.models import DealOwner, DealSource
from dossiers.deals.sellers.entries import TEXTS, Entry, EntryReader, gathered, merged
from dossiers.deals.sellers.fields import FIELDS, Field
from dossiers.facts.writing import in_parts
from wiki.errors import Refusal
from wiki.lists.plans import WHOLE_FILE, Chosen, Difference, Fate, Plan, Thing
from wiki.lists.sheets import Sheet
from wiki.tables.slips import near_twins

SOURCE = "source"
_NOTHING = "—"
_MOST_SLIPS = 50


@dataclass(frozen=True, slots=True)
class Wish:
    """A seller as the list has it, and the row that is there; `said` leaves empty texts out."""

    source: str
    key: str
    owner_id: int | None
    said: Mapping[Field, str]


def source_called(session: Session, name: str) -> DealSource | None:
    """The source of that name, of whatever kind; `None` when it is to be made."""
    wanted = select(DealSource).where(DealSource.name == checked_name(name))
    return session.scalars(wanted).first()


def plan_sellers(session: Session, sheet: Sheet, chosen: Chosen) -> Plan:
    """What the list would do now."""
    plan, source = Plan(len(sheet.rows)), chosen.settings[SOURCE]
    entries = list(_entries(plan, sheet, chosen))
    owners = _owners(session, source_called(session, source), entries)
    groups: dict[int | str, list[Entry]] = {}
    for group, refusal in gathered(entries):
        rows = [row for entry in group for row in entry.rows]
        if refusal is not None:
            plan.refuse(rows, refusal)
            continue
        number = next((entry.seller_id for entry in group if entry.seller_id), "")
        owner = owners.get(key_of(number, "")) if number else None
        owner = owner or _called(group, owners)
        key: int | str = owner.id if owner else key_of(number, group[0].texts[Field.NAME])
        groups.setdefault(key, []).extend(group)
    by_id = {owner.id: owner for owner in owners.values()}
    for key, group in groups.items():
        _add(plan, source, key, group, by_id)
    plan.things.sort(key=lambda thing: thing.rows)
    plan.remarks += [(WHOLE_FILE, remark) for remark in _slips(entries)]
    return plan


def _entries(plan: Plan, sheet: Sheet, chosen: Chosen) -> Iterator[Entry]:
    reader = EntryReader(sheet, chosen)
    for row in sheet.rows:
        try:
            yield reader.entry(row)
        except Refusal as refusal:
            plan.refuse((row.number,), refusal)


def _owners(
    session: Session, source: DealSource | None, entries: Iterable[Entry]
) -> Mapping[str, DealOwner]:
    """The rows of the source that may be meant, by key."""
    found: dict[str, DealOwner] = {}
    if source is None:
        return found
    keys = {key_of(entry.seller_id, "") for entry in entries if entry.seller_id}
    keys |= {entry.folded for entry in entries if entry.folded}
    for some in in_parts(sorted(keys)):
        wanted = select(DealOwner).where(DealOwner.source_id == source.id, DealOwner.key.in_(some))
        found |= {owner.key: owner for owner in session.scalars(wanted)}
    return found


def _called(group: Iterable[Entry], owners: Mapping[str, DealOwner]) -> DealOwner | None:
    """The seller whom deals without numbers have made known by name."""
    found = {owners[e.folded].id: owners[e.folded] for e in group if e.folded in owners}
    return next(iter(found.values())) if len(found) == 1 else None


def _add(
    plan: Plan,
    source: str,
    key: int | str,
    group: list[Entry],
    owners: Mapping[int, DealOwner],
) -> None:
    try:
        entry = merged(group)
    except Refusal as refusal:
        plan.refuse([row for one in group for row in one.rows], refusal)
        return
    owner = owners[key] if isinstance(key, int) else None
    said = {name: entry.texts[name] for name in TEXTS if entry.texts[name]}
    differences = list(_differences(owner, said))
    fate = Fate.NEW if owner is None else Fate.CHANGED if differences else Fate.SAME
    wish = Wish(source, owner.key if owner else str(key), owner.id if owner else None, said)
    name = said.get(Field.NAME) or (owner.name if owner else entry.seller_id)
    plan.things.append(Thing(name, entry.rows, fate, differences, "", wish))


def _differences(owner: DealOwner | None, said: Mapping[Field, str]) -> Iterator[Difference]:
    for name, text in said.items():
        before = getattr(owner, name) if owner is not None else ""
        if before != text:
            yield Difference(FIELDS[name].name, before or _NOTHING, text)


def _slips(entries: Iterable[Entry]) -> list[Refusal]:
    entries = list(entries)
    counted = (
        Counter(entry.texts[name] for entry in entries if entry.texts[name])
        for name in (Field.NAME, Field.MANAGER, Field.OFFICE)
    )
    pairs = chain.from_iterable(near_twins(counts) for counts in counted)
    return [_slip(*pair) for pair in list(pairs)[:_MOST_SLIPS]]


def _slip(rarer: str, other: str) -> Refusal:
    return Refusal(
        "“%(rarer)s” looks like “%(other)s”. Both were kept as they are.",
        rarer=rarer[:100],
        other=other[:100],
    )
