"""Tables of Markdown: finding one, its cells, and writing a row."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from wiki.pages.content import one_line
from wiki.rendering.links import PIPE, hide_pipes

_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_BORDER = re.compile(r"(?<!\\)\|")


class Table(NamedTuple):
    """A table in lines [start, end): its headings and its rows of cells."""

    start: int
    end: int
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def is_even(self) -> bool:
        """Whether no row has more cells than there are headings."""
        return all(len(row) <= len(self.headings) for row in self.rows)


def find_table(lines: Sequence[str], places: Sequence[int], start: int, end: int) -> Table | None:
    """The first table in lines [start, end); `places` are those that are no code."""
    for at in places:
        if start <= at < end - 1 and _begins(lines[at], lines[at + 1]):
            stop = at + 2
            while stop < end and "|" in lines[stop]:
                stop += 1
            rows = tuple(cells_of(line) for line in lines[at + 2 : stop])
            return Table(at, stop, cells_of(lines[at]), rows)
    return None


def cells_of(line: str) -> tuple[str, ...]:
    """The cells of a row, as a person would type them."""
    inner = hide_pipes(line.strip())
    inner = inner.removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return tuple(_plain(cell) for cell in _BORDER.split(inner))


def row_line(cells: Sequence[str]) -> str:
    """A row as a line; each cell on one line, with its borders made harmless."""
    return "|" + "|".join(f" {_cell(cell)} " if cell else " " for cell in cells) + "|"


def head_lines(headings: Sequence[str]) -> tuple[str, str]:
    """The first two lines of a table."""
    return row_line(headings), "|" + "---|" * len(headings)


def one_cell(text: str) -> str:
    """The text as it can stand in a cell and be read again."""
    return _plain(hide_pipes(_cell(text)))


def _begins(line: str, below: str) -> bool:
    return (
        "|" in line
        and "|" in below
        and bool(_DELIMITER.match(below))
        and not line.startswith(("    ", ">"))
    )


def _plain(cell: str) -> str:
    return cell.replace("\\|", "|").replace(PIPE, "|").strip()


def _cell(text: str) -> str:
    """Borders of links stay as they are, for tables leave links whole."""
    kept = hide_pipes(one_line(text).replace("\\|", "|").rstrip("\\").strip())
    return kept.replace("|", "\\|").replace(PIPE, "|")
