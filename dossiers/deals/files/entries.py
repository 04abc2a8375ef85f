"""What one row of a file says of its deal; nonsense is refused with a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dossiers.deals.files.cells import (
    LIMITS,
    LONGEST_ID,
    amount_of,
    chance_of,
    text_of,
)
from dossiers.deals.files.fields import COMPANY, CONTACT, OWNER, Field
from dossiers.deals.files.reading import Reading
from dossiers.deals.files.settings import Scale
from dossiers.deals.files.stage_words import kind_of
from dossiers.deals.files.survey import Identity
from dossiers.deals.kinds import DealKind
from dossiers.deals.record import Company, Contact, Line, Seller
from wiki.errors import Refusal
from wiki.tables.amounts import currency_in
from wiki.tables.days import day_in, moment_in
from wiki.tables.tables import LONGEST_CELL, Row

_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """A row in our terms: `values` are those of fields of the record that the file says."""

    row: Row
    external_id: str
    values: Mapping[str, Any]
    line: Line | None
    contact: Contact | None
    updated_at: datetime | None


class CellRefusal(Refusal):
    """A refusal that says in which column it is."""

    def __init__(self, column: str, why: Refusal) -> None:
        super().__init__(why.message, **why.values)
        self.column = column[:100]


class _At:
    """A refusal inside says in which column it is."""

    __slots__ = ("_column",)

    def __init__(self, column: str) -> None:
        self._column = column

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Refusal):
            raise CellRefusal(self._column, error) from error


class _Said:
    """The cells of one row by what they mean."""

    __slots__ = ("_cells", "_columns", "_places")

    def __init__(self, row: Row, places: Mapping[str, int], columns: Mapping[str, str]) -> None:
        self._cells, self._places, self._columns = row.cells, places, columns

    def text(self, name: Field) -> str:
        """The cell, clean and on one line; empty when there is none. Raises `Refusal`."""
        place = self._places.get(name)
        cell = self._cells[place] if place is not None and place < len(self._cells) else ""
        return text_of(cell, self._columns[name], LIMITS.get(name, LONGEST_CELL)) if cell else ""

    def at(self, name: Field) -> "_At":
        """Say the column in what is refused meanwhile."""
        return _At(self._columns.get(name, ""))


class EntryReader:
    """Reads the rows of one file."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._columns = reading.columns
        self._width = len(reading.headings)
        self._places = {n: reading.headings.index(h) for n, h in reading.columns.items()}
        self._identity = Identity(reading.headings, reading.columns, reading.settings.key)
        self._has_company = any(name in self._places for name in COMPANY)
        self._has_owner = any(name in self._places for name in OWNER)

    def number(self, row: Row) -> str:
        """The number of the row's deal, unchecked; empty when it has none."""
        return self._identity.of(row)

    def entry(self, row: Row, number: str) -> Entry:
        """What the row of the deal with that number says. Raises `Refusal`."""
        if len(row.cells) > self._width:
            raise Refusal(
                "The row has %(cells)d cells and the heading %(width)d, so they cannot be told "
                "apart. Perhaps quotation marks are missing.",
                cells=len(row.cells),
                width=self._width,
            )
        ident = self._number(number)
        said = _Said(row, self._places, self._columns)
        return Entry(
            row,
            ident,
            self._values(said),
            self._line(said) if self._reading.has_lines else None,
            self._contact(said) if self._reading.has_contacts else None,
            self._moment(said, Field.UPDATED_AT),
        )

    def _number(self, number: str) -> str:
        ident = text_of(number, self._identity.column, LONGEST_ID)
        if not ident:
            raise Refusal("The row has no number of a deal.")
        return ident

    def _values(self, said: _Said) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name in (Field.TITLE, Field.PIPELINE, Field.STAGE):
            if name in self._places:
                values[name.value] = said.text(name)
        if Field.LOSS_REASON in self._places:
            # The whole of it stays in the raw record.
            values["loss_reason"] = said.text(Field.LOSS_REASON)[:_LONGEST_REASON]
        self._add_kind(said, values)
        self._add_amount(said, values)
        self._add_chance(said, values)
        self._add_days(said, values)
        if self._has_company:
            values["company"] = _company(said)
        if self._has_owner:
            values["owner"] = _owner(said)
        if Field.CREATED_AT in self._places:
            values["created_at"] = self._moment(said, Field.CREATED_AT)
        return values

    def _add_kind(self, said: _Said, values: dict[str, Any]) -> None:
        decided, found = self._reading.settings.kinds, None
        for name in (Field.KIND, Field.STAGE):
            if name in self._places:
                text = said.text(name)
                found = found or (kind_of(text, decided) if text else None)
                values["kind"] = found

    def _add_amount(self, said: _Said, values: dict[str, Any]) -> None:
        default = self._reading.settings.currency
        currency = currency_in(said.text(Field.CURRENCY))
        if Field.AMOUNT in self._places:
            with said.at(Field.AMOUNT):
                amount = amount_of(said.text(Field.AMOUNT), self._reading.mark)
            values["amount"] = amount.value if amount else None
            currency = currency or _of_cell(amount.currency if amount else "", default)
        if Field.CURRENCY in self._places or currency or default:
            values["currency"] = currency or default

    def _add_chance(self, said: _Said, values: dict[str, Any]) -> None:
        if Field.PROBABILITY not in self._places:
            return
        scale = self._reading.scale
        with said.at(Field.PROBABILITY):
            chance = chance_of(said.text(Field.PROBABILITY), self._reading.mark, scale)
        values["probability"] = chance
        values["probability_scale"] = (scale or Scale.PERCENT).value if chance is not None else ""

    def _add_days(self, said: _Said, values: dict[str, Any]) -> None:
        for name in (Field.BEGAN_ON, Field.PLANNED_ON, Field.CLOSED_ON):
            if name in self._places:
                values[name.value] = self._day(said, name)
        # Most programs have one day of closing, which is a plan as long as the deal goes on.
        only_one = Field.PLANNED_ON not in self._places and values.get("closed_on")
        if only_one and values.get("kind") is DealKind.OPEN:
            values["planned_on"], values["closed_on"] = values["closed_on"], None

    def _day(self, said: _Said, name: Field) -> date | None:
        text = said.text(name)
        if not text:
            return None
        with said.at(name):
            return day_in(text, self._reading.orders.get(name))

    def _moment(self, said: _Said, name: Field) -> datetime | None:
        text = said.text(name)
        if not text:
            return None
        with said.at(name):
            return moment_in(text, self._reading.orders.get(name), self._reading.zone)

    def _line(self, said: _Said) -> Line | None:
        name, ident = said.text(Field.PRODUCT), said.text(Field.PRODUCT_ID)
        if not name and not ident:
            return None
        figures = (self._figure(said, f) for f in (Field.LIST_PRICE, Field.PRICE, Field.QUANTITY))
        return Line(name, ident, *figures)

    def _figure(self, said: _Said, name: Field) -> Decimal | None:
        if name not in self._places:
            return None
        with said.at(name):
            amount = amount_of(said.text(name), self._reading.mark)
        return amount.value if amount else None

    def _contact(self, said: _Said) -> Contact | None:
        parts = [said.text(name) for name in CONTACT]
        return Contact(*parts) if any(parts) else None


def _of_cell(currency: str, default: str) -> str:
    """A bare "$" is the dollar of whom the file says that it is theirs."""
    return default if currency == "USD" and default.endswith("D") else currency


def _company(said: _Said) -> Company | None:
    name, ident, tax, domain = (said.text(one) for one in COMPANY)
    return Company(ident, name, tax, _bare_domain(domain)) if name or ident or tax else None


def _bare_domain(address: str) -> str:
    bare = address.casefold().partition("://")[2] or address.casefold()
    return bare.partition("/")[0].removeprefix("www.")


def _owner(said: _Said) -> Seller | None:
    name, ident, email = (said.text(one) for one in OWNER)
    return Seller(ident, name or email, email) if name or ident or email else None
