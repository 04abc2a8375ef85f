"""The comparison as a workbook: numbers stay numbers, what differs is coloured."""

from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from products.catalogue.comparison.rows import CompareCell, CompareRow
from products.catalogue.comparison.table import Comparison
from wiki.pages.facts import currency_symbol, unit_name
from wiki.tables.cells import harmless

_DIFFERS = PatternFill("solid", fgColor="FBF0D8")
_TOP = Alignment(vertical="top", wrap_text=True)
_BOLD = Font(bold=True)
_LONGEST_SHEET_NAME = 31
_FIRST_WIDTH, _WIDTH = 32, 36


def as_workbook(found: Comparison, title: str, corner: str, language: str) -> bytes:
    """The bytes of an XLSX file with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "B2"
    for number in range(1 + len(found.products)):
        sheet.column_dimensions["ABCDEFG"[number]].width = _WIDTH if number else _FIRST_WIDTH
    sheet.append([_words(sheet, text, _BOLD) for text in (corner, *_titles(found))])
    for row in (*found.facts, *found.talk):
        sheet.append(_cells(sheet, row, language))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _titles(found: Comparison) -> list[str]:
    return [product.title for product in found.products]


def _cells(sheet: Worksheet, row: CompareRow, language: str) -> list[Any]:
    cells = [
        _words(sheet, row.label, _BOLD),
        *(_written(sheet, cell, language) for cell in row.cells),
    ]
    for cell in cells if row.differs else ():
        cell.fill = _DIFFERS
    return cells


def _written(sheet: Worksheet, cell: CompareCell, language: str) -> Any:
    match cell.value:
        case {"amount": amount, "currency": currency}:
            return _number(sheet, amount, "#,##0.00", currency_symbol(currency, language))
        case {"value": number, "unit": unit}:
            return _number(sheet, number, "General", unit_name(unit, language))
    return _words(sheet, "\n".join(cell.lines))


def _number(sheet: Worksheet, number: str, pattern: str, unit: str) -> Any:
    value: Any = Decimal(number)
    written = WriteOnlyCell(sheet, value)
    unit = unit.replace('"', "").replace("\\", "")
    written.number_format = f'{pattern}" {unit}"' if unit else pattern
    written.alignment = _TOP
    return written


def _words(sheet: Worksheet, text: str, font: Font | None = None) -> Any:
    written = WriteOnlyCell(sheet, harmless(text))
    written.alignment = _TOP
    if font is not None:
        written.font = font
    return written


def _sheet_name(title: str) -> str:
    return "".join(letter for letter in title if letter not in r"[]:*?/\'")[:_LONGEST_SHEET_NAME]
