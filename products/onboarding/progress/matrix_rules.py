"""The table of learners and pages: what is in a cell, what rows and columns come to.

A row is counted as bytes, for 200 people on 2,000 pages are 400,000 cells.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from products.onboarding.progress.rules import Share


class Cell(IntEnum):
    """How a learner stands to a page; `NONE`: the page is not for them."""

    UNREAD = 0
    CHANGED = 1
    READ = 2
    LATE = 3
    NONE = 4


_LATE, _NONE = 3, 6
_CELLS = bytes((*(0, 1, 2), *(3, 1, 2), *(4, 4, 4), *(4, 4, 4))).ljust(256, b"\x04")
"""What a state means alone, of a late item, and of one that is not for the learner."""
_NEVER = 10**9


class Column(NamedTuple):
    """A page of a path, or its questions; `audience` is that of the page."""

    page_id: int
    due_day: int | None
    audience: str
    asks: bool = False


class Grid:
    """The columns of one path, to be filled for many learners.

    Bytes are added as one large number: none of them grows beyond its place.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._due = [_NEVER if one.due_day is None else one.due_day for one in columns]
        self._last = max((day for day in self._due if day < _NEVER), default=-1)
        self._late = cache(self._late_since)
        self._hidden = cache(self._hidden_from)

    def cells(self, states: bytes, elapsed: int, audiences: frozenset[str]) -> bytes:
        """A `Cell` for each column, of whom that many days have gone by since the first one.

        `states` is a byte for each column: 0 not read, 1 to be read again, 2 read.
        """
        late = self._late(max(-1, min(elapsed, self._last + 1)))
        sums = int.from_bytes(states, "big") + late + self._hidden(audiences)
        return sums.to_bytes(len(states), "big").translate(_CELLS)

    def _late_since(self, elapsed: int) -> int:
        return _LATE * _number(map(elapsed.__gt__, self._due))

    def _hidden_from(self, audiences: frozenset[str]) -> int:
        return _NONE * _number(one.audience not in audiences for one in self._columns)


def _number(parts: Iterable[bool]) -> int:
    return int.from_bytes(bytes(parts), "big")


def days_since(began_on: date, today: date) -> int:
    """How many days have gone by since the first day."""
    return (today - began_on).days


def share_of_cells(cells: bytes) -> Share:
    """What the cells of a row come to."""
    return Share(
        total=len(cells) - cells.count(Cell.NONE),
        read=cells.count(Cell.READ),
        changed=cells.count(Cell.CHANGED),
        late=cells.count(Cell.LATE),
    )


def shares_of_columns(rows: Sequence[bytes]) -> list[Share]:
    """What each column comes to over all rows."""
    return [share_of_cells(bytes(column)) for column in zip(*rows, strict=True)]


def together(shares: Iterable[Share]) -> Share:
    """Several shares as one."""
    sums = list(map(sum, zip(*shares, strict=True)))
    return Share(*sums) if sums else Share()


def behind(share: Share) -> tuple[int, int]:
    """For sorting: who has most that is late comes first, then who has read the least."""
    return (-share.late, share.percent)


def nobody_read(rows: Sequence[bytes]) -> list[int]:
    """The places of the columns that are for somebody and that nobody has ever read."""
    seen = 0
    for row in rows:
        seen |= int.from_bytes(row.translate(_SEEN), "big")
    flags = seen.to_bytes(len(rows[0]), "big") if rows else b""
    return [place for place, flag in enumerate(flags) if flag == _FOR_SOMEBODY]


_FOR_SOMEBODY = 2
_SEEN = bytes((2, 3, 3, 2, 0)).ljust(256, b"\x00")
"""Two for a cell that is for somebody, one more when it was read."""
