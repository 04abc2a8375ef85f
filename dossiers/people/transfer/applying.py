"""Writing a plan: one change for the whole file, in bulk, checked before anything is written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from dossiers.clients.deeds import redraw
from dossiers.facts.models import NEVER, Change, Dated
from dossiers.facts.writing import Fact, in_parts, write_facts
from dossiers.people.editing.cycles import check_whole_chart
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.uses import tell_renamed
from dossiers.people.kinds import NameKind
from dossiers.people.models import (
    FACT_TABLES,
    Employment,
    Person,
    PersonName,
    Position,
    PositionFact,
)
from dossiers.people.transfer.differences import Wish
from dossiers.people.transfer.loading import IMPORT
from dossiers.people.transfer.periods import Periods
from dossiers.people.transfer.planning import Plan
from wiki import clock
from wiki.outbox import changed_many
from wiki.rendering.titles import fold_title

_POSITIONS = ("position_id", "from_position_id", "to_position_id")
_PEOPLE = ("person_id", "from_person_id", "to_person_id")


def apply_plan(pen: Pen, plan: Plan, file_name: str, digest: str) -> Change | None:
    """Write the plan in the pen's dossier; `None` when everything is so already.

    The plan was made in the pen's transaction; `digest` tells the file from all others. Raises
    `Refusal` when lines would form a circle on a later day; nothing is written then.
    """
    if plan.changes_nothing:
        return None
    change = pen.begin(IMPORT, **_words(plan, file_name), digest=digest)
    idents = _Idents(_make_positions(pen.session, plan), _make_people(pen.session, plan))
    periods = Periods(pen.session, pen.client.id, plan)
    for table, facts in _by_table(plan.wishes):
        ready = (idents.real(replace(fact, period=periods.of(table, fact))) for fact in facts)
        # Written as they are made ready, a few hundred at a time.
        write_facts(pen.session, change, table, ready, pen.evidence)
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


def _by_table(wishes: Iterable[Wish]) -> Iterator[tuple[type[Dated], list[Fact]]]:
    """The facts of each table, in the order in which the tables hang together."""
    found: dict[type[Dated], list[Fact]] = {}
    for table, fact in wishes:
        found.setdefault(table, []).append(fact)
    return ((table, found[table]) for table in FACT_TABLES if table in found)


def _make_positions(session: Session, plan: Plan) -> dict[int, int]:
    """The numbers of the new positions, rising in the order of the file."""
    new = sorted((ident for ident in plan.after.chart.seats if ident < 0), reverse=True)
    if not new:
        return {}
    rows = [{"created_at": clock.now()} for _ident in new]
    made = session.scalars(insert(Position).returning(Position.id), rows)
    return dict(zip(new, sorted(made), strict=True))


def _make_people(session: Session, plan: Plan) -> dict[int, int]:
    """The numbers of the new people. The database may answer in any order, so names tell them."""
    names = dict(sorted(plan.after.new_names.items(), reverse=True))
    if not names:
        return {}
    rows = [
        {"name": name, "name_folded": fold_title(name)[:250], "created_at": clock.now()}
        for name in names.values()
    ]
    made: dict[str, list[int]] = defaultdict(list)
    for ident, name in session.execute(insert(Person).returning(Person.id, Person.name), rows):
        made[name].append(ident)
    for idents in made.values():
        idents.sort(reverse=True)
    return {number: made[name].pop() for number, name in names.items()}


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


def _tell(session: Session, plan: Plan, idents: _Idents) -> None:
    """Let lists and search know of those whose names, places or addresses were written."""
    for some in in_parts(plan.after.renamed):
        _call_anew(session, some)
    named = {fact.key["position_id"] for table, fact in plan.wishes if table is PositionFact}
    tell_renamed(session, sorted(ident for ident in named if ident > 0))
    touched = {
        idents.people.get(fact.key["person_id"], fact.key["person_id"])
        for _table, fact in plan.wishes
        if "person_id" in fact.key
    }
    changed_many(session, "person", sorted(touched))


def _call_anew(session: Session, people: Sequence[int]) -> None:
    """Their newest full names; a file of an earlier day does not change the present one."""
    full = select(PersonName.person_id, PersonName.name).where(
        PersonName.person_id.in_(people),
        PersonName.kind == NameKind.FULL,
        PersonName.superseded_at == NEVER,
    )
    names = dict(session.execute(full.order_by(PersonName.valid_from)).all())
    for person in session.scalars(select(Person).where(Person.id.in_(names))):
        person.name = names[person.id]
        person.name_folded = fold_title(person.name)[:250]
    redraw(session, select(Employment.client_id).where(Employment.person_id.in_(people)))
