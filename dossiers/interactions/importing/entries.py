"""What one row of a file of contacts says; what cannot be said is refused with a sentence. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import sha256
from zoneinfo import ZoneInfo

from dossiers.interactions.contacts.fields import LIMITS, Field
from dossiers.interactions.contacts.rules import (
    check_happened,
    check_next,
    check_number,
    check_parts,
    check_says_something,
    clean_body,
)
from dossiers.interactions.importing.kinds_typed import kind_called
from dossiers.interactions.importing.settings import CLIENT, order_said
from dossiers.interactions.kinds import InteractionKind
from dossiers.interactions.promises.rules import check_due, what_of
from wiki.errors import Refusal
from wiki.lists.plans import Chosen
from wiki.lists.said import Reader, Said
from wiki.lists.sheets import Sheet
from wiki.pages.content import one_line
from wiki.rendering.titles import fold_title
from wiki.tables.cells import meant
from wiki.tables.days import Order, Orders, day_in, moment_in
from wiki.tables.tables import Row

_NOON = time(12)
_DAYS = (Field.WHEN, Field.NEXT, Field.DUE)
_UNNUMBERED = "row-%s"


@dataclass(frozen=True, slots=True)
class Promised:
    """What a row says was promised."""

    by_us: bool
    what: str
    due_on: date


@dataclass(slots=True)
class Entry:
    """A row in our terms. `number` tells the contact from all others of its client."""

    row: int
    client: str
    number: str
    kind: InteractionKind
    moment: datetime
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    text: str
    next_on: date | None
    promised: tuple[Promised, ...]
    remarks: list[Refusal] = field(default_factory=list)

    def says_same(self, other: "Entry") -> bool:
        """Whether both rows tell of the contact itself in the same way."""
        return _told(self) == _told(other)


class EntryReader:
    """Reads the rows of one file; times without a zone are in `zone`."""

    def __init__(self, sheet: Sheet, chosen: Chosen, zone: ZoneInfo, now: datetime) -> None:
        self._reader = Reader(sheet.headings, chosen.columns, LIMITS)
        self._zone, self._now = zone, now
        self._client = chosen.settings.get(CLIENT, "")
        self._order = order_said(chosen.settings) or _order_shown(sheet, chosen)
        text = chosen.columns.get(Field.TEXT)
        self._text_place = sheet.headings.index(text) if text else None

    def entry(self, row: Row) -> Entry:
        """What the row says. Raises `Refusal`."""
        said, remarks = self._reader.said(row), list[Refusal]()
        local, moment = self._moment(said)
        entry = Entry(
            row.number,
            said.text(Field.CLIENT) or self._client,
            said.text(Field.NUMBER),
            _kind(said, remarks),
            moment,
            _names(said.text(Field.THEIRS)),
            _names(said.text(Field.OURS)),
            self._text(row),
            self._day(said, Field.NEXT),
            tuple(self._promised(said, local.date())),
            remarks,
        )
        self._check(entry, local)
        entry.number = entry.number or _UNNUMBERED % _digest(entry, local)
        return entry

    def _moment(self, said: Said) -> tuple[datetime, datetime]:
        """When it was, as the file says it, and the moment; a day without a time is its noon."""
        with self._reader.at(Field.WHEN):
            if not said.text(Field.WHEN):
                raise Refusal("The row does not say when you spoke.")
            moment = moment_in(said.text(Field.WHEN), self._order, self._zone)
            local = moment.astimezone(self._zone)
            if local.time() == time():
                noon = datetime.combine(local.date(), _NOON, self._zone)
                moment = max(moment, min(noon, self._now))
            check_happened(moment, self._now)
            return local, moment

    def _day(self, said: Said, code: Field) -> date | None:
        with self._reader.at(code):
            return day_in(said.text(code), self._order) if said.text(code) else None

    def _text(self, row: Row) -> str:
        place = self._text_place
        cell = row.cells[place] if place is not None and place < len(row.cells) else ""
        return clean_body(meant(cell)).strip()

    def _promised(self, said: Said, made_on: date) -> Iterator[Promised]:
        for code in (Field.WE_PROMISED, Field.THEY_PROMISED):
            if said.text(code):
                due = self._day(said, Field.DUE)
                with self._reader.at(Field.DUE):
                    if due is None:
                        raise Refusal("A promise needs a day until which it holds.")
                    check_due(due, made_on)
                with self._reader.at(code):
                    yield Promised(code == Field.WE_PROMISED, what_of(said.text(code)), due)

    def _check(self, entry: Entry, local: datetime) -> None:
        if not entry.client:
            raise Refusal("The row names no client.")
        check_says_something(entry.text, entry.theirs)
        check_number(entry.number or None)
        check_parts(entry.ours, entry.theirs, ())
        with self._reader.at(Field.NEXT):
            check_next(entry.next_on, local.date())


def _order_shown(sheet: Sheet, chosen: Chosen) -> Order | None:
    """The order that the days of all columns show together."""
    orders = Orders()
    places = [sheet.headings.index(chosen.columns[c]) for c in _DAYS if c in chosen.columns]
    for row in sheet.rows:
        for place in places:
            if place < len(row.cells):
                orders.look(row.cells[place].strip().partition(" ")[0])
    return orders.decided


def _kind(said: Said, remarks: list[Refusal]) -> InteractionKind:
    text = said.text(Field.KIND)
    kind = kind_called(text)
    if kind is None:
        remarks.append(
            Refusal("“%(text)s” is no kind of contact, so it is another contact.", text=text[:60])
        )
    return kind or InteractionKind.OTHER


def _names(text: str) -> tuple[str, ...]:
    found = {fold_title(name): name for name in map(one_line, text.split(";")) if name}
    return tuple(found.values())


def _told(entry: Entry) -> Sequence[object]:
    theirs, ours = sorted(map(fold_title, entry.theirs)), sorted(map(fold_title, entry.ours))
    return entry.kind, entry.moment, theirs, ours, entry.text, entry.next_on


def _digest(entry: Entry, local: datetime) -> str:
    """The same for the same contact in whatever form its file came."""
    parts = (
        local.replace(tzinfo=None).isoformat(),
        entry.kind.value,
        *sorted(map(fold_title, entry.theirs)),
        "",
        *sorted(map(fold_title, entry.ours)),
        one_line(entry.text),
    )
    return sha256("\x1f".join(parts).encode()).hexdigest()[:32]
