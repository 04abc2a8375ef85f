"""An outline becomes a chart: everything that was changed in the text is one deed.

What others did since the text was opened stays; when they changed the same position, nothing is
done and their names are told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from dossiers.facts.asking import Moment
from dossiers.facts.models import NEVER, Change, Dated
from dossiers.facts.writing import in_parts
from dossiers.people.chart.outline import Entry
from dossiers.people.chart.outline_plan import plan_outline
from dossiers.people.chart.plan import Plan
from dossiers.people.chart.queries import seats_of
from dossiers.people.chart.snapshot import Chart
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.plan_facts import write_plan
from dossiers.people.models import (
    Employment,
    Person,
    PositionFact,
    SolidLine,
)
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Clash, Refusal
from wiki.rendering.titles import fold_title

#: The tables of which a row says something of a position, and where the position's number stands.
_ABOUT_POSITIONS: tuple[tuple[type[Dated], Any], ...] = (
    (PositionFact, PositionFact.position_id),
    (SolidLine, SolidLine.from_position_id),
    (Employment, Employment.position_id),
)
_MOST_NAMED = 5


@dataclass(frozen=True)
class Asked:
    """What somebody wants to be done with what they typed.

    `base` is the newest change of the dossier when the text was opened, 0 for none.
    """

    entries: Sequence[Entry]
    day: date
    base: int
    remove_missing: bool = False


def planned(session: Session, actor: Actor, client_id: int, asked: Asked) -> tuple[Plan, Chart]:
    """What would be done, and the chart as it is; for a client that the actor may see.

    Raises `Unreadable` for numbers that no position has, `Clash` when somebody else changed the
    same positions meanwhile.
    """
    present = seats_of(session, client_id, Moment(asked.day))
    base = opened_chart(session, client_id, asked.day, asked.base)
    known = _people_of(session, client_id)
    plan = plan_outline(base, present, asked.entries, known, asked.remove_missing)
    _check_still_there(plan, base, present)
    _check_not_overtaken(session, actor, client_id, asked, plan, base)
    return plan, present


def opened_chart(session: Session, client_id: int, day: date, base: int) -> Chart:
    """The chart of that day as it was known just after the change `base`; empty for 0.

    Raises `Refusal` when the dossier has no such change.
    """
    if not base:
        return Chart(client_id, day, {})
    change = session.get(Change, base)
    if change is None or change.client_id != client_id:
        raise Refusal(
            "This text was not opened from this chart. Nothing was changed and your text is still "
            "here. Copy it, open the chart as text again and paste it there."
        )
    return seats_of(session, client_id, Moment(day, change.at))


def left_out(session: Session, client_id: int, asked: Asked) -> int:
    """How many positions of the opened text have no line any more."""
    opened = opened_chart(session, client_id, asked.day, asked.base)
    return len(opened.seats.keys() - {entry.position_id for entry in asked.entries})


def apply_outline(pen: Pen, asked: Asked) -> Change | None:
    """Do it; `None` when the text says nothing new. Raises what `planned` raises."""
    plan, present = planned(pen.session, pen.actor, pen.client.id, asked)
    if plan.is_empty:
        return None
    change = pen.begin(
        "apply outline",
        added=len(plan.added),
        changed=len(plan.edited - set(plan.removed)),
        removed=len(plan.removed),
    )
    write_plan(pen, change, plan, present)
    return change


def _people_of(session: Session, client_id: int) -> Mapping[str, Sequence[int]]:
    """Everybody who ever worked at the client, by folded name."""
    works = exists().where(
        Employment.person_id == Person.id,
        Employment.client_id == client_id,
        Employment.superseded_at == NEVER,
    )
    wanted = select(Person.name, Person.id).where(Person.merged_into_id.is_(None), works)
    found: dict[str, list[int]] = {}
    for name, ident in session.execute(wanted.order_by(Person.id)):
        found.setdefault(fold_title(name), []).append(ident)
    return found


def _check_still_there(plan: Plan, base: Chart, present: Chart) -> None:
    gone = [ident for ident in sorted(plan.needed) if ident not in present.seats]
    if gone:
        raise Clash(
            "Somebody took out meanwhile what you changed: %(positions)s. Nothing of yours was "
            "changed and your text is still here. Open the chart as text again and compare.",
            positions=_titles(gone, base),
        )


def _titles(idents: Iterable[int], chart: Chart) -> str:
    titles = [f"“{chart.seats[ident].title}”" for ident in idents if ident in chart.seats]
    more = ["…"] if len(titles) > _MOST_NAMED else []
    return ", ".join([*titles[:_MOST_NAMED], *more])


def _check_not_overtaken(
    session: Session, actor: Actor, client_id: int, asked: Asked, plan: Plan, base: Chart
) -> None:
    newer = select(Change.id, User.name).join(User, User.id == Change.actor_id)
    newer = newer.where(
        Change.client_id == client_id, Change.id > asked.base, Change.actor_id != actor.id
    )
    names: dict[int, str] = dict(session.execute(newer).all())
    written = _written_by(session, names)
    both = {ident: change for ident, change in written.items() if ident in plan.edited}
    if both:
        raise Clash(
            "%(name)s has meanwhile changed positions that you changed, too: %(positions)s. "
            "Nothing of yours was changed and your text is still here. Open the chart as text "
            "again and compare.",
            name=", ".join(sorted({names[change] for change in both.values()})),
            positions=_titles(sorted(both), base),
        )


def _written_by(session: Session, changes: Iterable[int]) -> dict[int, int]:
    """Position → one of these changes that opened or closed a fact about it."""
    found: dict[int, int] = {}
    for some in in_parts(sorted(changes)):
        for table, column in _ABOUT_POSITIONS:
            for change in (table.change_id, table.superseded_in):
                rows = session.execute(select(column, change).where(change.in_(some)))
                found |= {ident: number for ident, number in rows if ident}
    return found
