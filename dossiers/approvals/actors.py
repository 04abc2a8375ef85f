"""Who acts at the steps of a path on a day: the positions it names, and who holds them then."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.queries import dossier_ids
from dossiers.facts.asking import Moment
from dossiers.facts.models import NEVER
from dossiers.people.chart.snapshot import Holder
from dossiers.people.models import PositionFact
from dossiers.people.reading.known import holders_at


@dataclass(frozen=True, slots=True)
class ActorSeat:
    """A position as a step sees it on a day; whoever only acts stands last among its holders.

    A position that does not stand in the chart on that day is gone; it has its last title then,
    and `gone_since` is the first day without it (`None` for one that comes later).
    """

    id: int
    title: str
    unit: str = ""
    is_known: bool = True
    is_gone: bool = False
    holders: tuple[Holder, ...] = ()
    gone_since: date | None = None

    @property
    def is_vacant(self) -> bool:
        """Whether we know the position and know that nobody holds it."""
        return self.is_known and not self.is_gone and not self.holders

    @property
    def is_unknown(self) -> bool:
        """Whether nobody of ours knows who acts there."""
        return not self.is_known and not self.is_gone and not self.holders

    @property
    def holder(self) -> Holder | None:
        """The one who acts: who holds the position, else who stands in for the holder."""
        return self.holders[0] if self.holders else None


def actors_on(
    session: Session, client_id: int, position_ids: Collection[int], moment: Moment
) -> Mapping[int, ActorSeat]:
    """The positions by their numbers, in two statements, whatever the size of the chart.

    Every number that was asked for is answered: one that never stood in this dossier is gone and
    has no title. The caller has found the client with `client_visible_to`.
    """
    wanted = sorted(set(position_ids))
    if not wanted:
        return {}
    rows = _rows(session, client_id, wanted, moment)
    holders = holders_at(session, [row[0] for row in rows.values() if _stands(row, moment)], moment)
    return {ident: _seat(ident, rows.get(ident), holders, moment) for ident in wanted}


_Row = Sequence[Any]


def _rows(
    session: Session, client_id: int, wanted: Sequence[int], moment: Moment
) -> Mapping[int, _Row]:
    """What is said of each position on the day, else what was said last."""
    said = select(
        PositionFact.position_id,
        PositionFact.title,
        PositionFact.unit,
        PositionFact.is_known,
        PositionFact.valid_from,
        PositionFact.valid_to,
        PositionFact.recorded_at,
        PositionFact.superseded_at,
    ).where(
        PositionFact.position_id.in_(wanted),
        PositionFact.client_id.in_(dossier_ids(client_id)),
        PositionFact.recorded_at <= (moment.known or NEVER),
    )
    rows = session.execute(said.order_by(PositionFact.valid_from, PositionFact.id)).all()
    ranked = sorted(rows, key=lambda row: (_stands(row, moment), row.superseded_at == NEVER))
    return {row.position_id: row for row in ranked}


def _stands(row: _Row, moment: Moment) -> bool:
    """Whether the row is about the moment's day, as we believed then."""
    start, end, recorded_at, superseded_at = row[4:]
    if not start <= moment.day < end:
        return False
    if moment.known is None:
        return bool(superseded_at == NEVER)
    return bool(recorded_at <= moment.known < superseded_at)


def _seat(
    ident: int, row: _Row | None, holders: Mapping[int, list[Holder]], moment: Moment
) -> ActorSeat:
    if row is None:
        return ActorSeat(ident, "", is_gone=True)
    title, unit, is_known = row[1:4]
    if not _stands(row, moment):
        end: date = row[5]
        since = end if end <= moment.day else None
        return ActorSeat(ident, title, unit, is_known, is_gone=True, gone_since=since)
    return ActorSeat(ident, title, unit, is_known, holders=tuple(holders.get(ident, ())))
