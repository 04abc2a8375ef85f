"""The headings of a Markdown text, by line; and pieces of text that cannot break out of theirs."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wiki.pages.content import clean_text

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_WORD = re.compile(r"\w")


class Heading(NamedTuple):
    """A heading: its line, its level of 1 to 6, its text."""

    at: int
    level: int
    text: str


def headings(lines: Sequence[str]) -> list[Heading]:
    """The headings that stand at the beginning of a line; code is left out."""
    found = []
    for at, line in outside_code(lines):
        match = _HEADING.match(line)
        if match:
            found.append(Heading(at, len(match.group(1)), match.group(2)))
    return found


def outside_code(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines that are no fenced code, with their places."""
    fence = ""
    for at, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            fence = "" if _closes(line.strip(), fence) else fence
        elif mark:
            fence = mark.group(1)
        else:
            yield at, line


def tidy(text: str) -> str:
    """A text that may stand inside a list: trimmed lines, a word at its start, code closed."""
    lines = [line.rstrip() for line in clean_text(text).expandtabs(4).split("\n")]
    while lines and not _WORD.search(lines[0]):
        lines.pop(0)
    return "\n".join([*lines, *_closing(lines)]).strip()


def has_words(row: Sequence[str]) -> bool:
    """Whether any cell holds a letter or a figure; other rows say nothing."""
    return any(_WORD.search(cell) for cell in row)


def _closing(lines: Sequence[str]) -> list[str]:
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if fence:
            fence = "" if _closes(line.strip(), fence) else fence
        elif mark:
            fence = mark.group(1)
    return [fence] if fence else []


def _closes(line: str, fence: str) -> bool:
    return len(line) >= len(fence) and set(line) == {fence[0]}
