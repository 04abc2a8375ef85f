"""When a change is taken back, nothing may be left without the position or person it needs."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from dossiers.facts.models import NEVER, Change, Dated
from dossiers.facts.periods import Period
from dossiers.facts.writing import in_parts
from dossiers.people.kinds import NameKind
from dossiers.people.models import Employment, PersonName, PositionFact, SideLine, SolidLine
from wiki.errors import Clash

_Column = InstrumentedAttribute[Any]
_HOOKS: tuple[tuple[type[Dated], tuple[_Column, ...]], ...] = (
    (SolidLine, (SolidLine.from_position_id, SolidLine.to_position_id)),
    (SideLine, (SideLine.from_position_id, SideLine.to_position_id)),
    (Employment, (Employment.position_id,)),
)


class _Hung(NamedTuple):
    """A row that needs a position on all its days; `is_own` when the undo itself opened it."""

    position_id: int
    days: Period
    is_own: bool


def check_nothing_hangs(session: Session, undo: Change) -> None:
    """Raise `Clash` when an undo leaves something on a day without what it hangs on.

    A line or a holder needs the position, somebody who works at the client needs a name.
    """
    _check_names(session, undo)
    hung = [one for table, hooks in _HOOKS for one in _hung(session, undo, table, hooks)]
    stands = _stands(session, {one.position_id for one in hung})
    for one in hung:
        if not any(one.days.with_(days) == one.days for days in stands[one.position_id]):
            raise _needs_what_is_gone() if one.is_own else _is_built_upon()


def _hung(
    session: Session, undo: Change, table: type[Dated], hooks: tuple[_Column, ...]
) -> Iterator[_Hung]:
    """What the undo opened, and what stands on positions that it changed."""
    changed = select(PositionFact.position_id).where(PositionFact.superseded_in == undo.id)
    rows = session.execute(
        select(table.change_id, table.valid_from, table.valid_to, *hooks).where(
            table.superseded_at == NEVER,
            or_(table.change_id == undo.id, *(hook.in_(changed) for hook in hooks)),
        )
    )
    for change_id, start, end, *positions in rows:
        for position in positions:
            if position is not None:
                yield _Hung(position, Period(start, end), change_id == undo.id)


def _stands(session: Session, positions: Iterable[int]) -> dict[int, list[Period]]:
    """The stretches of days on which each position is there, put together where they touch."""
    found: dict[int, list[Period]] = {position: [] for position in positions}
    for some in in_parts(found):
        rows = session.execute(
            select(PositionFact.position_id, PositionFact.valid_from, PositionFact.valid_to)
            .where(PositionFact.position_id.in_(some), PositionFact.superseded_at == NEVER)
            .order_by(PositionFact.valid_from)
        )
        for position, start, end in rows:
            _append(found[position], Period(start, end))
    return found


def _check_names(session: Session, undo: Change) -> None:
    gone = select(PersonName.person_id).where(PersonName.superseded_in == undo.id)
    named = exists().where(
        PersonName.person_id == Employment.person_id,
        PersonName.kind == NameKind.FULL,
        PersonName.superseded_at == NEVER,
    )
    works = exists().where(
        Employment.person_id.in_(gone), Employment.superseded_at == NEVER, ~named
    )
    if session.scalar(select(works)):
        raise Clash(
            "More has been written down about where this person works, so the person cannot be "
            "taken back. Nothing was changed. Take the newer change back first, or end their "
            "employment."
        )


def _append(stretches: list[Period], days: Period) -> None:
    if stretches and stretches[-1].end == days.start:
        days = Period(stretches.pop().start, days.end)
    stretches.append(days)


def _is_built_upon() -> Clash:
    return Clash(
        "Others have built on this position since, so it cannot be taken back as it was. "
        "Nothing was changed. Remove the position instead; then you are asked what becomes "
        "of its reports."
    )


def _needs_what_is_gone() -> Clash:
    return Clash(
        "This cannot be taken back, because a position that it needs is no longer there on all "
        "those days. Nothing was changed. Take the removal of that position back first, or write "
        "down anew what is right."
    )
