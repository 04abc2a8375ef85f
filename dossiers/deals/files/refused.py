"""Refused rows as a file that can be mended and sent again."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from dossiers.deals.files.loading import Plan
from dossiers.deals.files.rows import Refused
from dossiers.people.transfer.cells import harmless

MARK = "\ufeff"
REASON = "reason"


def refused_csv(plan: Plan) -> Iterator[str]:
    """All refused rows in the columns of their file, and the reason, in pieces of text.

    Cells that a spreadsheet would take for formulas are quoted with an apostrophe; a later import
    takes it away.
    """
    width = len(plan.reading.headings)
    yield MARK + _line([*plan.reading.headings, REASON])
    for item in plan.items():
        for one in item.refused:
            yield _line([*_cells(one, width), _reason(one)])


def _cells(refused: Refused, width: int) -> list[str]:
    # What stands beyond the headings is joined to the last one, so that it is not lost.
    cells = [*refused.row.cells, *[""] * (width - len(refused.row.cells))]
    beyond = cells[width - 1 :]
    return [*cells[: width - 1], ";".join(beyond) if len(beyond) > 1 else beyond[0]]


def _reason(refused: Refused) -> str:
    return f"{refused.column}: {refused.why}" if refused.column else str(refused.why)


def _line(cells: Iterable[str]) -> str:
    out = StringIO()
    quoted = [cell if cell.startswith("'") else harmless(cell) for cell in cells]
    csv.writer(out, lineterminator="\r\n").writerow(quoted)
    return out.getvalue()
