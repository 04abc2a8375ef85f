"""The table of learners and pages: what is in a cell, what rows and columns come to.

A row is counted as bytes, for 200 people on 2,000 pages are 400,000 cells.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import IntEnum
from operator import add, itemgetter
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


class Column(NamedTuple):
    """A page or its questions in a path; `place` is that of its state among a learner's bytes."""

    page_id: int
    place: int
    due_day: int | None
    audience: str
    asks: bool = False


class Grid:
    """The columns of one path, to be filled for many learners."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self._masks: dict[tuple[int, frozenset[str]], bytes] = {}
        self._pick = itemgetter(*(column.place for column in columns)) if columns else None

    def cells(self, states: bytes, elapsed: int, audiences: frozenset[str]) -> bytes:
        """A `Cell` for each column, of whom that many days have gone by since the first one."""
        if self._pick is None:
            return b""
        picked = self._pick(states) if len(self.columns) > 1 else (self._pick(states),)
        return bytes(map(add, picked, self._mask(elapsed, audiences))).translate(_CELLS)

    def _mask(self, elapsed: int, audiences: frozenset[str]) -> bytes:
        known = self._masks.get((elapsed, audiences))
        if known is None:
            known = bytes(_mark(column, elapsed, audiences) for column in self.columns)
            self._masks[elapsed, audiences] = known
        return known


def _mark(column: Column, elapsed: int, audiences: frozenset[str]) -> int:
    is_late = column.due_day is not None and elapsed > column.due_day
    return (_LATE if is_late else 0) + (0 if column.audience in audiences else _NONE)


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
    sums = [sum(parts) for parts in zip(*shares, strict=True)]
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
