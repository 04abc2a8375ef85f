"""A paper about a path as words in their places: what the page for print and the PDF show."""

from dataclasses import dataclass
from enum import StrEnum

from dossiers.approvals.drawing.drawing import Drawing


class Look(StrEnum):
    """How a line of a table is written."""

    PLAIN = "plain"
    STRONG = "strong"
    SOFT = "soft"
    WARN = "warn"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text."""

    text: str
    look: Look = Look.PLAIN


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A step in the table: its number, then a cell under each of the other headers."""

    number: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper.

    `widths` are the shares of the columns behind the number; `blanks` are lines for somebody to
    write on by hand; `foot` stands at the foot of every page.
    """

    language: str
    client: str
    subject: str
    facts: tuple[tuple[str, str], ...]
    lead: str
    drawing: Drawing
    headers: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[Row, ...]
    empty: str
    foot: str
    blanks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What the paper is called where it is kept."""
        return f"{self.client}: {self.subject}"


def cell(*lines: Line | str) -> Cell:
    """A cell of these lines without the empty ones."""
    made = (Line(line) if isinstance(line, str) else line for line in lines)
    return tuple(line for line in made if line.text)
