"""A plan for a chart written as dated facts, all tables in bulk."""

from collections.abc import Iterable, Mapping
from typing import Any

from dossiers.facts.models import Change, Dated
from dossiers.facts.periods import Period, since
from dossiers.facts.writing import Fact, Sheet
from dossiers.people.chart.foreseen import foreseen
from dossiers.people.chart.outline import Entry
from dossiers.people.chart.plan import Placing, Plan
from dossiers.people.chart.snapshot import Chart, Known, Seat
from dossiers.people.editing.cycles import check_no_cycle, check_whole_chart
from dossiers.people.editing.employments import end_one
from dossiers.people.editing.lookup import days_of
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.positions import end_positions
from dossiers.people.editing.uses import tell_renamed
from dossiers.people.kinds import EndReason, NameKind
from dossiers.people.models import (
    Employment,
    Person,
    PersonName,
    Position,
    PositionFact,
    SolidLine,
)
from wiki import clock
from wiki.outbox import changed_many
from wiki.rendering.titles import fold_title

_FEW_LINES = 50


def write_plan(pen: Pen, change: Change, plan: Plan, present: Chart) -> None:
    """Write all edits of the plan from the pen's day on.

    Raises `Refusal` when solid lines would form a circle on some day.
    """
    people = _new_people(pen, plan)
    numbered = plan.numbered(_new_positions(pen, plan), people)
    writer = _Writer(pen, numbered, present, frozenset(people.values()))
    writer.write(change)
    tell_renamed(pen.session, list(numbered.changed))
    touched = {one.person_id for one in numbered.placed}
    changed_many(pen.session, "person", touched | {person for _seat, person in plan.ended})


def _new_positions(pen: Pen, plan: Plan) -> dict[int, int]:
    rows = {ident: Position(created_at=clock.now()) for ident in plan.added}
    pen.session.add_all(rows.values())
    pen.session.flush()
    return {ident: row.id for ident, row in rows.items()}


def _new_people(pen: Pen, plan: Plan) -> dict[int, int]:
    rows = {
        ident: Person(name=name, name_folded=fold_title(name)[:250], created_at=clock.now())
        for ident, name in plan.newcomers.items()
    }
    pen.session.add_all(rows.values())
    pen.session.flush()
    return {ident: row.id for ident, row in rows.items()}


class _Writer:
    """Writes one plan in which everything new has got its number."""

    def __init__(self, pen: Pen, plan: Plan, present: Chart, newcomers: frozenset[int]) -> None:
        self._pen, self._plan, self._present = pen, plan, present
        self._newcomers = newcomers
        self._sheet = Sheet()

    def write(self, change: Change) -> None:
        """Write it all under the change."""
        self._say_positions()
        lines = self._draw_lines()
        self._name_newcomers()
        for placing in self._plan.placed:
            self._place(placing)
        self._sheet.write(self._pen.session, change, self._pen.evidence)
        self._end(change)
        if self._plan.removed:
            end_positions(self._pen, change, self._plan.removed)
        self._check(lines)

    def _period(self, table: type[Dated], is_new: bool, key: Mapping[str, Any]) -> Period:
        return since(self._pen.day) if is_new else self._pen.period(table, **key)

    def _while_there(self, period: Period, *positions: int | None) -> Period:
        """Of these days those on which the positions are there; new ones are from now on."""
        for position in positions:
            if position and position not in self._plan.added:
                period = period.with_(days_of(self._pen, position))
        return period

    def _say_positions(self) -> None:
        plan = self._plan
        for ident in dict.fromkeys([*plan.added, *plan.changed, *plan.ranks]):
            key = {"position_id": ident}
            period = self._period(PositionFact, ident in plan.added, key)
            self._sheet.add(PositionFact, Fact(key, self._values(ident), period))

    def _values(self, ident: int) -> dict[str, Any]:
        entry = self._plan.added.get(ident) or self._plan.changed.get(ident)
        seat = self._present.seats.get(ident)
        said: Entry | Seat | None = entry or seat
        assert said is not None
        return {
            "title": said.title,
            "unit": said.unit,
            "kind": said.kind,
            "is_known": said.is_known,
            "code": seat.code if seat else "",
            "rank": self._plan.ranks.get(ident, seat.rank if seat else 0),
        }

    def _draw_lines(self) -> list[tuple[int, int, Period]]:
        """The lines of positions that were there before, which might close a circle."""
        drawn = []
        for ident, manager in (self._plan.managers | self._plan.lifted).items():
            key, is_new = {"from_position_id": ident}, ident in self._plan.added
            period = self._while_there(self._period(SolidLine, is_new, key), ident, manager)
            values = {"to_position_id": manager} if manager else None
            self._sheet.add(SolidLine, Fact(key, values, period))
            if manager and not is_new:
                drawn.append((ident, manager, period))
        return drawn

    def _name_newcomers(self) -> None:
        for person in self._newcomers:
            key = {"person_id": person, "kind": NameKind.FULL, "slot": ""}
            self._sheet.add(PersonName, Fact(key, {"name": self._plan.names[person]}))

    def _place(self, one: Placing) -> None:
        key = self._employment(one.person_id, one.position_id)
        is_new = one.person_id in self._newcomers or one.position_id in self._plan.added
        period = self._while_there(self._period(Employment, is_new, key), one.position_id)
        values = {"main": one.main, "acting": one.acting, "end_reason": None}
        self._sheet.add(Employment, Fact(key, values, period))
        if one.person_id not in self._newcomers:
            # Whoever has a place is no longer one whose place nobody knows.
            unplaced = self._employment(one.person_id, None)
            self._sheet.add(Employment, Fact(unplaced, None, period))

    def _employment(self, person_id: int, position_id: int | None) -> dict[str, Any]:
        client_id = self._pen.client.id
        return {"person_id": person_id, "client_id": client_id, "position_id": position_id}

    def _end(self, change: Change) -> None:
        lost = self._placeless()
        for position, person in self._plan.ended:
            seat = self._present.seats.get(position)
            if seat and any(holder.person_id == person for holder in seat.holders):
                reason = EndReason.UNKNOWN if person in lost else EndReason.MOVED_INSIDE
                end_one(self._pen, change, person, position, reason)
        self._pen.write(change, Employment, *(self._stays(person) for person in sorted(lost)))

    def _placeless(self) -> set[int]:
        """Who loses the only place: they stay at the client; where, nobody knows yet."""
        pen = self._pen
        known = Known(pen.evidence.source, pen.evidence.confidence, pen.day, pen.day)
        after = foreseen(self._present, self._plan, known)
        there = {holder.person_id for holder in self._present.unplaced}
        return {holder.person_id for holder in after.unplaced} - there

    def _stays(self, person_id: int) -> Fact:
        key = self._employment(person_id, None)
        values = {"main": True, "acting": False, "end_reason": None}
        return Fact(key, values, self._pen.period(Employment, **key))

    def _check(self, lines: Iterable[tuple[int, int, Period]]) -> None:
        drawn = list(lines)
        if len(drawn) > _FEW_LINES:
            check_whole_chart(self._pen.session, self._pen.client.id)
            return
        for ident, manager, period in drawn:
            check_no_cycle(self._pen.session, ident, manager, period)
