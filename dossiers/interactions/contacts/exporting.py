"""The contact log as a CSV file that an import reads back without changing anything."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from dossiers.interactions.contacts.fields import Field
from dossiers.interactions.contacts.reading import ContactLine
from wiki.tables.cells import MARK, csv_line

EXPORTED = "dw-%d"
"""How the file numbers a contact that has no number of its own."""


def log_csv(lines: Iterable[ContactLine], zone: str) -> Iterator[str]:
    """The file in pieces, times in the reader's zone.

    Cells that a spreadsheet would take for formulas are quoted with an apostrophe, which an import
    takes away.
    """
    known = ZoneInfo(zone)
    yield MARK + csv_line([field.value for field in Field])
    for line in lines:
        told = _told(line, known)
        yield csv_line([told.get(field, "") for field in Field])


def _told(line: ContactLine, zone: ZoneInfo) -> dict[Field, str]:
    row = line.row
    number = (row.external_id or "").partition("/")[2] or EXPORTED % row.id
    return {
        Field.NUMBER: number,
        Field.WHEN: row.happened_at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
        Field.KIND: row.kind.value,
        Field.THEIRS: "; ".join(one.name for one in line.theirs),
        Field.OURS: "; ".join(one.name for one in line.ours),
        Field.TEXT: line.text.body.strip(),
        Field.NEXT: row.next_on.isoformat() if row.next_on else "",
    }
