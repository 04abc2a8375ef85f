"""Promises as a CSV file that a spreadsheet opens."""

import csv
from collections.abc import Iterable
from io import StringIO

from dossiers.interactions.promises.listing import PromiseLine
from wiki.locale import _
from wiki.tables.cells import MARK, harmless


def promises_csv(lines: Iterable[PromiseLine]) -> str:
    """One line for each promise; cells that would be formulas are made harmless."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [_("Due"), _("Client"), _("Who promised"), _("Promise"), _("Colleague"), _("Person")]
    )
    for line in lines:
        writer.writerow(_cells(line))
    return MARK + out.getvalue()


def _cells(line: PromiseLine) -> list[str]:
    side = _("we") if line.promise.by_us else _("they")
    texts = (line.client, side, line.promise.what, line.holder, line.person or "")
    return [line.promise.due_on.isoformat(), *map(harmless, texts)]
