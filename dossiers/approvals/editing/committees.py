"""Positions that may act at a step, and the whole committee when one of its seats is found."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.facts.asking import Moment, at
from dossiers.people.kinds import PositionKind
from dossiers.people.models import PositionFact
from dossiers.people.reading.choices import Choice, positions_on, suggested


class Body(NamedTuple):
    """A committee: what it is called, and its seats."""

    name: str
    seats: tuple[int, ...]


class Found(NamedTuple):
    """A position that fits what was typed, with the labels of all seats of its committee."""

    choice: Choice
    body: str
    committee: tuple[str, ...]


def seats_found(session: Session, client_id: int, day: date, typed: str) -> list[Found]:
    """The first positions of the day whose titles, holders or units fit, in three statements."""
    choices = {choice.id: choice for choice in positions_on(session, client_id, day)}
    bodies = _bodies(session, client_id, day)
    return [
        Found(choice, *_committee(bodies.get(choice.id), choices))
        for choice in suggested(choices.values(), typed)
    ]


def _committee(body: Body | None, choices: Mapping[int, Choice]) -> tuple[str, tuple[str, ...]]:
    if body is None or len(body.seats) < 2:
        return "", ()
    return body.name, tuple(choices[ident].label for ident in body.seats if ident in choices)


def _bodies(session: Session, client_id: int, day: date) -> Mapping[int, Body]:
    """The committee of each seat: those of one unit, or without a unit those of one title."""
    wanted = (
        select(PositionFact.position_id, PositionFact.unit, PositionFact.title)
        .where(PositionFact.client_id == client_id, at(PositionFact, Moment(day)))
        .where(PositionFact.kind == PositionKind.COMMITTEE)
        .order_by(PositionFact.position_id)
    )
    by_name: dict[str, list[int]] = {}
    for ident, unit, title in session.execute(wanted):
        by_name.setdefault(unit or title, []).append(ident)
    bodies = [Body(name, tuple(seats)) for name, seats in by_name.items()]
    return {ident: body for body in bodies for ident in body.seats}
