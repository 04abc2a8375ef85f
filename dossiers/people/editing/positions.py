"""Positions: adding, changing, moving under another manager, removing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, select

from dossiers.facts.models import NEVER, Change
from dossiers.facts.periods import Period, since
from dossiers.facts.writing import Fact, in_parts
from dossiers.people.editing.cycles import check_no_cycle
from dossiers.people.editing.lookup import days_of, position_here
from dossiers.people.editing.overtaking import check_not_overtaken
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.uses import (
    Instead,
    check_replaceable,
    replace_in_uses,
    tell_renamed,
)
from dossiers.people.kinds import EndReason, PositionKind
from dossiers.people.models import Employment, Position, PositionFact, SideLine, SolidLine
from dossiers.people.rules import LONGEST_CODE, LONGEST_TITLE, line_of, title_of
from wiki import clock
from wiki.errors import Refusal
from wiki.outbox import changed_many

REMOVED = "remove position"


@dataclass(frozen=True)
class Wanted:
    """What a position is to be; `is_known=False` says that only its place is known."""

    title: str
    unit: str = ""
    kind: PositionKind = PositionKind.MEMBER
    code: str = ""
    is_known: bool = True
    rank: int = 0

    def values(self) -> dict[str, object]:
        """The columns of a `PositionFact`. Raises `Refusal` for a text that cannot be."""
        return {
            "title": title_of(self.title),
            "unit": line_of(self.unit, LONGEST_TITLE),
            "kind": self.kind,
            "code": line_of(self.code, LONGEST_CODE),
            "is_known": self.is_known,
            "rank": self.rank,
        }


class Reports(StrEnum):
    """What becomes of the reports of a position that is removed."""

    LIFT = "lift"
    TOP = "top"
    BRANCH = "branch"


def add_position(pen: Pen, wanted: Wanted, manager_id: int | None) -> tuple[Change, int]:
    """A new position under a manager, or at the top; the change and the position's number."""
    values = wanted.values()
    manager = position_here(pen, manager_id)["title"] if manager_id else ""
    change = pen.begin("add position", position=values["title"], to=manager)
    position = Position(created_at=clock.now())
    pen.session.add(position)
    pen.session.flush()
    key = {"position_id": position.id}
    pen.write(change, PositionFact, Fact(key, values, since(pen.day)))
    if manager_id:
        line = {"from_position_id": position.id}, {"to_position_id": manager_id}
        pen.write(change, SolidLine, Fact(*line, days_of(pen, manager_id)))
    return change, position.id


def change_position(pen: Pen, position_id: int, wanted: Wanted) -> Change:
    """Another title, unit, kind or number from the pen's day on."""
    before = position_here(pen, position_id)
    check_not_overtaken(pen, PositionFact, position_id=position_id)
    values = wanted.values()
    change = pen.begin("change position", position=before["title"], to=values["title"])
    key = {"position_id": position_id}
    pen.write(change, PositionFact, Fact(key, values, pen.period(PositionFact, **key)))
    tell_renamed(pen.session, [position_id])
    return change


def wanted_now(pen: Pen, position_id: int) -> Wanted:
    """What the position is on the pen's day, to be changed with `dataclasses.replace`."""
    row = position_here(pen, position_id)
    names = ("title", "unit", "kind", "code", "is_known", "rank")
    return Wanted(**{name: row[name] for name in names})


def move_position(pen: Pen, position_id: int, manager_id: int | None) -> Change:
    """Let the position report to another manager, or to nobody, from the pen's day on.

    After the end of the manager's position, when that is known, all stays as it was. Raises
    `Refusal` when it would come to stand above itself on any day.
    """
    position = position_here(pen, position_id)
    manager = position_here(pen, manager_id)["title"] if manager_id else ""
    if manager_id == position_id:
        raise Refusal("A position cannot report to itself. Nothing was changed.")
    key = {"from_position_id": position_id}
    check_not_overtaken(pen, SolidLine, **key)
    period = pen.period(SolidLine, **key).with_(days_of(pen, position_id))
    if manager_id:
        period = period.with_(days_of(pen, manager_id))
        check_no_cycle(pen.session, position_id, manager_id, period)
    change = pen.begin("move position", position=position["title"], to=manager)
    values = {"to_position_id": manager_id} if manager_id else None
    pen.write(change, SolidLine, Fact(key, values, period))
    return change


def order_position(pen: Pen, position_id: int, rank: int) -> Change:
    """Draw the position before or after others under the same manager: smaller ranks first."""
    before = wanted_now(pen, position_id)
    change = pen.begin("order position", position=before.title)
    key = {"position_id": position_id}
    values = {**before.values(), "rank": max(-1_000_000, min(rank, 1_000_000))}
    pen.write(change, PositionFact, Fact(key, values, pen.period(PositionFact, **key)))
    return change


def remove_position(
    pen: Pen, position_id: int, reports: Reports = Reports.LIFT, instead: Instead | None = None
) -> Change:
    """End the position on the pen's day. Whoever holds it stays at the client without a place.

    Raises `InUse` when an approval path needs it and nobody said what acts `instead`.
    """
    position = position_here(pen, position_id)
    ended = [position_id]
    if reports is Reports.BRANCH:
        ended += _all_below(pen, position_id)
        check_not_overtaken(pen, SolidLine, from_position_id=ended)
    check_not_overtaken(pen, PositionFact, position_id=ended)
    check_replaceable(pen, ended, instead)
    change = pen.begin(REMOVED, position=position["title"], reports=reports.value)
    if reports is Reports.LIFT:
        _lift_reports(pen, change, position_id)
    end_positions(pen, change, ended)
    if instead:
        replace_in_uses(pen, change, ended, instead)
    return change


