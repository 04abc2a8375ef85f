"""Tables of figures: the same cells for the page, a CSV file and a workbook.

Cells that a spreadsheet would take for formulas are quoted with an apostrophe.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from io import BytesIO, StringIO
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet.worksheet import Worksheet

from dossiers.people.transfer.cells import harmless

MARK = "\ufeff"
_LONGEST_SHEET_NAME = 31


class Kind(StrEnum):
    """What a cell holds. `PART` is an amount that was added or taken away, `SHARE` is of 1."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    PART = "part"
    SHARE = "share"


class Cell(NamedTuple):
    """A cell; `None` is a value that there is not."""

    value: str | int | Decimal | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what it is about, its cells, the address to which it leads, whether it is a sum."""

    name: str
    cells: Sequence[Cell]
    url: str = ""
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """A table: its code in addresses, its title, headings (of the name, too), and lines."""

    code: str
    title: str
    headings: Sequence[str]
    lines: Sequence[Line]
    currency: str = ""

    @property
    def titles(self) -> list[str]:
        """The headings; one over nothing but amounts has the currency, too."""
        return [
            f"{heading}, {self.currency}" if self.has_amounts(place) else heading
            for place, heading in enumerate(self.headings)
        ]

    def has_amounts(self, place: int) -> bool:
        """Whether all under that heading are amounts, so that the currency need not be repeated."""
        kinds = {line.cells[place - 1].kind for line in self.lines} if place else set()
        return bool(self.currency and kinds and kinds <= {Kind.MONEY, Kind.PART})


def text(value: str) -> Cell:
    """Words."""
    return Cell(value, Kind.TEXT)


def count(value: int | None) -> Cell:
    """A number of things."""
    return Cell(value, Kind.COUNT)


def money(value: Decimal | None) -> Cell:
    """An amount in the currency of the table."""
    return Cell(value, Kind.MONEY)


def part(value: Decimal | None) -> Cell:
    """An amount with its sign."""
    return Cell(value, Kind.PART)


def share(value: Fraction | None) -> Cell:
    """A part of the whole, to a tenth of a percent."""
    return Cell(None if value is None else rounded(value, 3), Kind.SHARE)


def rounded(value: Fraction, places: int) -> Decimal:
    """The fraction as a decimal with so many places, halves to the even one."""
    return Decimal(round(value * 10**places)).scaleb(-places)


def as_csv(figures: Figures) -> str:
    """The table as a CSV file; shares are in percent."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(heading) for heading in figures.titles])
    for line in figures.lines:
        writer.writerow([harmless(line.name), *(_plain(cell) for cell in line.cells)])
    return MARK + out.getvalue()


def _plain(cell: Cell) -> str:
    value = _number(cell)
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else harmless(str(value))


def _number(cell: Cell) -> str | int | Decimal | None:
    if cell.kind is Kind.SHARE and isinstance(cell.value, Decimal):
        return cell.value * 100
    return cell.value


def as_workbook(tables: Iterable[Figures]) -> bytes:
    """The tables as sheets of one workbook, amounts and shares as numbers."""
    book = Workbook(write_only=True)
    for figures in tables:
        sheet = book.create_sheet(_sheet_name(figures.title))
        sheet.append([_written(sheet, text(heading)) for heading in figures.titles])
        for line in figures.lines:
            sheet.append([_written(sheet, cell) for cell in (text(line.name), *line.cells)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


_FORMATS = {Kind.SHARE: "0.0%", Kind.MONEY: "#,##0.00", Kind.PART: "+#,##0.00;-#,##0.00;0"}


def _written(sheet: Worksheet, cell: Cell) -> Any:
    value: Any = harmless(cell.value) if isinstance(cell.value, str) else cell.value
    written = WriteOnlyCell(sheet, value)
    if cell.kind in _FORMATS:
        written.number_format = _FORMATS[cell.kind]
    return written


def _sheet_name(title: str) -> str:
    return "".join(letter for letter in title if letter not in r"[]:*?/\'")[:_LONGEST_SHEET_NAME]
