"""Writing a chart as an outline, so that reading it again gives the same tree."""

from collections.abc import Mapping

from dossiers.people.chart.outline import MOST_CHARACTERS, MOST_LINES
from dossiers.people.chart.outline_marks import escape_name, escape_title, escape_unit
from dossiers.people.chart.snapshot import Chart, Seat
from dossiers.people.chart.walking import seats_in_order
from dossiers.people.kinds import PositionKind
from wiki.errors import Refusal

_STEP = "    "
_WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "acting": "и. о.",
        "vacant": "вакансия",
        PositionKind.HEAD: "рук",
        PositionKind.DEPUTY: "зам",
        PositionKind.ASSISTANT: "помощник",
        PositionKind.COMMITTEE: "комитет",
    },
    "en": {
        "acting": "acting",
        "vacant": "vacant",
        PositionKind.HEAD: "head",
        PositionKind.DEPUTY: "deputy",
        PositionKind.ASSISTANT: "assistant",
        PositionKind.COMMITTEE: "committee",
    },
}


def write_outline(chart: Chart, language: str) -> str:
    """The chart as text, with the number of each position at the end of its line.

    Raises `Refusal` for a chart that nobody could edit as text.
    """
    words = _WORDS.get(language, _WORDS["en"])
    lines, length = [], 0
    for seat, depth in seats_in_order(chart):
        lines.append(f"{_STEP * depth}{_line(seat, words)}\n")
        length += len(lines[-1])
        if len(lines) > MOST_LINES or length > MOST_CHARACTERS:
            raise Refusal(
                "This chart is too large to be changed as text: %(limit)d positions are the limit. "
                "Change it in the drawing, or import a file.",
                limit=MOST_LINES,
            )
    return "".join(lines)


def _line(seat: Seat, words: Mapping[str, str]) -> str:
    parts = [_title(seat)]
    if seat.unit:
        parts.append(f"[{escape_unit(seat.unit)}]")
    if seat.kind in words:
        parts.append(f"{{{words[seat.kind]}}}")
    return f"{' '.join(parts)} — {_holders(seat, words)} #{seat.id}"


def _title(seat: Seat) -> str:
    is_nameless = not seat.title or (seat.title == "?" and not seat.is_known)
    return "?" if is_nameless else escape_title(seat.title)


def _holders(seat: Seat, words: Mapping[str, str]) -> str:
    names = [
        escape_name(holder.name) + (f" ({words['acting']})" if holder.acting else "")
        for holder in seat.holders
    ]
    # Before the question mark of a title that is one, nothing more need be said of the holders.
    if not seat.is_known and (seat.title != "?" or not names):
        names.append("?")
    return " / ".join(names) or words["vacant"]