def reports_of(pen: Pen, managers: Sequence[int]) -> list[int]:
    """The positions that report to one of these on the pen's day."""
    wanted = select(SolidLine.from_position_id).where(
        SolidLine.to_position_id.in_(managers),
        SolidLine.superseded_at == NEVER,
        SolidLine.valid_from <= pen.day,
        SolidLine.valid_to > pen.day,
    )
    return sorted(pen.session.scalars(wanted))


def _all_below(pen: Pen, position_id: int) -> list[int]:
    found: dict[int, None] = {}
    level = [position_id]
    while level:
        below = [ident for some in in_parts(level) for ident in reports_of(pen, some)]
        level = [ident for ident in below if ident not in found]
        found |= dict.fromkeys(level)
    return list(found)


def _lift_reports(pen: Pen, change: Change, position_id: int) -> None:
    """Whoever would report to it on some day reports to its own manager of that day."""
    above = _lines(pen, SolidLine.from_position_id == position_id)
    below = _lines(pen, SolidLine.to_position_id == position_id)
    lifted = [
        Fact({"from_position_id": ident}, {"to_position_id": manager}, days.with_(when))
        for ident, _position, days in below
        for _position, manager, when in above
    ]
    pen.write(change, SolidLine, *lifted)


def _lines(pen: Pen, where: ColumnElement[bool]) -> list[tuple[int, int, Period]]:
    """Who reports to whom, on which days from the pen's day on."""
    columns = SolidLine.__table__.c
    rows = pen.session.connection().execute(
        select(
            columns.from_position_id, columns.to_position_id, columns.valid_from, columns.valid_to
        )
        .where(columns.superseded_at == NEVER, columns.valid_to > pen.day, where)
        .order_by(columns.from_position_id, columns.valid_from)
    )
    return [(one, other, Period(max(start, pen.day), end)) for one, other, start, end in rows]


def end_positions(pen: Pen, change: Change, idents: Sequence[int]) -> None:
    """End positions and all their lines under a change that has begun; holders lose the place."""
    gone = since(pen.day)
    pen.write(change, PositionFact, *(Fact({"position_id": i}, None, gone) for i in idents))
    pen.write(change, SolidLine, *(Fact({"from_position_id": i}, None, gone) for i in idents))
    _end_lines_to(pen, change, idents)
    _end_side_lines(pen, change, idents)
    _free_holders(pen, change, idents)


def _end_lines_to(pen: Pen, change: Change, idents: Sequence[int]) -> None:
    """Lines of positions that stay cannot lead to one that is gone."""
    for some in in_parts(idents):
        lines = _lines(pen, SolidLine.to_position_id.in_(some))
        facts = [Fact({"from_position_id": one}, None, days) for one, _to, days in lines]
        pen.write(change, SolidLine, *facts)


def _end_side_lines(pen: Pen, change: Change, idents: Sequence[int]) -> None:
    columns = SideLine.__table__.c
    for some in in_parts(idents):
        touched = columns.from_position_id.in_(some) | columns.to_position_id.in_(some)
        rows = pen.session.connection().execute(
            select(columns.from_position_id, columns.to_position_id, columns.kind)
            .where(touched, columns.superseded_at == NEVER, columns.valid_to > pen.day)
            .distinct()
        )
        keys = [dict(zip(SideLine.KEY, row, strict=True)) for row in rows]
        pen.write(change, SideLine, *(Fact(key, None, since(pen.day)) for key in keys))


_OF_HOLDER = (
    Employment.person_id,
    Employment.client_id,
    Employment.position_id,
    Employment.main,
    Employment.acting,
    Employment.valid_from,
    Employment.valid_to,
)


def _free_holders(pen: Pen, change: Change, idents: Sequence[int]) -> None:
    """The holders' employments end; they stay at the client, their position is not known."""
    for some in in_parts(idents):
        held = select(*_OF_HOLDER).where(
            Employment.position_id.in_(some),
            Employment.superseded_at == NEVER,
            Employment.valid_to > pen.day,
        )
        ordered = held.order_by(Employment.position_id, Employment.person_id, Employment.valid_from)
        rows = pen.session.execute(ordered).mappings().all()
        pen.write(change, Employment, *(fact for row in rows for fact in _freed(pen, row)))
        changed_many(pen.session, "person", sorted({row["person_id"] for row in rows}))


def _freed(pen: Pen, row: Mapping[Any, Any]) -> Iterator[Fact]:
    """What becomes of one employment: no longer held, without a place as long as it would last."""
    key = {name: row[name] for name in Employment.KEY}
    before = Period(row["valid_from"], pen.day)
    held = {"main": row["main"], "acting": row["acting"], "end_reason": EndReason.UNKNOWN}
    yield Fact(key, held, before)
    after = Period(max(row["valid_from"], pen.day), row["valid_to"])
    yield Fact(key, None, after)
    placeless = {"main": True, "acting": False, "end_reason": None}
    yield Fact({**key, "position_id": None}, placeless, after)
