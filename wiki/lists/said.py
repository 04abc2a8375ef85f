"""What one row of a list says: its cells by what they mean, clean and within their limits."""

from collections.abc import Mapping, Sequence

from wiki.errors import Refusal
from wiki.tables.cells import plain
from wiki.tables.mapping import Columns
from wiki.tables.tables import LONGEST_CELL, Row

_LOST = "\ufffd"


class CellRefusal(Refusal):
    """A refusal that says in which column it is."""

    def __init__(self, column: str, why: Refusal) -> None:
        super().__init__(why.message, **why.values)
        self.column = column[:100]


class At:
    """A refusal inside says in which column it is."""

    __slots__ = ("_column",)

    def __init__(self, column: str) -> None:
        self._column = column

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Refusal):
            raise CellRefusal(self._column, error) from error


class Reader:
    """Reads the rows of one sheet. `kept` are columns without a meaning that are kept all the same.

    `texts` names fields whose cells may have several lines.
    """

    def __init__(
        self,
        headings: Sequence[str],
        columns: Columns,
        limits: Mapping[str, int],
        kept: Sequence[str] = (),
    ) -> None:
        self._width, self._limits, self._columns = len(headings), limits, columns
        self._places = {code: headings.index(heading) for code, heading in columns.items()}
        self._kept = [(heading, headings.index(heading)) for heading in kept]

    def said(self, row: Row) -> "Said":
        """The row by what its cells mean. Raises `Refusal` when they cannot be told apart."""
        if len(row.cells) > self._width:
            raise Refusal(
                "The row has %(cells)d cells and the heading %(width)d, so they cannot be told "
                "apart. Perhaps quotation marks are missing.",
                cells=len(row.cells),
                width=self._width,
            )
        texts = {code: self._text(row, code, place) for code, place in self._places.items()}
        further = {h: self._cell(row, p, h, LONGEST_CELL) for h, p in self._kept}
        return Said(row.number, texts, {h: text for h, text in further.items() if text})

    def at(self, code: str) -> At:
        """Say the column in what is refused meanwhile."""
        return At(self._columns.get(code, ""))

    def _text(self, row: Row, code: str, place: int) -> str:
        return self._cell(row, place, self._columns[code], self._limits.get(code, LONGEST_CELL))

    def _cell(self, row: Row, place: int, column: str, limit: int) -> str:
        cell = row.cells[place] if place < len(row.cells) else ""
        if not cell:
            return ""
        text = plain(cell) if len(cell) <= LONGEST_CELL else cell
        if len(text) > limit:
            raise CellRefusal(column, _too_long(column, len(text), limit))
        if _LOST in text:
            raise CellRefusal(column, _letters_lost(column))
        return text


class Said:
    """The cells of one row: by the codes of fields, and those that are only kept, by heading."""

    __slots__ = ("further", "number", "texts")

    def __init__(self, number: int, texts: Mapping[str, str], further: Mapping[str, str]) -> None:
        self.number, self.texts, self.further = number, texts, further

    def text(self, code: str) -> str:
        """The cell on one line; empty when there is none."""
        return self.texts.get(code, "")


def _too_long(column: str, length: int, limit: int) -> Refusal:
    return Refusal(
        "The column “%(column)s” has %(length)d characters here; %(limit)d is the limit.",
        column=column[:100],
        length=length,
        limit=limit,
    )


def _letters_lost(column: str) -> Refusal:
    return Refusal(
        "Some letters of the column “%(column)s” could not be read. Choose the encoding of "
        "the file, or mend the row.",
        column=column[:100],
    )
