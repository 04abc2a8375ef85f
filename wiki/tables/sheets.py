"""XLSX: the rows of the first sheet that has any, as people see them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from wiki.errors import Refusal
from wiki.files.texts.outcome import Reason, Unreadable
from wiki.files.texts.packed import check_sizes, check_xml
from wiki.tables.tables import MOST_COLUMNS, MOST_ROWS

_DAMAGED = (
    AttributeError,
    BadZipFile,
    EOFError,
    IndexError,
    InvalidFileException,
    KeyError,
    NotImplementedError,
    OverflowError,
    SyntaxError,
    TypeError,
    ValueError,
)


def sheet_lines(data: bytes) -> Iterator[list[str]]:
    """The cells of each row; of formulas their last results.

    Raises `Refusal` when it is no workbook, is locked, or unpacks to more than memory should hold.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            check_sizes(archive)
            check_xml(archive)
        yield from _lines(data)
    except Unreadable as error:
        raise _unreadable(error.reason) from error
    except _DAMAGED as error:
        raise _unreadable(Reason.DAMAGED) from error


def _lines(data: bytes) -> Iterator[list[str]]:
    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        yield from next((lines for lines in _sheets(book) if lines is not None), iter(()))
    finally:
        book.close()


def _sheets(book: Workbook) -> Iterator[Iterator[list[str]] | None]:
    for sheet in book.worksheets:
        # What the sheet says of its size is often wrong.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1)
        yield _with_rows([_shown(value) for value in row] for row in rows)


def _with_rows(lines: Iterable[list[str]]) -> Iterator[list[str]] | None:
    """The lines, when any of the first thousand has text."""
    remaining, begun = iter(lines), []
    for cells in remaining:
        begun.append(cells)
        if any(cells):
            return _joined(begun, remaining)
        if len(begun) > 1_000:
            break
    return None


def _joined(begun: list[list[str]], remaining: Iterator[list[str]]) -> Iterator[list[str]]:
    yield from begun
    yield from remaining


def _shown(value: object) -> str:
    if value is None or isinstance(value, timedelta):
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        # 15 digits are all that a sheet knows: 0.1 + 0.2 is 0.3 on the screen.
        return f"{value:.15g}"
    return str(value)


def _unreadable(reason: Reason) -> Refusal:
    if reason is Reason.PROTECTED:
        return Refusal(
            "The workbook is locked with a password. Nothing was changed. Save it without one."
        )
    if reason is Reason.TOO_LARGE:
        return Refusal(
            "The workbook unpacks to more than can be read here. Nothing was changed. "
            "Save the sheet as CSV and send that."
        )
    return Refusal(
        "The file is damaged or no workbook. Nothing was changed. Open it in a spreadsheet, "
        "save it anew and send that."
    )
