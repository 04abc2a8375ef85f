"""What the rows of a list of sellers say, brought together by seller. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dossiers.deals.sellers.fields import LIMITS, Field
from wiki.errors import Refusal
from wiki.lists.plans import Chosen
from wiki.lists.said import Reader
from wiki.lists.sheets import Sheet
from wiki.rendering.titles import fold_title
from wiki.tables.tables import Row

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_MOST_NAMED = 10
TEXTS = (Field.NAME, Field.EMAIL, Field.MANAGER, Field.OFFICE)


@dataclass(slots=True)
class Entry:
    """A row, or all rows of one seller; what is not said is empty."""

    rows: tuple[int, ...]
    seller_id: str
    texts: dict[Field, str]

    @property
    def folded(self) -> str:
        """The name as deals are matched by it."""
        return fold_title(self.texts[Field.NAME])[:300]


class EntryReader:
    """Reads the rows of one file."""

    def __init__(self, sheet: Sheet, chosen: Chosen) -> None:
        self._reader = Reader(sheet.headings, chosen.columns, LIMITS)

    def entry(self, row: Row) -> Entry:
        """What the row says. Raises `Refusal`."""
        said = self._reader.said(row)
        entry = Entry(
            (row.number,), said.text(Field.SELLER_ID), {name: said.text(name) for name in TEXTS}
        )
        if not entry.seller_id and not entry.folded:
            raise Refusal("The row has neither a name nor a number of a seller.")
        email = entry.texts[Field.EMAIL]
        if email and not _EMAIL.fullmatch(email):
            with self._reader.at(Field.EMAIL):
                raise Refusal("“%(text)s” is no e-mail address.", text=email[:60])
        return entry


def gathered(entries: Iterable[Entry]) -> Iterable[tuple[list[Entry], Refusal | None]]:
    """The rows of each seller; with a refusal where they could be of two.

    A row without a number is of the seller of that name, if just one of the file has a number.
    """
    numbers: dict[str, set[str]] = defaultdict(set)
    entries = list(entries)
    for entry in entries:
        if entry.seller_id and entry.folded:
            numbers[entry.folded].add(entry.seller_id)
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        own = numbers[entry.folded] if entry.folded and not entry.seller_id else set()
        if len(own) > 1:
            yield [entry], _means_two()
        else:
            number = entry.seller_id or (next(iter(own)) if own else "")
            groups[number, "" if number else entry.folded].append(entry)
    for group in groups.values():
        yield group, None


def merged(group: Sequence[Entry]) -> Entry:
    """What all rows of a seller say together. Raises `Refusal` when they contradict each other."""
    rows = tuple(sorted(row for entry in group for row in entry.rows))
    texts: dict[Field, str] = {}
    for name in TEXTS:
        said = {entry.texts[name] for entry in group if entry.texts[name]}
        if len(said) > 1:
            raise Refusal(
                "Rows %(rows)s are of one seller and differ in “%(field)s”. None of them went in; "
                "write it in one way.",
                rows=", ".join(map(str, rows[:_MOST_NAMED])),
                field=name,
            )
        texts[name] = said.pop() if said else ""
    number = next((entry.seller_id for entry in group if entry.seller_id), "")
    return Entry(rows, number, texts)


def _means_two() -> Refusal:
    return Refusal(
        "Two sellers of this file have that name and different numbers. Write the number into the "
        "row."
    )
