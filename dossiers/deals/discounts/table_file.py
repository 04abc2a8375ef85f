"""The groups of the report as a CSV file."""

import csv
from collections.abc import Iterable
from decimal import Decimal
from io import StringIO

from dossiers.deals.discounts.columns import By
from dossiers.deals.discounts.measures import Measures
from dossiers.deals.discounts.report import Report
from dossiers.deals.discounts.wording import group_name, step_name
from dossiers.people.transfer.cells import harmless

MARK = "\ufeff"
COLUMNS = (
    "name", "deals", "outside_policy", "outside_percent", "list_total", "given", "given_away",
    "given_away_percent", "median_discount", "p90_discount", "currency",
)  # fmt: skip


def report_csv(report: Report) -> str:
    """The table with the whole as its last row; cells that look like formulas are quoted."""
    currency = report.wanted.currency or ""
    if report.by is By.MONTH:
        told = [(step_name(one.first, one.months), one.measures) for one in report.steps]
    else:
        groups = report.groups
        told = [(group_name(report.by, one.key, one.name), one.measures) for one in groups]
    rows = [[harmless(name), *_cells(measures), currency] for name, measures in told]
    return MARK + _lines([COLUMNS, *rows, ["", *_cells(report.whole), currency]])


def _cells(one: Measures) -> list[str]:
    figures = (one.outside_share, one.total, one.given, one.away, one.share, one.median, one.high)
    return [str(one.deals), str(one.outside), *(_figure(value) for value in figures)]


def _figure(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _lines(rows: Iterable[Iterable[str]]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
