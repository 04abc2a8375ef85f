"""A file as rows of cells, whatever program has written it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import dropwhile, islice

from wiki.errors import Refusal, TooLarge

LARGEST_FILE = 25_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 200
LONGEST_CELL = 10_000
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; `number` counts the rows of the file, the heading is 1."""

    number: int
    cells: tuple[str, ...]

    @property
    def has_text(self) -> bool:
        """Whether any cell says something."""
        return any(cell and not cell.isspace() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, each once, and all rows; `encoding` and `form` say how it was read.

    `broken` says by row number why a row could not be read.
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""
    form: str = "csv"
    broken: Mapping[int, Refusal] = field(default_factory=dict)

    @property
    def body(self) -> Iterator[Row]:
        """The rows below the headings that have any text, and those that could not be read."""
        below = dropwhile(lambda row: not row.has_text, self.rows)
        return (row for row in islice(below, 1, None) if row.number in self.broken or row.has_text)

    def digest(self) -> str:
        """The same for the same headings and rows, and for no others."""
        found = sha256("\x1f".join(self.headings).encode("utf-8", "surrogatepass"))
        for row in self.rows:
            found.update(("\x1e" + "\x1f".join(row.cells)).encode("utf-8", "surrogatepass"))
        return found.hexdigest()[:32]

    def sample(self, most: int = 5) -> list[tuple[str, ...]]:
        """The first rows as they fit below the headings."""
        width = len(self.headings)
        return [(row.cells + ("",) * width)[:width] for row in islice(self.body, most)]


def check_size(size: int) -> None:
    """Raise `TooLarge` for a file with more bytes than an import takes."""
    if size > LARGEST_FILE:
        raise TooLarge(
            "The file is larger than %(limit)d megabytes. Nothing was changed. Divide it and "
            "send the parts one after another.",
            limit=LARGEST_FILE // 1_000_000,
        )


def table_of(lines: Iterable[Sequence[str]], encoding: str, form: str) -> Table:
    """The table of these lines, of which the first with any text holds the headings.

    Raises `Refusal` when there is none, and for more rows or columns than an import takes.
    """
    rows = list(rows_of(lines))
    heading = next((row for row in rows if row.has_text), None)
    if heading is None:
        raise Refusal("The file has no rows. Nothing was changed. Choose another file.")
    table = Table(headings_of(heading.cells), tuple(rows), encoding, form)
    return replace(table, headings=_wide_enough(table))


def rows_of(lines: Iterable[Sequence[str]]) -> Iterator[Row]:
    """The lines as rows with their numbers. Raises `TooLarge` for more than an import takes."""
    for number, cells in enumerate(lines, 1):
        if number > MOST_ROWS + 1:
            raise _too_many(rows=True)
        trimmed = _trimmed(cells)
        if len(trimmed) > MOST_COLUMNS:
            raise _too_many(rows=False)
        yield Row(number, trimmed)


def _too_many(rows: bool) -> Refusal:
    if rows:
        return TooLarge(
            "The file has more than %(limit)d rows. Nothing was changed. Divide it and send the "
            "parts one after another.",
            limit=MOST_ROWS,
        )
    return TooLarge(
        "The file has more than %(limit)d columns. Nothing was changed. Keep only those that "
        "are needed.",
        limit=MOST_COLUMNS,
    )


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return tuple(cells[:end])


def _wide_enough(table: Table) -> tuple[str, ...]:
    """Rows that are longer than the heading have columns of their own, so nothing is lost."""
    width = max((len(row.cells) for row in table.rows), default=0)
    missing = width - len(table.headings)
    return headings_of((*table.headings, *("",) * missing)) if missing > 0 else table.headings


def headings_of(names: Sequence[str]) -> tuple[str, ...]:
    """Each name once and none empty: "Name", "Name (2)", "#3"."""
    found: dict[str, None] = {}
    for place, raw in enumerate(names, 1):
        name = " ".join(raw.split())[:_LONGEST_HEADING] or f"#{place}"
        wanted, count = name, 1
        while wanted in found:
            count += 1
            wanted = f"{name} ({count})"
        found[wanted] = None
    return tuple(found)
