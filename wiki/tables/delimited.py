"""Text with delimiters: which one it is, and the cells of each line."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO

from wiki.errors import Refusal, TooLarge
from wiki.tables.tables import MOST_COLUMNS

_DELIMITERS = (";", ",", "\t", "|")
_SAMPLE = 50
_SAMPLE_LETTERS = 60_000
_NAMED = "sep="
#: A line of this sort cannot come from a table with at most `MOST_COLUMNS` columns.
_MOST_IN_LINE = 100 * MOST_COLUMNS
_END = "\x1f end of the file \x1f"


def lines_of(text: str) -> Iterator[list[str]]:
    """The cells of each line.

    Raises `Refusal` for quotation marks that are not closed and for cells without end.
    """
    # A program that writes NUL has meant nothing by it, and no database takes it.
    text = text.replace("\0", "")
    delimiter, text = _named(text)
    delimiter = delimiter or delimiter_of(text)
    reader = csv.reader(_bounded(text, delimiter), delimiter=delimiter)
    while True:
        start = reader.line_num + 1
        cells = _next(reader)
        if cells == [_END]:
            return
        if cells is None or (cells and _END in cells[-1]):
            raise _not_closed(start)
        yield cells


def _not_closed(line: int) -> Refusal:
    return Refusal(
        "The quotation marks in the row that begins in line %(line)d are not closed, so where it "
        "ends cannot be told. Nothing was changed. Close them and send the file again.",
        line=line,
    )


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        raise TooLarge(
            "The file has a cell that is far too long; perhaps quotation marks are not closed. "
            "Nothing was changed. Look at the file in a spreadsheet and send it again."
        ) from error


def _bounded(text: str, delimiter: str) -> Iterator[str]:
    for line in StringIO(text, newline=""):
        if line.count(delimiter) > _MOST_IN_LINE:
            raise TooLarge(
                "The file has more than %(limit)d columns. Nothing was changed. Keep only those "
                "that are needed.",
                limit=MOST_COLUMNS,
            )
        yield line
    if not text.endswith(("\n", "\r")):
        yield "\n"
    yield _END


def _named(text: str) -> tuple[str, str]:
    """Excel's own first line "sep=;" names the delimiter."""
    first, _end, rest = text.partition("\n")
    if first[:4].lower() == _NAMED and len(first.strip("\r\n")) == 5:
        return first[4], rest
    return "", text


def delimiter_of(text: str) -> str:
    """The delimiter that cuts most lines into the same number of cells, more than one."""
    sample = text[:_SAMPLE_LETTERS].splitlines(keepends=True)[:_SAMPLE]
    # The last line may be cut off in its middle.
    whole = sample[:-1] if len(sample) > 1 else sample
    return max(_DELIMITERS, key=lambda delimiter: _fitness(whole, delimiter))


def _fitness(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    try:
        rows = [cells for cells in csv.reader(lines, delimiter=delimiter) if cells]
    except csv.Error:
        return 0.0, 0
    widths = Counter(len(cells) for cells in rows)
    width, count = widths.most_common(1)[0] if widths else (1, 0)
    return (count / len(rows), width) if width > 1 else (0.0, 0)
