"""The contact log as a CSV file that an import reads back without changing anything."""

import re
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from dossiers.interactions.contacts.fields import Field
from dossiers.interactions.contacts.reading import ContactLine
from dossiers.interactions.kinds import Door
from wiki.tables.cells import MARK, csv_line

#: Promises live on after the contact, so they have a file of their own.
_COLUMNS = [f for f in Field if f not in (Field.WE_PROMISED, Field.THEY_PROMISED, Field.DUE)]
_EXPORTED = "dw-%d"
_IS_EXPORTED = re.compile(r"dw-(\d{1,9})")


def exported_id(number: str) -> int | None:
    """The contact that an export has numbered so; `None` for numbers of other programs."""
    found = _IS_EXPORTED.fullmatch(number)
    return int(found[1]) if found else None


def log_csv(lines: Iterable[ContactLine], client: str, zone: str) -> Iterator[str]:
    """The file in pieces, times in the reader's zone.

    Cells that a spreadsheet would take for formulas are quoted with an apostrophe, which an import
    takes away.
    """
    known = ZoneInfo(zone)
    yield MARK + csv_line([field.value for field in _COLUMNS])
    for line in lines:
        told = {Field.CLIENT: client, **_told(line, known)}
        yield csv_line([told.get(field, "") for field in _COLUMNS])


def _told(line: ContactLine, zone: ZoneInfo) -> dict[Field, str]:
    row = line.row
    number = (row.external_id or "").partition("/")[2] if row.door == Door.FILE else ""
    return {
        Field.NUMBER: number or _EXPORTED % row.id,
        Field.WHEN: row.happened_at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
        Field.KIND: row.kind.value,
        Field.THEIRS: "; ".join(one.name for one in line.theirs),
        Field.OURS: "; ".join(one.name for one in line.ours),
        Field.TEXT: line.text.body.strip(),
        Field.NEXT: row.next_on.isoformat() if row.next_on else "",
    }
