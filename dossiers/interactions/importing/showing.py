"""A contact of a file in the words of the preview."""

from collections.abc import Iterator, Sequence
from datetime import time
from zoneinfo import ZoneInfo

from dossiers.interactions.contacts.fields import FIELDS, Field
from dossiers.interactions.contacts.wording import KIND_NAMES
from dossiers.interactions.importing.entries import Entry
from dossiers.interactions.importing.wishes import Wish
from wiki.lists.plans import Difference
from wiki.pages.content import one_line


def name_of(entry: Entry, client: str, zone: ZoneInfo) -> str:
    """The client with the day and the time."""
    local = entry.moment.astimezone(zone)
    form = "%Y-%m-%d" if local.time() == time(12) else "%Y-%m-%d %H:%M"
    return f"{client}, {local.strftime(form)}"


def differences_of(entry: Entry, wish: Wish) -> Sequence[Difference]:
    """What would be written, field by field."""
    return [Difference(FIELDS[code].name, "", text) for code, text in _told(entry, wish) if text]


def _told(entry: Entry, wish: Wish) -> Iterator[tuple[Field, str]]:
    yield Field.KIND, str(KIND_NAMES[wish.kind])
    yield Field.THEIRS, "; ".join(entry.theirs)
    yield Field.OURS, "; ".join(entry.ours)
    yield Field.TEXT, one_line(entry.text)
    yield Field.NEXT, wish.next_on.isoformat() if wish.next_on else ""
    for one in wish.promised:
        code = Field.WE_PROMISED if one.by_us else Field.THEY_PROMISED
        yield code, f"{one.what} ({one.due_on.isoformat()})"
