"""The rows of a part as they stand in the text: a list, paragraphs or a table, line by line.

A row that stays as it is keeps its own lines, so that a change of one row is a change of one row
in the history, and two people who change two rows do not stand in each other's way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from products.catalogue.selling.parts import Row


class Style(StrEnum):
    """How rows are written."""

    LIST = "list"
    PARAGRAPHS = "paragraphs"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Item:
    """One row and the lines that say it."""

    row: Row
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows in lines [start, end) of a text.

    `is_loose`: empty lines stand between them. `mark` is what the list's first item begins with.
    `head` are the two lines at the top of a table, `names` its competitors, `corner` the word
    above the criteria.
    """

    start: int
    end: int
    style: Style
    items: tuple[Item, ...]
    is_loose: bool = False
    mark: str = "-"
    head: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    corner: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """What it says."""
        return tuple(item.row for item in self.items)

    @property
    def known(self) -> Mapping[Row, tuple[str, ...]]:
        """The lines of each row."""
        return {item.row: item.lines for item in self.items}


def joined(items: Sequence[tuple[str, ...]], is_loose: bool) -> list[str]:
    """The lines of all items, with empty ones between them where the list is loose."""
    lines: list[str] = []
    for item in items:
        lines += ["", *item] if is_loose and lines else item
    return lines
