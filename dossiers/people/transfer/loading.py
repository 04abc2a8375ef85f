"""Reading what a plan is made from, in a constant number of statements."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from dossiers.clients.changes import newest_change
from dossiers.facts.asking import Moment, at, believed, true_on
from dossiers.facts.models import Change, Confidence, Source
from dossiers.people.chart.queries import chart_of, seats_of
from dossiers.people.chart.snapshot import Chart, Seat
from dossiers.people.chart.snapshot import Known as KnownFact
from dossiers.people.kinds import ContactKind, ContactStanding, NameKind, PositionKind
from dossiers.people.models import Employment, Person, PersonContact, PersonName, PositionFact
from dossiers.people.transfer.absent import Absent
from dossiers.people.transfer.ground import Ground, Known

IMPORT = "import people"


def ground_of(session: Session, client_id: int, day: date) -> Ground:
    """What is known of the client on that day; the caller has checked that it may be seen."""
    chart = chart_of(session, client_id, Moment(day))
    return Ground(
        chart=chart,
        others=tuple(_others(session, client_id, chart)),
        people=tuple(_people(session, client_id, day)),
        change=newest_change(session, client_id),
    )


def _others(session: Session, client_id: int, chart: Chart) -> Iterable[Seat]:
    """Positions of other days: as on the next day that brings one, else as they last were."""
    later = select(func.min(PositionFact.valid_from)).where(
        PositionFact.client_id == client_id, believed(PositionFact),
        PositionFact.valid_from > chart.day,
    )  # fmt: skip
    next_day = session.scalar(later)
    found: dict[int, Seat] = {}
    if next_day is not None:
        found |= seats_of(session, client_id, Moment(next_day)).seats
    for seat in _bare_seats(session, client_id):
        found.setdefault(seat.id, seat)
    return (seat for ident, seat in found.items() if ident not in chart.seats)


def _bare_seats(session: Session, client_id: int) -> Iterable[Seat]:
    table = PositionFact
    columns = (
        table.position_id, table.title, table.unit, table.kind, table.code, table.is_known,
        table.rank, table.source, table.confidence, table.valid_from, table.learned_on,
    )  # fmt: skip
    wanted = select(*columns).where(table.client_id == client_id, believed(table))
    for row in session.execute(wanted.order_by(table.valid_from.desc())):
        known = KnownFact(Source(row[7]), Confidence(row[8]), row[9], row[10])
        yield Seat(row[0], row[1], row[2], PositionKind(row[3]), row[4], row[5], row[6], known)


def _people(session: Session, client_id: int, day: date) -> Iterable[Known]:
    """Everybody who works or has worked there and was not merged into another."""
    here = _here(client_id, Person.id)
    names = session.execute(
        select(Person.id, Person.name).where(Person.merged_into_id.is_(None), here)
    )
    full, forms = _names(session, client_id, day)
    contacts = _contacts(session, client_id, day)
    for person_id, name in sorted((row[0], row[1]) for row in names):
        shown = full.get(person_id, name)
        yield Known(person_id, shown, frozenset(forms[person_id]), contacts.get(person_id, {}))


def _here(client_id: int, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    works = select(Employment.person_id).where(
        Employment.client_id == client_id, believed(Employment)
    )
    return column.in_(works)


def _names(
    session: Session, client_id: int, day: date
) -> tuple[dict[int, str], dict[int, set[str]]]:
    wanted = select(PersonName.person_id, PersonName.kind, PersonName.slot, PersonName.name)
    here = _here(client_id, PersonName.person_id)
    full: dict[int, str] = {}
    forms: dict[int, set[str]] = defaultdict(set)
    rows = session.execute(wanted.where(here, believed(PersonName), true_on(PersonName, day)))
    for person_id, kind, slot, name in rows:
        if kind is NameKind.FULL:
            full[person_id] = name
        else:
            forms[person_id].add(slot)
    return full, forms


_Contacts = dict[tuple[ContactKind, str], tuple[str, ContactStanding]]


def _contacts(session: Session, client_id: int, day: date) -> dict[int, _Contacts]:
    table = PersonContact
    columns = (table.person_id, table.kind, table.folded, table.value, table.standing)
    found: dict[int, _Contacts] = defaultdict(dict)
    rows = session.execute(
        select(*columns).where(table.client_id == client_id, at(table, Moment(day)))
    )
    for person_id, kind, folded, value, standing in rows:
        found[person_id][kind, folded] = (value, standing)
    return found


def next_whole_day(session: Session, client_id: int, day: date) -> date | None:
    """The day of the next file that was taken for the whole chart, and was not taken back."""
    days = (
        date.fromisoformat(words["on"])
        for words in _imports(session, client_id)
        if words.get("absent") == Absent.END
    )
    return min((found for found in days if found > day), default=None)


def absent_before(session: Session, client_id: int, digest: str) -> Absent | None:
    """What became of absent positions when the very same file was written before."""
    same = [w for w in _imports(session, client_id) if w.get("digest") == digest]
    return Absent(same[-1]["absent"]) if same else None


def _imports(session: Session, client_id: int) -> list[dict[str, Any]]:
    """What the imports of the client say of themselves, without those that were taken back."""
    undone = select(Change.undoes_id).where(Change.undoes_id.is_not(None))
    imports = select(Change.words).where(
        Change.client_id == client_id, Change.action == IMPORT, Change.id.not_in(undone)
    )
    return list(session.scalars(imports.order_by(Change.id)))
