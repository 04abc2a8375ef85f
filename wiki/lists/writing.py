"""Writing a list in parts, each in a transaction of its own; cut off, it goes on where it ended.

What a thing is, is decided by its keys, so whatever was written before is found to be so already
when the list is planned anew. How many those were stands in the load.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Missing, Refusal
from wiki.lists.models import ListLoad
from wiki.lists.plans import Chosen, Fate, Plan, Thing
from wiki.lists.report import refused_csv, report_of
from wiki.lists.services import DONE
from wiki.lists.sheets import Sheet
from wiki.lists.sorts import By, Sort, Writer
from wiki.pages.saving import Desk

#: Things that are written in one transaction, so that others do not wait long for theirs.
AT_ONCE = 50

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written, by whom and how it is read."""

    sort: Sort
    actor: Actor
    sheet: Sheet
    chosen: Chosen


@dataclass(slots=True)
class _Course:
    """How far it is: what was written before, what now, what could not be."""

    before: Mapping[str, int]
    counts: dict[str, int] = field(default_factory=lambda: {"new": 0, "changed": 0})
    late: list[tuple[Thing, Refusal]] = field(default_factory=list)

    def written(self) -> dict[str, int]:
        """All in all."""
        return {name: self.before.get(name, 0) + count for name, count in self.counts.items()}


def write_list(
    desk: Desk, order: Order, load_id: int, progress: Progress | None = None
) -> Mapping[str, Any]:
    """Write all that is not written yet; the report. Raises `Missing`, `Forbidden`."""
    with desk.database.reading() as session:
        load = _load(session, load_id)
        by, course = By(load.file_name, load.id), _Course(load.report.get("written") or {})
        plan = order.sort.plan(session, order.actor, order.sheet, order.chosen)
    writer, remaining = order.sort.writer(desk, order.actor, plan, by), plan.todo
    total = sum(1 for _thing in plan.todo)
    while part := list(islice(remaining, AT_ONCE)):
        writer.prepare(part)
        with desk.database.transaction() as session:
            _write_part(session, writer, part, course)
            load = _load(session, load_id)
            load.report = {**load.report, "written": course.written()}
        if progress is not None:
            progress(sum(course.counts.values()) + len(course.late), total)
    with desk.database.transaction() as session:
        writer.finish(session)
        return _end(_load(session, load_id), order, plan, course)


def _load(session: Session, load_id: int) -> ListLoad:
    load = session.get(ListLoad, load_id)
    if load is None:
        raise Missing()
    return load


def _write_part(session: Session, writer: Writer, part: Sequence[Thing], course: _Course) -> None:
    for thing in part:
        try:
            with session.begin_nested():
                writer.write(session, thing)
        except Refusal as refusal:
            course.late.append((thing, refusal))
        else:
            course.counts[thing.fate.value] += 1


def _end(load: ListLoad, order: Order, plan: Plan, course: _Course) -> Mapping[str, Any]:
    for thing, why in course.late:
        plan.things.remove(thing)
        plan.refuse(thing.rows, why)
    can_keep = order.sort.words.kept is not None
    report = report_of(plan, order.sheet, order.chosen, can_keep)
    earlier = sum(course.before.values())
    report |= course.written()
    report[Fate.SAME.value] = max(report[Fate.SAME.value] - earlier, 0)
    load.report = {**report, "job": load.report.get("job")}
    load.refused = refused_csv(plan, order.sheet)
    load.state, load.content, load.ended_at = DONE, None, clock.now()
    return report
