"""From the bytes of a file to its table: CSV, XLSX and vCard."""

import re

from dossiers.people.transfer.cards import cards_table
from dossiers.people.transfer.delimited import lines_of
from dossiers.people.transfer.sheets import sheet_lines
from dossiers.people.transfer.tables import Table, check_size, table_of
from wiki.errors import Refusal
from wiki.files.texts.encodings import encoding_of
from wiki.pages.transfer.decoding import decode as decode_wide

#: The encodings that a person may choose when the guess was wrong.
ENCODINGS = ("utf-8", "windows-1251", "utf-16", "koi8-r", "cp866", "windows-1252")
_ZIP = b"PK\x03\x04"
_OLD_SHEET = b"\xd0\xcf\x11\xe0"
_CARD = re.compile(r"\s*BEGIN:VCARD", re.IGNORECASE)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_LOST = "\ufffd"
#: A text in UTF-8 with a broken letter here and there is still one.
_MOST_LOST = 0.05


def read_table(data: bytes, encoding: str = "") -> Table:
    """The table in these bytes; `encoding` is one of `ENCODINGS`, or empty for a guess.

    Raises `Refusal` when it cannot be read as a whole. What cannot be read of single rows stands
    in their cells as U+FFFD.
    """
    check_size(len(data))
    if data.startswith(_ZIP):
        return table_of(sheet_lines(data), "", "xlsx")
    if data.startswith(_OLD_SHEET):
        raise Refusal(
            "This is a workbook of an old kind (XLS), which cannot be read here. Nothing was "
            "changed. Save it as XLSX or CSV and send that."
        )
    text, used = _text_of(data, encoding)
    if _CARD.match(text):
        return cards_table(text, used)
    return table_of(lines_of(text), used, "csv")


def _text_of(data: bytes, chosen: str) -> tuple[str, str]:
    if chosen:
        return _chosen(data, chosen), chosen
    if b"\0" in data[:20_000] and not data.startswith(_WIDE_MARKS):
        found = decode_wide(data)
        return found.text, found.encoding
    encoding = "utf-8" if _is_nearly_utf8(data) else encoding_of(data)
    return data.decode(encoding, "replace").lstrip("\ufeff"), _shown(encoding)


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
    foreign = sum(character > "\x7f" for character in text)
    return text.count(_LOST) <= foreign * _MOST_LOST


def _shown(encoding: str) -> str:
    return {"cp1251": "windows-1251", "cp1252": "windows-1252"}.get(encoding, encoding)
