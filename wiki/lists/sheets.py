"""A list as a sheet: headings, and rows that can be walked as often as one likes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from wiki.errors import TooLarge
from wiki.tables.reading import read_stream
from wiki.tables.tables import Row

#: All rows of a list are looked at together before it is written, while somebody waits.
MOST_ROWS = 20_000


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
    rows = tuple(islice(stream.rows, MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise TooLarge(
            "The file has more than %(limit)d rows. Nothing was changed. Divide it and send the "
            "parts one after another.",
            limit=MOST_ROWS,
        )
    return Sheet(stream.headings, rows, stream.encoding, stream.form)
