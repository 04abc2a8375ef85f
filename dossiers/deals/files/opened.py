"""A file that can be walked several times, with flat memory, whatever its form."""

import csv
from collections.abc import Iterator
from itertools import islice
from tempfile import TemporaryFile
from typing import IO
from weakref import finalize

from wiki.tables.reading import Stream, read_stream
from wiki.tables.tables import Row


class OpenedFile:
    """Headings and rows of a CSV or XLSX file.

    To unpack a workbook takes long, so its rows are put aside when they are first walked to the
    end. Raises `Refusal` when the file cannot be read, at once or while rows are walked.
    """

    def __init__(self, content: bytes, encoding: str = "") -> None:
        self._content, self._encoding = content, encoding
        self._first: Stream | None = read_stream(content, encoding)
        self._aside: IO[str] | None = None
        self.headings = self._first.headings
        self.encoding, self.form = self._first.encoding, self._first.form

    def rows(self, most: int | None = None) -> Iterator[Row]:
        """The rows below the headings that have any text; at most so many."""
        if self._aside is not None:
            return islice(self._put_back(self._aside), most)
        stream, self._first = self._first or read_stream(self._content, self._encoding), None
        if self.form != "xlsx" or most is not None:
            return islice(stream.rows, most)
        return self._put_aside(stream.rows)

    def _put_aside(self, rows: Iterator[Row]) -> Iterator[Row]:
        aside = TemporaryFile("w+", encoding="utf-8", errors="surrogatepass", newline="")  # noqa: SIM115
        # It is needed as long as the file is, however far its rows are walked.
        finalize(self, aside.close)
        writer = csv.writer(aside)
        for row in rows:
            writer.writerow((row.number, *row.cells))
            yield row
        self._aside = aside

    def _put_back(self, aside: IO[str]) -> Iterator[Row]:
        aside.seek(0)
        for number, *cells in csv.reader(aside):
            yield Row(int(number), tuple(cells))

    def sample(self, most: int) -> list[tuple[str, ...]]:
        """The first rows as they fit below the headings."""
        width = len(self.headings)
        return [(row.cells + ("",) * width)[:width] for row in self.rows(most)]
