"""From the bytes of a file to its lines of cells: the form and the encoding are found out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wiki.errors import Refusal
from wiki.files.texts.encodings import encoding_of
from wiki.pages.transfer.decoding import decode as decode_wide
from wiki.tables.delimited import lines_of
from wiki.tables.sheets import sheet_lines
from wiki.tables.tables import Row, check_size, headings_of, rows_of

#: The encodings that a person may choose when the guess was wrong.
ENCODINGS = ("utf-8", "windows-1251", "utf-16", "koi8-r", "cp866", "windows-1252")
ZIP = b"PK\x03\x04"
_OLD_SHEET = b"\xd0\xcf\x11\xe0"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_LOST = "\ufffd"
#: A text in UTF-8 with a broken letter here and there is still one.
_MOST_LOST = 0.05


@dataclass(frozen=True)
class Stream:
    """The headings of a file, each once, and its rows one by one, so that memory stays flat.

    `rows` can be walked once. Cells beyond the headings are kept in the rows.
    """

    headings: tuple[str, ...]
    rows: Iterator[Row]
    encoding: str
    form: str


def read_stream(data: bytes, encoding: str = "") -> Stream:
    """The rows of a CSV or XLSX file; `encoding` is one of `ENCODINGS`, or empty for a guess.

    Raises `Refusal` when it cannot be read, at once or while its rows are walked.
    """
    check_size(len(data))
    check_kind(data)
    if data.startswith(ZIP):
        return _stream(sheet_lines(data), "", "xlsx")
    text, used = text_of(data, encoding)
    return _stream(lines_of(text), used, "csv")


def _stream(lines: Iterator[list[str]], encoding: str, form: str) -> Stream:
    rows = (row for row in rows_of(lines) if row.has_text)
    first = next(rows, None)
    if first is None:
        raise Refusal("The file has no rows. Nothing was changed. Choose another file.")
    return Stream(headings_of(first.cells), rows, encoding, form)


def check_kind(data: bytes) -> None:
    """Raise `Refusal` for a workbook of the old kind."""
    if data.startswith(_OLD_SHEET):
        raise Refusal(
            "This is a workbook of an old kind (XLS), which cannot be read here. Nothing was "
            "changed. Save it as XLSX or CSV and send that."
        )


def text_of(data: bytes, chosen: str = "") -> tuple[str, str]:
    """The text of a file and its encoding; what cannot be read of it stands there as U+FFFD."""
    if chosen:
        return _chosen(data, chosen), chosen
    if _is_wide(data):
        found = decode_wide(data)
        return found.text, found.encoding
    encoding = "utf-8" if _is_nearly_utf8(data) else encoding_of(data)
    return data.decode(encoding, "replace").lstrip("\ufeff"), _shown(encoding)


def _is_wide(data: bytes) -> bool:
    """Whether it has two bytes for each letter; a NUL here and there means nothing."""
    sample = data[:20_000]
    if b"\0" not in sample or data.startswith(_WIDE_MARKS):
        return False
    if sample.count(b"\0") > len(sample) * _MOST_LOST:
        return True
    if not _is_nearly_utf8(data):
        raise Refusal(
            "The file is no table of text. Nothing was changed. Save it as XLSX or CSV and send "
            "that."
        )
    return False


def cells_under(headings: Sequence[str], row: Row) -> dict[str, str]:
    """The cells of a row by their headings; what stands beyond them is left out."""
    width = len(headings)
    return dict(zip(headings, (row.cells + ("",) * width)[:width], strict=True))


def _chosen(data: bytes, encoding: str) -> str:
    if encoding not in ENCODINGS:
        raise Refusal(
            "%(name)s is none of the encodings that can be read. Nothing was changed.",
            name=encoding[:40],
        )
    return data.decode(encoding, "replace").lstrip("\ufeff")


def _is_nearly_utf8(data: bytes) -> bool:
    if data.startswith(_WIDE_MARKS[:2]):
        return False
    text = data.decode("utf-8", "replace")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text.count(_LOST) <= foreign * _MOST_LOST


def _shown(encoding: str) -> str:
    return {"cp1251": "windows-1251", "cp1252": "windows-1252"}.get(encoding, encoding)
