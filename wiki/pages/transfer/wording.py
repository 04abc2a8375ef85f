"""The words of a report on screen."""

from collections.abc import Mapping
from typing import Any

from wiki.locale import _l, say
from wiki.pages.transfer.report import refusal_of

_CONVERSIONS = {
    "link to a page or file": _l("Links to pages and files"),
    "image taken along": _l("Images taken along"),
    "anchor of a heading": _l("Anchors of headings"),
    "alert": _l("Notes in quotes"),
    "note": _l("Notes"),
    "cut": _l("Parts that open"),
    "tabs": _l("Tabs, now one after the other"),
    "table": _l("Tables"),
    "table turned into text": _l("Tables with long cells, now row by row"),
    "table kept as code": _l("Tables that could not be read, kept as code"),
    "block kept as code": _l("Blocks of other programs, kept as code"),
    "mark kept as code": _l("Other marks, kept as code"),
    "mark without its end, kept": _l("Marks without an end, kept"),
    "comment left out": _l("Comments, left out"),
    "monospaced": _l("Monospaced words"),
    "image": _l("Images"),
    "video": _l("Videos, now links"),
    "include": _l("Inserted texts, now named"),
    "file": _l("Files"),
    "term": _l("Terms, now footnotes"),
    "definition of a term": _l("Definitions, now footnotes"),
    "definition in a list": _l("Definitions, now list items"),
    "variable": _l("Variables"),
    "attributes left out": _l("Sizes and other attributes, left out"),
    "anchor left out": _l("Anchors outside headings, left out"),
    "colour left out": _l("Colours, left out"),
    "frame left out": _l("Frames, left out"),
}


def conversion_words(report: Mapping[str, Any]) -> list[tuple[str, int]]:
    """What was converted, in the reader's words, the most frequent first."""
    counts: dict[str, int] = report.get("conversions", {})
    found = sorted(counts.items(), key=lambda kind: -kind[1])
    return [(str(_CONVERSIONS.get(kind, kind)), count) for kind, count in found if count]


def sentence_of(line: Mapping[str, Any]) -> str:
    """The sentence of a line of the report, in the reader's language."""
    return say(refusal_of(line))
