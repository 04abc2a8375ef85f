"""Undo and redo of any change of a dossier's people."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.deeds import tell_change
from dossiers.clients.models import Assignment, CardFact
from dossiers.clients.services.settling import settle_card
from dossiers.facts.models import NEVER, Change, Dated
from dossiers.facts.periods import Period
from dossiers.facts.undoing import undo_change
from dossiers.people.editing.aftermath import settle
from dossiers.people.editing.cycles import check_no_cycle, check_whole_chart
from dossiers.people.editing.hanging import check_nothing_hangs
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.persons import refresh_name
from dossiers.people.editing.uses import tell_renamed
from dossiers.people.kinds import NameKind
from dossiers.people.models import (
    FACT_TABLES,
    Employment,
    Person,
    PersonName,
    PositionFact,
    SolidLine,
)
from wiki import clock
from wiki.errors import Missing
from wiki.outbox import changed_many

_TABLES: tuple[type[Dated], ...] = (*FACT_TABLES, CardFact, Assignment)
_MANY = 50


def take_back(pen: Pen, change_id: int) -> Change:
    """Take a change of this dossier back; the returned change taken back does it again.

    Raises `Missing`, `Clash` when newer changes stand on it, `Refusal` when the chart would break.
    """
    change = pen.session.get(Change, change_id)
    if change is None or change.client_id != pen.client.id:
        raise Missing("There is no such change in this dossier. Nothing was changed.")
    undo = undo_change(pen.session, pen.actor.id, change, _TABLES)
    _check_lines(pen.session, pen.client.id, undo)
    check_nothing_hangs(pen.session, undo)
    _refresh_people(pen.session, undo)
    settle_card(pen.session, pen.actor, pen.client, undo)
    settle(pen.session, pen.actor, undo)
    tell_change(pen.session, pen.actor, pen.client, undo)
    return undo


def _check_lines(session: Session, client_id: int, undo: Change) -> None:
    lines = session.scalars(select(SolidLine).where(SolidLine.change_id == undo.id)).all()
    if len(lines) > _MANY:
        check_whole_chart(session, client_id)
        return
    for line in lines:
        days = Period(line.valid_from, line.valid_to)
        check_no_cycle(session, line.from_position_id, line.to_position_id, days)


def _refresh_people(session: Session, undo: Change) -> None:
    """The present name of everybody whose names the undo touched, and their place in the search."""
    touched = _touched(session, undo)
    names = session.execute(
        select(PersonName.person_id, PersonName.name)
        .where(
            PersonName.person_id.in_(touched),
            PersonName.kind == NameKind.FULL,
            PersonName.superseded_at == NEVER,
            PersonName.valid_from <= clock.today(),
        )
        .order_by(PersonName.valid_from)
    )
    present = dict(names.all())
    for person in session.scalars(select(Person).where(Person.id.in_(present))):
        if person.name != present[person.id]:
            refresh_name(session, person, present[person.id])
    changed_many(session, "person", touched)
    mine = (PositionFact.change_id == undo.id) | (PositionFact.superseded_in == undo.id)
    renamed = select(PositionFact.position_id).where(mine).distinct()
    tell_renamed(session, session.scalars(renamed).all())


def _touched(session: Session, undo: Change) -> Sequence[int]:
    found: set[int] = set()
    for table in (PersonName, Employment):
        mine = (table.change_id == undo.id) | (table.superseded_in == undo.id)
        found.update(session.scalars(select(table.person_id).where(mine)))
    return sorted(found)
