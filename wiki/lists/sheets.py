"""A list as a sheet: headings, and rows that can be walked as often as one likes."""

from collections.abc import Sequence
from dataclasses import dataclass

from wiki.tables.reading import read_stream
from wiki.tables.tables import Row


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a CSV or XLSX file that have any text; each heading is there once."""

    headings: tuple[str, ...]
    rows: Sequence[Row]
    encoding: str
    form: str

    def sample(self, most: int = 5) -> list[tuple[str, ...]]:
        """The first rows as they fit below the headings."""
        width = len(self.headings)
        return [(row.cells + ("",) * width)[:width] for row in self.rows[:most]]


def read_sheet(content: bytes, encoding: str = "") -> Sheet:
    """The sheet in a file; `encoding` is empty for a guess. Raises `Refusal`, `TooLarge`."""
    stream = read_stream(content, encoding)
    return Sheet(stream.headings, tuple(stream.rows), stream.encoding, stream.form)
