"""Single cells: formulas made harmless and back, days, lists, ways to reach a person."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import StringIO

from dossiers.facts.models import ALWAYS
from dossiers.people.kinds import ContactKind, ContactStanding
from dossiers.people.rules import EARLIEST, folded_contact
from dossiers.people.transfer.vocabulary import Vocabulary
from wiki.errors import Refusal
from wiki.tables.cells import harmless as harmless
from wiki.tables.cells import plain as plain

_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y/%m/%d", "%d.%m.%y", "%Y-%m-%d %H:%M:%S")
_MONTHS = ("%Y-%m", "%m.%Y")
_YEAR = re.compile(r"(19|20)\d\d")
_UNKNOWN_DAY = "?"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_STANDING = re.compile(r"(.*)\(([^()]*)\)\s*", re.DOTALL)
#: Possessive, and only from where blanks begin: else ten thousand commas take hours.
_BETWEEN = re.compile(r"(?<![,\s])[,\s]++(?![^()]*+\))")

Contact = tuple[ContactKind, str, ContactStanding]


def day_in(text: str) -> date | None:
    """The day in a cell; `ALWAYS` for "?", since nobody knows since when. Raises `Refusal`."""
    if not text:
        return None
    if text == _UNKNOWN_DAY:
        return ALWAYS
    found = _parsed(text)
    if found is None or found < EARLIEST:
        raise Refusal(
            "“%(text)s” is no day. Write it like 2026-03-31 or 31.03.2026.", text=text[:60]
        )
    return found


def day_text(day: date) -> str:
    """The day as `day_in` reads it."""
    return _UNKNOWN_DAY if day == ALWAYS else day.isoformat()


def _parsed(text: str) -> date | None:
    for form in (*_DAYS, *_MONTHS):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return date(int(text), 1, 1) if _YEAR.fullmatch(text) else None


def parts_in(text: str) -> list[str]:
    """The parts of a cell that semicolons divide; a part may stand in quotation marks."""
    found = next(csv.reader([text], delimiter=";", skipinitialspace=True), [])
    return [part.strip() for part in found if part.strip()]


def parts_text(parts: Iterable[str]) -> str:
    """The cell that `parts_in` reads."""
    out = StringIO()
    csv.writer(out, delimiter=";", lineterminator="").writerow(list(parts))
    return out.getvalue() if out.getvalue() != '""' else ""


def emails_in(text: str, words: Vocabulary) -> Iterator[Contact]:
    """The addresses in a cell, divided by semicolons, commas or blanks. Raises `Refusal`."""
    for part in parts_in(text):
        whole = _EMAIL.fullmatch(_with_standing(part, words)[0])
        for one in [part] if whole else _BETWEEN.split(part):
            yield from _contact(ContactKind.EMAIL, one, words)


def phones_in(text: str, words: Vocabulary) -> Iterator[Contact]:
    """The telephone numbers in a cell, divided by semicolons. Raises `Refusal`."""
    for part in parts_in(text):
        yield from _contact(ContactKind.PHONE, part, words)


def _contact(kind: ContactKind, text: str, words: Vocabulary) -> Iterator[Contact]:
    value, standing = _with_standing(text.strip(), words)
    if value:
        _check(kind, value)
        yield kind, value, standing


def _with_standing(text: str, words: Vocabulary) -> tuple[str, ContactStanding]:
    match = _STANDING.fullmatch(text)
    known = words.words["standing"].get(match[2].strip().casefold()) if match else None
    if match and known:
        return match[1].strip(), ContactStanding(known)
    return text, ContactStanding.CURRENT


def _check(kind: ContactKind, value: str) -> None:
    try:
        folded_contact(kind, value)
    except Refusal as refusal:
        raise _no_contact(kind, value) from refusal


def _no_contact(kind: ContactKind, value: str) -> Refusal:
    if kind is ContactKind.EMAIL:
        return Refusal("“%(text)s” is no e-mail address.", text=value[:60])
    return Refusal("“%(text)s” is no telephone number.", text=value[:60])


def contact_text(contact: Contact) -> str:
    """The contact as `emails_in` and `phones_in` read it."""
    _kind, value, standing = contact
    if standing is ContactStanding.CURRENT and not _STANDING.fullmatch(value):
        return value
    return f"{value} ({standing.value})"
