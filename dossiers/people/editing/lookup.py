"""The positions and persons that a deed is about: they must belong to the dossier."""

from typing import Any

from sqlalchemy import exists, select

from dossiers.facts.models import NEVER
from dossiers.facts.periods import Period
from dossiers.people.editing.pen import Pen
from dossiers.people.models import Employment, Person, PositionFact
from wiki.errors import Missing, Refusal


def position_here(pen: Pen, position_id: int) -> dict[str, Any]:
    """What the position is on the pen's day.

    Raises `Missing` when the dossier has no such position, `Refusal` when not on that day.
    """
    found = pen.believed(PositionFact, position_id=position_id, client_id=pen.client.id)
    if found is not None:
        return dict(found)
    known = exists().where(
        PositionFact.position_id == position_id, PositionFact.client_id == pen.client.id
    )
    if not pen.session.scalar(select(known)):
        raise Missing("There is no such position in this dossier. Nothing was changed.")
    raise Refusal(
        "On %(day)s this position does not exist in the chart. Nothing was changed. "
        "Choose a day on which it exists.",
        day=pen.day.isoformat(),
    )


def days_of(pen: Pen, position_id: int) -> Period:
    """From the pen's day on, as long as the position is there; no day when it is not.

    Whatever hangs on a position cannot last longer.
    """
    rows = pen.session.execute(
        select(PositionFact.valid_from, PositionFact.valid_to)
        .where(
            PositionFact.position_id == position_id,
            PositionFact.superseded_at == NEVER,
            PositionFact.valid_to > pen.day,
        )
        .order_by(PositionFact.valid_from)
    )
    end = pen.day
    for first, last in rows:
        if first > end:
            break
        end = last
    return Period(pen.day, end)


def person_here(pen: Pen, person_id: int) -> Person:
    """The person. Raises `Missing` unless they ever worked at the dossier's client."""
    works = exists().where(
        Employment.person_id == person_id,
        Employment.client_id == pen.client.id,
        Employment.superseded_at == NEVER,
    )
    person = pen.session.scalar(select(Person).where(Person.id == person_id, works))
    if person is None:
        raise Missing("There is no such person in this dossier. Nothing was changed.")
    return person


def person_named(pen: Pen, name_folded: str) -> Person | None:
    """Somebody of that name who ever worked at the client and was not merged into another."""
    works = exists().where(
        Employment.person_id == Person.id,
        Employment.client_id == pen.client.id,
        Employment.superseded_at == NEVER,
    )
    wanted = select(Person).where(
        Person.name_folded == name_folded, Person.merged_into_id.is_(None), works
    )
    return pen.session.scalars(wanted.order_by(Person.id).limit(1)).first()
