"""Writing a plan: one change for the whole file, in bulk, checked before anything is written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from dossiers.facts.asking import believed
from dossiers.facts.models import FOREVER, Change, Dated, Source
from dossiers.facts.periods import Period
from dossiers.facts.writing import Evidence, Fact, Sheet
from dossiers.people.editing.cycles import check_whole_chart
from dossiers.people.editing.pen import Pen
from dossiers.people.models import (
    FACT_TABLES,
    Employment,
    Person,
    PersonName,
    Position,
    PositionFact,
    SideLine,
    SolidLine,
)
from dossiers.people.transfer.differences import Wish
from dossiers.people.transfer.loading import IMPORT, newest_change, next_whole_day
from dossiers.people.transfer.planning import Plan
from wiki import clock
from wiki.errors import Clash
from wiki.outbox import changed_many
from wiki.rendering.titles import fold_title

_POSITIONS = ("position_id", "from_position_id", "to_position_id")
_PEOPLE = ("person_id", "from_person_id", "to_person_id")


def apply_plan(pen: Pen, plan: Plan, file_name: str) -> Change | None:
    """Write the plan in the pen's dossier; `None` when everything is so already.

    Raises `Clash` when the dossier was changed after the plan was made, `Refusal` when lines would
    form a circle on a later day. Nothing is written then.
    """
    if newest_change(pen.session, pen.client.id) != plan.change:
        raise Clash(
            "The dossier was changed while you looked at this import. Nothing of it was written. "
            "Look at what it would do now, then write it."
        )
    if plan.changes_nothing:
        return None
    change = pen.begin(IMPORT, **_words(plan, file_name))
    idents = _Idents(_make_positions(pen.session, plan), _make_people(pen.session, plan))
    sheet = Sheet()
    periods = _Periods(pen.session, pen.client.id, plan)
    for table, fact in _in_order(plan.wishes):
        sheet.add(table, idents.real(replace(fact, period=periods.of(table, fact))))
    evidence = Evidence(Source.IMPORT, learned_on=plan.after.chart.day)
    sheet.write(pen.session, change, evidence)
    check_whole_chart(pen.session, pen.client.id)
    _tell(pen.session, plan, idents)
    return change


def _words(plan: Plan, file_name: str) -> dict[str, object]:
    return {
        "file": file_name,
        "on": plan.after.chart.day.isoformat(),
        "absent": plan.after.absent.value,
        "rows": len(plan.going),
        "refused": len(plan.refused),
    }


def _in_order(wishes: Iterable[Wish]) -> list[Wish]:
    order = {table: place for place, table in enumerate(FACT_TABLES)}
    return sorted(wishes, key=lambda wish: order[wish[0]])


def _make_positions(session: Session, plan: Plan) -> dict[int, int]:
    new = [ident for ident in plan.after.chart.seats if ident < 0]
    rows = [{"created_at": clock.now()} for _ident in new]
    return dict(zip(sorted(new, reverse=True), _inserted(session, Position, rows), strict=True))


def _make_people(session: Session, plan: Plan) -> dict[int, int]:
    names = dict(sorted(plan.after.new_names.items(), reverse=True))
    rows = [
        {"name": name, "name_folded": fold_title(name)[:250], "created_at": clock.now()}
        for name in names.values()
    ]
    return dict(zip(names, _inserted(session, Person, rows), strict=True))


def _inserted(
    session: Session, table: type[Position] | type[Person], rows: list[dict[str, Any]]
) -> list[int]:
    """The numbers of the new rows, in their order."""
    if not rows:
        return []
    wanted = insert(table).returning(table.id, sort_by_parameter_order=True)
    return list(session.scalars(wanted, rows))


@dataclass(frozen=True, slots=True)
class _Idents:
    """The numbers that new positions and people got."""

    positions: Mapping[int, int]
    people: Mapping[int, int]

    def real(self, fact: Fact) -> Fact:
        """The fact with real numbers in the place of those below zero."""
        values = None if fact.values is None else self._mapped(fact.values)
        return replace(fact, key=self._mapped(fact.key), values=values)

    def _mapped(self, columns: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._one(name, value) for name, value in columns.items()}

    def _one(self, name: str, value: Any) -> Any:
        if not isinstance(value, int) or value >= 0:
            return value
        if name in _POSITIONS:
            return self.positions[value]
        return self.people[value] if name in _PEOPLE else value


class _Periods:
    """How long facts hold: up to the next day for which something else is known.

    So a file about an earlier day leaves alone what is known of later ones. What is new and was
    not in the next file that was taken for the whole chart ends where that one begins.
    """

    def __init__(self, session: Session, client_id: int, plan: Plan) -> None:
        self._session, self._client_id = session, client_id
        self._day = plan.after.chart.day
        self._here = plan.before.seats.keys()
        self._whole = next_whole_day(session, client_id, self._day) or FOREVER
        self._next: dict[type[Dated], dict[tuple[Any, ...], date]] = {}
        self._places = self._later(Employment, ("position_id",))
        self._positions = self._later(PositionFact, ("position_id",))

    def of(self, table: type[Dated], fact: Fact) -> Period:
        """The period of the fact, cut where something later begins."""
        period = fact.period
        if period.end != FOREVER or table is PersonName:
            return period
        ends = [self._of_key(table, fact), *self._of_position(table, fact)]
        return Period(period.start, min(ends))

    def _of_key(self, table: type[Dated], fact: Fact) -> date:
        if table not in self._next:
            self._next[table] = self._later(table, table.KEY)
        key = tuple(fact.key[name] for name in table.KEY)
        return self._next[table].get(key, FOREVER)

    def _of_position(self, table: type[Dated], fact: Fact) -> Iterator[date]:
        """Facts of a position that begins anew on a later day end there, for it stands there."""
        if table not in (PositionFact, SolidLine, SideLine, Employment) or fact.values is None:
            return
        position = fact.key.get("position_id", fact.key.get("from_position_id"))
        if position is None or position < 0:
            yield self._whole
            return
        if position not in self._here:
            yield self._positions.get((position,), self._whole)
        if table is Employment:
            yield self._places.get((position,), FOREVER)

    def _later(self, table: type[Dated], names: tuple[str, ...]) -> dict[tuple[Any, ...], date]:
        columns = [getattr(table, name) for name in names]
        wanted = (
            select(*columns, func.min(table.valid_from))
            .where(table.client_id == self._client_id, believed(table))
            .where(table.valid_from > self._day)
            .group_by(*columns)
        )
        return {tuple(row[:-1]): row[-1] for row in self._session.execute(wanted)}


def _tell(session: Session, plan: Plan, idents: _Idents) -> None:
    """Let lists and search know of those whose names, places or addresses were written."""
    for person_id, (_old, new) in plan.after.renamed.items():
        person = session.get_one(Person, person_id)
        person.name, person.name_folded = new, fold_title(new)[:250]
    touched = {
        idents.people.get(fact.key["person_id"], fact.key["person_id"])
        for _table, fact in plan.wishes
        if "person_id" in fact.key
    }
    changed_many(session, "person", sorted(touched))
