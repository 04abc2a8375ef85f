"""A plan as a page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from dossiers.people.chart.compare import changes_between
from dossiers.people.chart.names import Names
from dossiers.people.chart.wording import HEADINGS, sentence_of
from dossiers.people.transfer.absent import Absent
from dossiers.people.transfer.planning import Plan
from dossiers.people.transfer.report import rows_in
from wiki.errors import Refusal
from wiki.tables.tables import Table

MOST_SHOWN = 100
MOST_ROWS_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one kind: how many, and the first of them as sentences."""

    heading: object
    count: int
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that does not go in, as it stands in the file, and why."""

    number: int
    cells: str
    why: Refusal


@dataclass(frozen=True, slots=True)
class Shown:
    """Counts of rows, the changes by kind, and what needs a look."""

    plan: Plan
    rows: int
    changes: int
    groups: Sequence[Group]
    refused: Sequence[RefusedRow]
    contacts: int
    is_whole: bool
    percent: int


def shown_plan(plan: Plan, table: Table) -> Shown:
    """The plan with sentences in the reader's language."""
    names = Names.of(plan.before, plan.after.chart)
    found = changes_between(plan.before, plan.after.chart)
    groups = []
    for what, some in groupby(found, key=lambda one: one.what):
        same = list(some)
        sentences = [sentence_of(one, names) for one in same[:MOST_SHOWN]]
        groups.append(Group(HEADINGS[what], len(same), sentences))
    return Shown(
        plan=plan,
        rows=rows_in(plan),
        changes=len(found),
        groups=groups,
        refused=_refused(plan, table),
        contacts=len(plan.after.contacts),
        is_whole=plan.after.absent is Absent.END,
        percent=round(100 * plan.share),
    )


def _refused(plan: Plan, table: Table) -> list[RefusedRow]:
    rows = (row for row in table.body if row.number in plan.refused)
    return [
        RefusedRow(row.number, " · ".join(filter(None, row.cells))[:200], plan.refused[row.number])
        for row in islice(rows, MOST_ROWS_SHOWN)
    ]
