"""XLSX: the values of all cells, a line for each row, as people see them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import IO
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from wiki.files.texts import packed
from wiki.files.texts.collecting import Collector
from wiki.files.texts.outcome import Reason, Unreadable

_DAMAGED = (
    BadZipFile,
    InvalidFileException,
    AttributeError,
    EOFError,
    KeyError,
    IndexError,
    OverflowError,
    SyntaxError,
    TypeError,
    ValueError,
)


def read_sheets(path: Path, found: Collector) -> None:
    """The name and the rows of each sheet; of formulas their last results."""
    with packed.opened(path) as archive:
        packed.check_xml(archive)
    # Opened here: by a path without a suffix, as files lie in the store, it takes nothing.
    with path.open("rb") as file:
        book = _book(file)
        try:
            _read_book(book, found)
        finally:
            book.close()


def _book(file: IO[bytes]) -> Workbook:
    try:
        return load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except _DAMAGED as error:
        raise Unreadable(Reason.DAMAGED) from error


def _read_book(book: Workbook, found: Collector) -> None:
    for sheet in book.worksheets:
        # What the sheet says of its size is often wrong.
        sheet.reset_dimensions()
        _read_rows(sheet.title, sheet.iter_rows(values_only=True), found)


def _read_rows(title: str, rows: Iterable[Iterable[object]], found: Collector) -> None:
    before = f"{title}\n"
    try:
        for row in rows:
            found.check_time()
            shown = [words for value in row if value is not None and (words := _shown(value))]
            if shown:
                found.add(before + " | ".join(shown) + "\n")
                before = ""
    except _DAMAGED as error:
        raise Unreadable(Reason.DAMAGED) from error


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y %H:%M" if value.time() != time_of_day() else "%d.%m.%Y")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, float):
        # 15 digits are all that a sheet knows: 0.1 + 0.2 is 0.3 on the screen.
        return f"{value:.15g}"
    return "" if isinstance(value, bool | timedelta) else str(value)
