"""What an import does or did, as plain values for people and programs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from dossiers.people.chart.compare import changes_between
from dossiers.people.transfer.planning import Plan
from wiki.errors import Refusal
from wiki.tables.tables import Table

#: Rows that a stored report lists; the counts are always complete.
MOST_LINES = 2_000


def report_of(plan: Plan, table: Table) -> dict[str, Any]:
    """Counts, refused rows and remarks; sentences as English text with the parts to say them anew.

    The rows that go in, are so already, say what an earlier row said, and are refused, are all
    rows of the file that have any text.
    """
    differences = changes_between(plan.before, plan.after.chart)
    return {
        "day": plan.after.chart.day.isoformat(),
        "absent": plan.after.absent.value,
        "encoding": table.encoding,
        "rows": rows_in(plan),
        "going": len(plan.going),
        "same": len(plan.same),
        "repeated": len(plan.repeated),
        "changes": dict(Counter(one.what.value for one in differences)),
        "contacts": len(plan.after.contacts),
        "positions": len(plan.after.chart.seats),
        "share": round(plan.share, 3),
        "refused": _part(plan.refused.items(), len(plan.refused)),
        "remarks": _part(plan.remarks, len(plan.remarks)),
        "repetitions": [
            {"row": row, "first": first} for row, first in list(plan.repeated.items())[:MOST_LINES]
        ],
    }


def rows_in(plan: Plan) -> int:
    """The number of rows with any text."""
    return len(plan.going) + len(plan.same) + len(plan.repeated) + len(plan.refused)


def _part(lines: Iterable[tuple[int, Refusal]], count: int) -> dict[str, Any]:
    shown = [said(row, why) for row, why in sorted(lines, key=lambda line: line[0])[:MOST_LINES]]
    return {"count": count, "lines": shown}


def said(row: int, why: Refusal) -> dict[str, Any]:
    """One row with its sentence."""
    values = {name: v if isinstance(v, int) else str(v) for name, v in why.values.items()}
    return {"row": row, "sentence": str(why), "message": why.message, "values": values}


def refusal_of(line: Mapping[str, Any]) -> Refusal:
    """The sentence of a line, ready to be translated."""
    return Refusal(line["message"], **line["values"])
