"""What each row of a file says, in our terms; nonsense is refused with a sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum
from typing import TypeVar

from dossiers.facts.models import Confidence, Source
from dossiers.people.kinds import Aspect, PositionKind
from dossiers.people.rules import LONGEST_CODE, LONGEST_NAME, LONGEST_NOTE, LONGEST_TITLE, name_of
from dossiers.people.transfer import fields
from dossiers.people.transfer.cells import (
    Contact,
    day_in,
    emails_in,
    parts_in,
    phones_in,
    plain,
)
from dossiers.people.transfer.fields import Field
from dossiers.people.transfer.vocabulary import (
    Vocabulary,
    is_gone,
    is_nobody,
    is_withheld,
    says_yes,
)
from wiki.errors import Refusal
from wiki.tables.tables import LONGEST_CELL, Row, Table

E = TypeVar("E", bound=StrEnum)
#: The title of a position of which only the place is known.
NO_TITLE = "?"
_LOST = "\ufffd"
_MOST_RANK = 1_000_000
_LONGEST_CONTACTS = 4_000
_LIMITS = {
    Field.TITLE: LONGEST_TITLE,
    Field.UNIT: LONGEST_TITLE,
    Field.POSITION: LONGEST_CODE,
    Field.CODE: LONGEST_CODE,
    Field.PERSON: LONGEST_NAME,
    Field.NOTE: LONGEST_NOTE,
    Field.EMAIL: _LONGEST_CONTACTS,
    Field.PHONE: _LONGEST_CONTACTS,
}


class Holding(Enum):
    """What a row says of the holder of its position."""

    SOMEBODY = "somebody"
    NOBODY = "nobody"
    WITHHELD = "withheld"
    NOT_TOLD = "not told"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row in our terms; `None` is "the file does not say".

    `number` is the row's number in the file. `reports_to` is empty for a position at the top, and
    `since` is `ALWAYS` when it is said that nobody knows since when.
    """

    number: int
    position: str = ""
    code: str | None = None
    reports_to: str | None = None
    title: str = ""
    unit: str | None = None
    kind: PositionKind | None = None
    holding: Holding = Holding.NOT_TOLD
    name: str = ""
    person_number: str = ""
    acting: bool | None = None
    main: bool | None = None
    since: date | None = None
    contacts: tuple[Contact, ...] = ()
    judged: dict[Aspect, tuple[str, ...]] = field(default_factory=dict)
    dotted: tuple[str, ...] | None = None
    assistant_to: tuple[str, ...] | None = None
    influences: tuple[str, ...] | None = None
    known: bool | None = None
    rank: int | None = None
    source: Source | None = None
    confidence: Confidence | None = None
    note: str = ""

    @property
    def has_position(self) -> bool:
        """Whether it tells of a position; else only of somebody who works there."""
        return bool(self.position or self.title)


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that does not go in, and why; the rest is what it is about, as far as it says."""

    number: int
    why: Refusal
    position: str = ""
    title: str = ""
    name: str = ""


def read_entries(
    table: Table, mapping: fields.Mapping, words: Vocabulary, day: date
) -> Iterator[Entry | Refused]:
    """Each row of the table that has any text, in its order; `day` is the day of the file."""
    places = {field: table.headings.index(heading) for field, heading in mapping.items()}
    for row in table.body:
        said = _Said(row, places, words)
        try:
            if row.number in table.broken:
                raise table.broken[row.number]
            yield _entry(said, day)
        except Refusal as refusal:
            about = (said.glimpse(f) for f in (Field.POSITION, Field.TITLE, Field.PERSON))
            yield Refused(row.number, refusal, *about)


class _Said:
    """The cells of one row by what they mean."""

    def __init__(self, row: Row, places: dict[Field, int], words: Vocabulary) -> None:
        self.number, self.words = row.number, words
        self._cells, self._places = row.cells, places

    def tells(self, field: Field) -> bool:
        """Whether the file has a column for it."""
        return field in self._places

    def _raw(self, field: Field) -> str:
        place = self._places.get(field)
        return self._cells[place] if place is not None and place < len(self._cells) else ""

    def glimpse(self, field: Field) -> str:
        """As much of the cell as a message needs."""
        return plain(self._raw(field)[:LONGEST_TITLE])

    def text(self, field: Field) -> str:
        """The cell, clean and on one line; empty when there is none. Raises `Refusal`."""
        raw = self._raw(field)
        if not raw:
            return ""
        if len(raw) > LONGEST_CELL:
            raise _too_long(field, len(raw), LONGEST_CELL)
        text = plain(raw)
        limit = _LIMITS.get(field, LONGEST_CELL)
        if len(text) > limit:
            raise _too_long(field, len(text), limit)
        if _LOST in text:
            raise Refusal(
                "Some letters of the column “%(column)s” could not be read. Choose the encoding "
                "of the file, or mend the row.",
                column=field.value,
            )
        return text


def _too_long(field: Field, length: int, limit: int) -> Refusal:
    return Refusal(
        "The column “%(column)s” has %(length)d characters here; %(limit)d is the limit.",
        column=field.value,
        length=length,
        limit=limit,
    )


def _entry(said: _Said, day: date) -> Entry:
    holding, name = _holding(said)
    position, title = said.text(Field.POSITION), said.text(Field.TITLE)
    if not position and not title and not name:
        raise _says_nothing(said, holding)
    return Entry(
        number=said.number,
        position=position,
        code=said.text(Field.CODE) if said.tells(Field.CODE) else None,
        reports_to=_reports_to(said),
        title=title,
        unit=said.text(Field.UNIT) or None,
        kind=_member(said, Field.KIND, PositionKind),
        holding=holding,
        name=name,
        person_number=said.text(Field.PERSON_NUMBER),
        acting=_yes(said, Field.ACTING),
        main=_yes(said, Field.MAIN),
        since=_since(said, day),
        contacts=_contacts(said),
        judged=dict(_judged(said)),
        dotted=_parts(said, Field.DOTTED),
        assistant_to=_parts(said, Field.ASSISTANT_TO),
        influences=_parts(said, Field.INFLUENCES),
        known=_yes(said, Field.KNOWN),
        rank=_rank(said),
        source=_member(said, Field.SOURCE, Source),
        confidence=_member(said, Field.CONFIDENCE, Confidence),
        note=said.text(Field.NOTE),
    )


def _holding(said: _Said) -> tuple[Holding, str]:
    name = said.text(Field.PERSON)
    if not said.tells(Field.PERSON):
        return Holding.NOT_TOLD, ""
    if name and said.text(Field.PERSON_NUMBER):
        # Whoever bears a number is somebody, even when called "None".
        return Holding.SOMEBODY, _name(name)
    if is_gone(name):
        raise Refusal("The file says that this position exists no more.")
    if is_withheld(name):
        return Holding.WITHHELD, ""
    if is_nobody(name):
        return Holding.NOBODY, ""
    return Holding.SOMEBODY, _name(name)


def _name(text: str) -> str:
    try:
        return name_of(text)
    except Refusal as refusal:
        raise Refusal("“%(text)s” is no name.", text=text[:60]) from refusal


def _says_nothing(said: _Said, holding: Holding) -> Refusal:
    if holding is Holding.WITHHELD:
        return Refusal("The row names neither a position nor a person: the name is withheld.")
    return Refusal("The row names neither a position nor a person.")


def _reports_to(said: _Said) -> str | None:
    if not said.tells(Field.REPORTS_TO):
        return None
    return said.text(Field.REPORTS_TO)


def _member(said: _Said, field: Field, kind: type[E]) -> E | None:
    text = said.text(field)
    return kind(said.words.member(field.value, text)) if text else None


def _yes(said: _Said, field: Field) -> bool | None:
    text = said.text(field)
    return says_yes(text) if text else None


def _since(said: _Said, day: date) -> date | None:
    found = day_in(said.text(Field.SINCE))
    if found is not None and found > day:
        raise Refusal(
            "It begins on %(since)s, after the day of the file (%(day)s).",
            since=found.isoformat(),
            day=day.isoformat(),
        )
    return found


def _contacts(said: _Said) -> tuple[Contact, ...]:
    emails = emails_in(said.text(Field.EMAIL), said.words)
    return (*emails, *phones_in(said.text(Field.PHONE), said.words))


_ASPECTS = {
    Field.ROLE: Aspect.ROLE,
    Field.ATTITUDE: Aspect.ATTITUDE,
    Field.POWER: Aspect.POWER,
    Field.ORIENTATION: Aspect.ORIENTATION,
}


def _judged(said: _Said) -> Iterator[tuple[Aspect, tuple[str, ...]]]:
    for column, aspect in _ASPECTS.items():
        text = said.text(column)
        if aspect is Aspect.ROLE:
            parts: Sequence[str] = [one for part in parts_in(text) for one in part.split(",")]
        else:
            parts = [text]
        codes = [said.words.member(aspect, part).value for part in parts if part.strip()]
        if codes:
            yield aspect, tuple(dict.fromkeys(codes))


def _parts(said: _Said, field: Field) -> tuple[str, ...] | None:
    text = said.text(field)
    return tuple(parts_in(text)) if text else None


def _rank(said: _Said) -> int | None:
    text = said.text(Field.ORDER)
    try:
        rank = int(text) if text else None
    except ValueError:
        raise Refusal("“%(text)s” is no number.", text=text[:60]) from None
    if rank is not None and abs(rank) > _MOST_RANK:
        raise Refusal("“%(text)s” is too large a number.", text=text[:60])
    return rank
