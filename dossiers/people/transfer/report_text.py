"""The report of an import as text for a terminal, and its changes as sentences."""

from collections.abc import Iterator
from typing import Any

from dossiers.people.chart.compare import changes_between
from dossiers.people.chart.names import Names
from dossiers.people.chart.wording import sentence_of
from dossiers.people.transfer.planning import Plan

MOST_SHOWN = 20


def changes_in(plan: Plan) -> list[dict[str, Any]]:
    """What the plan changes in the chart; sentences in the reader's language.

    Positions that are to be made have no number yet.
    """
    names = Names.of(plan.before, plan.after.chart)
    return [
        {
            "what": one.what.value,
            "position": _number(one.position_id),
            "title": names.title(one.position_id),
            "sentence": sentence_of(one, names),
        }
        for one in changes_between(plan.before, plan.after.chart)
    ]


def _number(ident: int | None) -> int | None:
    return ident if ident is not None and ident > 0 else None


def report_lines(report: dict[str, Any], dry_run: bool) -> Iterator[str]:
    """The report line by line: figures first, then changes, then what needs a look."""
    would = "would change" if dry_run else "changed"
    yield (
        f"{report['rows']} rows as of {report['day']}: {report['going']} {would} something, "
        f"{report['same']} were so already, {report['repeated']} said the same as an earlier row, "
        f"{report['refused']['count']} refused."
    )
    if report["encoding"]:
        yield f"Read as {report['encoding']}."
    if report["absent"] == "end":
        yield "Positions that are not in the file end."
    else:
        yield "Positions that are not in the file stay as they are."
    yield from _listed("Changes", [one["sentence"] for one in report["differences"]])
    yield from _rows("Left out of rows that go in", report["remarks"])
    yield from _rows("REFUSED", report["refused"])


def _rows(title: str, part: dict[str, Any]) -> Iterator[str]:
    lines = [f"row {line['row']}: {line['sentence']}" for line in part["lines"]]
    yield from _listed(title, lines, part["count"])


def _listed(title: str, lines: list[str], count: int | None = None) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield f"{title} ({count or len(lines)}):"
    yield from (f"  {line}" for line in lines[:MOST_SHOWN])
    if len(lines) > MOST_SHOWN:
        yield f"  … and {(count or len(lines)) - MOST_SHOWN} more; --json lists them"
