"""Cells that other programs will open: formulas made harmless, and what was meant taken back."""

import csv
from collections.abc import Iterable
from io import StringIO

from wiki.pages.content import one_line

#: A spreadsheet takes cells that begin so for formulas.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: By it a spreadsheet knows that a CSV file is in UTF-8.
MARK = "\ufeff"


def harmless(text: str) -> str:
    """The cell as it is written: one that a spreadsheet would take for a formula is quoted.

    So is one that begins with a quotation mark of that sort, to be told from the others.
    """
    return "'" + text if text.startswith((*_FORMULA, "'")) else text


def plain(text: str) -> str:
    """The cell as it is meant: the mark that `harmless` puts is taken away; on one line."""
    return one_line(meant(text))


def meant(text: str) -> str:
    """The same with all of its lines."""
    if text.startswith("'") and text[1:].startswith((*_FORMULA, "'")):
        return text[1:]
    return text


def csv_line(cells: Iterable[str]) -> str:
    """A line of a CSV file; every cell is made harmless."""
    return _line(harmless(cell) for cell in cells)


def raw_line(cells: Iterable[str]) -> str:
    """The same for cells as another file had them: those that are quoted already stay so."""
    return _line(cell if cell.startswith("'") else harmless(cell) for cell in cells)


def _line(cells: Iterable[str]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(list(cells))
    return out.getvalue()
