"""Limits on a text, checked in one linear pass before Markdown reads it.

Python-Markdown and html5lib take quadratic time on some inputs and recurse on others: a
thousand opening brackets cost a tenth of a second, twenty thousand more than ten seconds. The
figures leave the densest real table untouched and keep the worst allowed text far below the
deadline of the render process.
"""

import re
from collections import Counter

LONGEST_TEXT = 300_000
DENSEST_BLOCK = 1_000
DEEPEST_LINE = 50
LONGEST_REFERENCE = 2_000
DEEPEST_TAGS = 100
MOST_TAGS = 60_000
LONGEST_HTML = 3_000_000
MOST_ATTRIBUTES = 2_000

_BAD_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\uf8f1]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_COSTLY = tuple(map(re.compile, (r"\[", r"!\[", "<", "`+", r"\*+", "_+", "~~", r"\\", "@")))
_LINE_OF_MARKERS = re.compile(rf"\s*(?:(?:[-*+>]|\d{{1,9}}[.)])[ \t]*){{{DEEPEST_LINE}}}")
_REFERENCE = re.compile(r" {0,3}\[[^\]]{0,500}\]:")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
#: Elements a parser closes by itself, or which have no content.
_SELF_CLOSING = frozenset(
    re.findall(
        r"\w+",
        "area base br col dd dt embed hr img input li link meta option p param source td th tr "
        "track wbr",
    )
)


def clean_characters(text: str) -> str:
    """Return the text without control characters; halves of surrogate pairs become U+FFFD."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SURROGATES.sub("\ufffd", text) if not text.isascii() else text
    return _BAD_CHARACTERS.sub("", text)


def complaint_about(text: str) -> tuple[str, int] | None:
    """Return the key of the sentence for the reader and a line number, or None when fit."""
    if len(text) > LONGEST_TEXT or len(text.encode("utf-8", "replace")) > 2 * LONGEST_TEXT:
        return "too_long", 1
    number = 1
    for block in text.split("\n\n"):
        if complaint := _complaint_about_block(block):
            return complaint, number
        number += block.count("\n") + 2
    return None


def _complaint_about_block(block: str) -> str | None:
    if len(block) > DENSEST_BLOCK and any(_too_many(mark, block) for mark in _COSTLY):
        return "too_dense"
    for line in block.split("\n"):
        if len(line) > DEEPEST_LINE and _LINE_OF_MARKERS.match(line):
            return "too_deep"
        if len(line) > LONGEST_REFERENCE and _REFERENCE.match(line):
            return "too_dense"
    return None


def _too_many(mark: re.Pattern[str], block: str) -> bool:
    return sum(1 for _ in mark.finditer(block)) > DENSEST_BLOCK


def complaint_about_html(html: str) -> str | None:
    """Return the key of a complaint about HTML on which html5lib would be quadratic, or None."""
    if len(html) > LONGEST_HTML:
        return "too_long"
    open_now: Counter[str] = Counter()
    deepest = tags = 0
    for match in _TAG.finditer(html):
        closing, name, inside = match.group(1), match.group(2).lower(), match.group(3)
        tags += 1
        if inside.count("=") > MOST_ATTRIBUTES or inside.count(" ") > MOST_ATTRIBUTES:
            return "too_dense"
        if name not in _SELF_CLOSING and not inside.endswith("/"):
            open_now[name] = max(0, open_now[name] + (-1 if closing else 1))
            deepest = max(deepest, open_now[name])
    if tags > MOST_TAGS:
        return "too_long"
    return "too_deep" if deepest > DEEPEST_TAGS else None
