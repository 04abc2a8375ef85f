"""From rows to records: the rows of one deal together, and what is refused with its reason."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dossiers.deals.files.entries import CellRefusal, Entry, EntryReader
from dossiers.deals.files.reading import Reading
from dossiers.deals.record import Contact, DealRecord, Line
from wiki.errors import Refusal
from wiki.tables.tables import Row


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that does not go in, and why; `column` where one cell is to blame."""

    row: Row
    why: Refusal

    @property
    def column(self) -> str:
        """The heading of the cell that is to blame; empty when it is the row as a whole."""
        return self.why.column if isinstance(self.why, CellRefusal) else ""


@dataclass(slots=True)
class Item:
    """The rows of one deal: what they say, which of them say it again, which are refused."""

    rows: int
    records: list[DealRecord] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    repeated: int = 0


def items_of(reading: Reading, rows: Iterable[Row]) -> Iterator[Item]:
    """The deals of the file, always in the same order, so that work can go on where it ended.

    Only rows of deals that have several are kept until the last of them has come.
    """
    reader, waiting = EntryReader(reading), dict[str, list[Row]]()
    for row in rows:
        number = reader.number(row)
        count = reading.repeated.get(number, 1)
        if count == 1:
            yield _item(reading, reader, number, (row,))
            continue
        together = waiting.setdefault(number, [])
        together.append(row)
        if len(together) == count:
            yield _item(reading, reader, number, waiting.pop(number))
    for number, together in waiting.items():
        yield _item(reading, reader, number, together)


def _item(reading: Reading, reader: EntryReader, number: str, rows: Sequence[Row]) -> Item:
    item, groups = Item(len(rows)), dict[datetime | None, _Group]()
    for row in rows:
        try:
            entry = reader.entry(row, number)
            group = groups.setdefault(entry.updated_at, _Group(reading))
            item.repeated += not group.take(entry)
        except Refusal as refusal:
            item.refused.append(Refused(row, refusal))
    item.records = [group.record() for group in groups.values() if group.entries]
    return item


class _Group:
    """The rows that say how a deal was at one moment."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.entries: list[Entry] = []
        self._lines: list[Line] = []
        self._contacts: list[Contact] = []

    def take(self, entry: Entry) -> bool:
        """Take one more row; whether it says anything new. Raises `Refusal` for a clash."""
        if self.entries:
            self._check(entry)
        told = self._add(entry)
        is_new = told or not self.entries
        if is_new:
            self.entries.append(entry)
        return is_new

    def _check(self, entry: Entry) -> None:
        first = self.entries[0]
        for name, value in entry.values.items():
            if value != first.values.get(name):
                raise Refusal(
                    "It says another “%(field)s” of deal “%(number)s” than row %(row)d, and does "
                    "not say which of the two is newer.",
                    field=self._reading.columns.get(name, name)[:100],
                    number=entry.external_id,
                    row=first.row.number,
                )

    def _add(self, entry: Entry) -> bool:
        """Whether there is a product or a contact that was not there yet."""
        told = False
        if entry.line is not None and entry.line not in self._lines:
            self._lines.append(entry.line)
            told = True
        if entry.contact is not None and entry.contact not in self._contacts:
            self._contacts.append(entry.contact)
            told = True
        return told

    def record(self) -> DealRecord:
        """The record that these rows make together."""
        first = self.entries[0]
        values: dict[str, Any] = {**first.values, "raw": self._raw()}
        if self._reading.has_lines:
            values["lines"] = tuple(self._lines)
        if self._reading.has_contacts:
            values["contacts"] = tuple(self._contacts)
        return DealRecord(
            first.external_id, frozenset(values), updated_at=first.updated_at, **values
        )

    def _raw(self) -> dict[str, Any]:
        rows = [self._cells(entry.row) for entry in self.entries]
        return rows[0] if len(rows) == 1 else {"rows": rows}

    def _cells(self, row: Row) -> dict[str, str]:
        return {h: cell for h, cell in zip(self._reading.headings, row.cells, strict=False) if cell}
