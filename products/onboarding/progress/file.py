"""The table of people as a CSV file, for a spreadsheet."""

from collections.abc import Iterator

from products.onboarding.progress.matrix import Overview, PathTable
from products.onboarding.progress.matrix_rules import Cell
from products.onboarding.progress.rules import Share
from products.onboarding.progress.wording import CELL_NAMES
from wiki.locale import _
from wiki.tables.cells import MARK, csv_line


def overview_csv(overview: Overview) -> Iterator[str]:
    """A line for each person on each path, in pieces; formulas are made harmless."""
    titles = _("Person"), _("Reading path"), _("First day"), _("Mentor")
    yield MARK + csv_line((*titles, *_share_titles()))
    for one in overview.filled:
        for learner, share in zip(one.learners, one.shares, strict=True):
            mentor, began = learner.mentor or "", learner.began_on.isoformat()
            yield csv_line((learner.name, one.path.title, began, mentor, *_share(share)))


def path_csv(table: PathTable) -> Iterator[str]:
    """A line for each person with a column for each page, in pieces."""
    titles = [table.pages[column.page_id].title for column in table.filled.columns]
    yield MARK + csv_line((_("Person"), *_share_titles(), *titles))
    names = {cell.value: str(name) for cell, name in CELL_NAMES.items()} | {Cell.NONE.value: ""}
    for learner, share, cells in table.rows:
        yield csv_line((learner.name, *_share(share), *map(names.__getitem__, cells)))


def _share_titles() -> tuple[str, ...]:
    return _("Pages in all"), _("Pages read"), _("To read again"), _("Overdue"), "%"


def _share(share: Share) -> tuple[str, ...]:
    counts = share.total, share.read, share.changed, share.late, share.percent
    return tuple(map(str, counts))
