"""From the bytes of a file to its table: CSV, XLSX and vCard."""

import re

from dossiers.people.transfer.cards import cards_table
from wiki.tables.delimited import lines_of
from wiki.tables.reading import ENCODINGS, ZIP, check_kind, text_of
from wiki.tables.sheets import sheet_lines
from wiki.tables.tables import Table, check_size, table_of

__all__ = ["ENCODINGS", "read_table"]

_CARD = re.compile(r"\s*BEGIN:VCARD", re.IGNORECASE)


def read_table(data: bytes, encoding: str = "") -> Table:
    """The table in these bytes; `encoding` is one of `ENCODINGS`, or empty for a guess.

    Raises `Refusal` when it cannot be read as a whole. What cannot be read of single rows stands
    in their cells as U+FFFD.
    """
    check_size(len(data))
    check_kind(data)
    if data.startswith(ZIP):
        return table_of(sheet_lines(data), "", "xlsx")
    text, used = text_of(data, encoding)
    if _CARD.match(text):
        return cards_table(text, used)
    return table_of(lines_of(text), used, "csv")
