"""Where people work and worked, at the clients that the reader may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.facts.models import FOREVER, NEVER
from dossiers.people.chart.snapshot import Known
from dossiers.people.kinds import EndReason
from dossiers.people.models import Employment, PositionFact
from dossiers.people.reading.known import known_columns, known_from
from wiki.accounts.actor import Actor


@dataclass(frozen=True)
class Place:
    """One employment; `title` is empty when the position is not known."""

    person_id: int
    client_id: int
    client: str
    position_id: int | None
    title: str
    main: bool
    acting: bool
    start: date
    end: date
    end_reason: EndReason | None
    note: str
    known: Known

    def is_on(self, day: date) -> bool:
        """Whether the person works there on that day."""
        return self.start <= day < self.end

    @property
    def has_end(self) -> bool:
        """Whether it is known to end."""
        return self.end < FOREVER


def places_of(
    session: Session, actor: Actor, person_ids: Sequence[int], today: date
) -> dict[int, list[Place]]:
    """By person all places at clients that the actor sees, the newest first; two statements."""
    wanted = (
        select(
            Employment.person_id,
            Employment.client_id,
            Client.name,
            Employment.position_id,
            Employment.main,
            Employment.acting,
            Employment.valid_from,
            Employment.valid_to,
            Employment.end_reason,
            Employment.note,
            *known_columns(Employment),
        )
        .join(Client, Client.id == Employment.client_id)
        .where(
            Employment.person_id.in_(person_ids),
            Employment.superseded_at == NEVER,
            Client.audience.in_(actor.audiences),
        )
        .order_by(
            Employment.valid_to.desc(),
            Employment.valid_from.desc(),
            Employment.acting,
            Employment.id.desc(),
        )
    )
    rows: Sequence[Sequence[Any]] = session.execute(wanted).all()
    titles = _titles(session, {row[3] for row in rows if row[3]})
    found: dict[int, list[Place]] = {}
    for row in rows:
        person, client, name, position, main, acting, start, end, reason, note = row[:10]
        title = _title_on(titles.get(position, ()), min(today, end - timedelta(1)))
        place = Place(
            person, client, name, position, title, main, acting, start, end,
            EndReason(reason) if reason else None, note, known_from(row),
        )  # fmt: skip
        found.setdefault(person, []).append(place)
    return found


_Called = Sequence[tuple[date, date, str]]


def _titles(session: Session, idents: set[int]) -> Mapping[int, _Called]:
    wanted = (
        select(
            PositionFact.position_id,
            PositionFact.valid_from,
            PositionFact.valid_to,
            PositionFact.title,
        )
        .where(PositionFact.position_id.in_(idents), PositionFact.superseded_at == NEVER)
        .order_by(PositionFact.valid_from)
    )
    found: dict[int, list[tuple[date, date, str]]] = {}
    for ident, start, end, title in session.execute(wanted):
        found.setdefault(ident, []).append((start, end, title))
    return found


def _title_on(called: _Called, day: date) -> str:
    """What the position was called on the day; else what it was called last."""
    for start, end, title in called:
        if start <= day < end:
            return title
    return called[-1][2] if called else ""


def next_place(places: Sequence[Place], place: Place) -> Place | None:
    """Where the person went from there, to another client that the reader sees."""
    later = [
        other
        for other in places
        if other.client_id != place.client_id and place.has_end and other.start >= place.end
    ]
    return min(later, key=lambda other: (other.start, other.position_id or 0), default=None)
