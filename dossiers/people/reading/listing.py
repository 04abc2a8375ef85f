"""Everybody at a client as rows of a list."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from dossiers.facts.asking import Moment, true_on
from dossiers.facts.models import NEVER
from dossiers.people.chart.snapshot import Acquaintance
from dossiers.people.kinds import Aspect, ContactStanding, Coverage
from dossiers.people.models import Employment, Person
from dossiers.people.reading.judged import Judged, acquaintances_at, judged_at
from dossiers.people.reading.places import Place, next_place, places_of
from dossiers.people.reading.reached import Contact, contacts_of
from wiki.accounts.actor import Actor
from wiki.rendering.titles import fold_title

AT_ONCE = 50


class Show(StrEnum):
    """Which people a list shows."""

    NOW = "now"
    FORMER = "former"
    ALL = "all"


@dataclass(frozen=True)
class PersonRow:
    """One person at a client: `places` there, and `went_to`, another client that comes next."""

    id: int
    name: str
    places: Sequence[Place]
    is_here: bool
    went_to: Place | None
    judged: Sequence[Judged]
    contacts: Sequence[Contact]
    acquaintances: Sequence[Acquaintance]

    def values(self, aspect: Aspect) -> list[str]:
        """The codes of what is thought of them at the client as a whole."""
        return [one.value for one in self.judged if one.aspect == aspect and not one.deal]


@dataclass(frozen=True)
class PeoplePage:
    """One part of the list; `total` is the number of all who fit."""

    rows: Sequence[PersonRow]
    total: int
    number: int = 1
    shown: Show = Show.NOW
    typed: str = ""
    counts: dict[Show, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """The number of parts."""
        return max(1, -(-self.total // AT_ONCE))

    @property
    def has_previous(self) -> bool:
        """Whether something stands before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether something follows."""
        return self.number < self.count


def people_at(
    session: Session, actor: Actor, client_id: int, day: date, page: PeoplePage
) -> PeoplePage:
    """The asked part of the list, by name, in a constant number of statements."""
    known = _known(client_id)
    counts = _counts(session, known, client_id, day)
    fitting = _fitting(known, client_id, day, page)
    total = session.scalar(select(func.count()).select_from(fitting.subquery())) or 0
    part = fitting.order_by(Person.name_folded, Person.id)
    some = session.execute(part.limit(AT_ONCE).offset((page.number - 1) * AT_ONCE)).all()
    rows = _rows(session, actor, client_id, day, [(row.id, row.name) for row in some])
    return PeoplePage(rows, total, page.number, page.shown, page.typed, counts)


def _known(client_id: int) -> Select[int, str]:
    """Everybody who ever worked there, as we believe now."""
    return select(Person.id, Person.name).where(Person.merged_into_id.is_(None), _works(client_id))


def _works(client_id: int, *when: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        Employment.person_id == Person.id,
        Employment.client_id == client_id,
        Employment.superseded_at == NEVER,
        *when,
    )


def _counts(
    session: Session, known: Select[int, str], client_id: int, day: date
) -> dict[Show, int]:
    here = _works(client_id, true_on(Employment, day)).label("here")
    people = known.add_columns(here).subquery()
    wanted = select(people.c.here, func.count()).group_by(people.c.here)
    by_place = {bool(present): number for present, number in session.execute(wanted)}
    now, former = by_place.get(True, 0), by_place.get(False, 0)
    return {Show.NOW: now, Show.FORMER: former, Show.ALL: now + former}


def _fitting(
    known: Select[int, str], client_id: int, day: date, page: PeoplePage
) -> Select[int, str]:
    for word in fold_title(page.typed).split():
        known = known.where(Person.name_folded.contains(word, autoescape=True))
    present = _works(client_id, true_on(Employment, day))
    if page.shown is Show.NOW:
        return known.where(present)
    return known.where(~present) if page.shown is Show.FORMER else known


def _rows(
    session: Session, actor: Actor, client_id: int, day: date, people: Sequence[tuple[int, str]]
) -> list[PersonRow]:
    idents = [ident for ident, _name in people]
    places = places_of(session, actor, idents, day)
    judged = judged_at(session, client_id, idents, Moment(day))
    contacts = contacts_of(session, actor, idents, day)
    ours = acquaintances_at(session, client_id, idents, Moment(day))
    rows = []
    for ident, name in people:
        here, is_here, went_to = _places_here(places.get(ident, []), client_id, day)
        reached = [c for c in contacts.get(ident, ()) if c.standing is not ContactStanding.OLD]
        known = [one for one in ours.get(ident, ()) if one.coverage is not Coverage.NONE]
        opinions = judged.get(ident, [])
        rows.append(PersonRow(ident, name, here, is_here, went_to, opinions, reached, known))
    return rows


def _places_here(
    places: Sequence[Place], client_id: int, day: date
) -> tuple[list[Place], bool, Place | None]:
    """The present places at the client, else the last one and where the person went from there."""
    here = [place for place in places if place.client_id == client_id]
    present = [place for place in here if place.is_on(day)]
    if present or not here:
        return present, bool(present), None
    return here[:1], False, next_place(places, here[0])
