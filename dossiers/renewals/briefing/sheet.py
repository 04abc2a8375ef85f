"""A briefing as words in their places: what the page and the PDF show, both the same."""

from dataclasses import dataclass
from enum import StrEnum

from dossiers.people.chart.drawing.scene import Scene


class Look(StrEnum):
    """How a line is written."""

    PLAIN = "plain"
    STRONG = "strong"
    SOFT = "soft"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, and the place in the wiki where one goes on from it."""

    text: str
    look: Look = Look.PLAIN
    url: str = ""


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `widths` are the shares of its columns, the first column names its row."""

    headers: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the briefing under its heading; what it lacks is left out.

    `foot` says what was left out, such as further deals. A part with neither lines nor rows nor a
    drawing shows `empty`.
    """

    code: str
    title: str
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    scene: Scene | None = None
    foot: tuple[Line, ...] = ()
    empty: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show but the sentence for that."""
        return not (self.lines or self.scene or (self.table and self.table.rows))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One briefing of a client; `mark` lies over every page: who reads it since when."""

    language: str
    client_id: int
    client: str
    subject: str
    facts: tuple[tuple[str, Cell], ...]
    parts: tuple[Part, ...]
    foot: str
    mark: str

    @property
    def title(self) -> str:
        """What the briefing is called where it is kept."""
        return f"{self.client}: {self.subject}"


def cell(*lines: Line | str) -> Cell:
    """A cell of these lines without the empty ones."""
    made = (Line(line) if isinstance(line, str) else line for line in lines)
    return tuple(line for line in made if line.text)


def cut(text: str, most: int) -> str:
    """The text in one line, shortened at a word to so many letters at most."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    head = plain[: most - 1]
    words = head.rpartition(" ")[0]
    return f"{(words if len(words) > most // 2 else head).rstrip(' ,.;:')}…"
