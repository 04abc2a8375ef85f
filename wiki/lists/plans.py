"""What a list would do: the things its rows tell of, the rows that are refused, and remarks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask_babel import LazyString

from wiki.errors import Refusal
from wiki.tables.mapping import Columns, columns_left

#: In the place of a row's number: the remark is of the whole file.
WHOLE_FILE = 0
EVERY_OTHER = "*"


class Fate(StrEnum):
    """What becomes of a thing."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What columns mean, what was said of the file, and which columns are not to be kept.

    `drop` names columns without a meaning here; `*` stands for all of them.
    """

    columns: Columns = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    drop: tuple[str, ...] = ()

    def kept(self, headings: Sequence[str]) -> tuple[str, ...]:
        """The columns without a meaning that are kept."""
        left = columns_left(headings, self.columns)
        return () if EVERY_OTHER in self.drop else tuple(h for h in left if h not in self.drop)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changes, in words: the name of the field, before and after."""

    name: str | LazyString
    before: str
    after: str


@dataclass(slots=True)
class Thing:
    """Something that one or several rows tell of; `todo` is for its writer."""

    name: str
    rows: tuple[int, ...]
    fate: Fate
    differences: Sequence[Difference] = ()
    url: str = ""
    todo: Any = None


@dataclass(slots=True)
class Plan:
    """What a list would do. `things` are in the order in which they are to be written.

    `remarks` are sentences on rows that go in; they are refusals in form only, so that they can be
    said in any language.
    """

    rows: int
    things: list[Thing] = field(default_factory=list)
    refused: dict[int, Refusal] = field(default_factory=dict)
    remarks: list[tuple[int, Refusal]] = field(default_factory=list)

    def of(self, fate: Fate) -> list[Thing]:
        """The things with this fate, in the order of the file."""
        found = (thing for thing in self.things if thing.fate == fate)
        return sorted(found, key=lambda thing: thing.rows)

    @property
    def todo(self) -> Iterator[Thing]:
        """What is to be written."""
        return (thing for thing in self.things if thing.fate is not Fate.SAME)

    @property
    def repeated(self) -> int:
        """Rows that say the same as an earlier one, or add to it."""
        return sum(len(thing.rows) - 1 for thing in self.things)

    def refuse(self, rows: Sequence[int], why: Refusal) -> None:
        """Let these rows not go in."""
        self.refused |= dict.fromkeys(rows, why)

    def remark(self, row: int, why: Refusal) -> None:
        """Tell something of a row, or of the whole file."""
        self.remarks.append((row, why))
