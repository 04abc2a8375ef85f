"""The shape of a snapshot: a whole dossier as plain JSON values, line by line."""

from typing import Any

#: The fields of one line, as codes, texts, numbers and ISO days.
Fields = dict[str, Any]
#: The lines of a section by their stable names, such as "position:12".
Lines = dict[str, Fields]
#: The sections of a dossier by their codes.
Snapshot = dict[str, Lines]

SECTIONS = (
    "positions", "people", "paths", "deals", "discounts", "contracts", "notes", "promises",
    "contacts", "card",
)  # fmt: skip
"""All sections, in the order in which a director reads them."""

LABEL = "label"
"""The field that only says what a line is called; it is never a difference by itself."""


def plain_day(day: Any) -> str | None:
    """A day or moment as ISO text; none stays none."""
    return None if day is None else str(day.isoformat())


def plain_sum(value: Any) -> str | None:
    """An amount or a share as text in its shortest exact form; none stays none."""
    if value is None:
        return None
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
