"""vCard files, versions 2.1 to 4.0: each card is a row with name, ways to reach, title, place."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import vobject
from vobject.base import VObjectError

from wiki.errors import Refusal, TooLarge
from wiki.tables.tables import MOST_ROWS, Row, Table

HEADINGS = ("name", "email", "phone", "title", "organisation", "note")
_BEGIN = re.compile(r"^[ \t]*BEGIN:VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE)
_LINE_END = re.compile(r"\r\n?")
#: What `vobject` raises for cards that keep none of the rules.
_BROKEN = (VObjectError, ValueError, AttributeError, IndexError, KeyError, TypeError)
_NAME_LINE = re.compile(r"^FN[^:\n]*:(.{1,200})", re.IGNORECASE | re.MULTILINE)


def cards_table(text: str, encoding: str) -> Table:
    """A row for each card; those that cannot be read are rows, too, with the reason in `broken`.

    Raises `TooLarge` for more cards than an import takes.
    """
    cards = _cards(_LINE_END.sub("\n", text.replace("\0", "")))
    if len(cards) > MOST_ROWS:
        raise TooLarge(
            "The file has more than %(limit)d cards. Nothing was changed. Divide it and send the "
            "parts one after another.",
            limit=MOST_ROWS,
        )
    rows, broken = [], {}
    for number, card in enumerate(cards, 2):
        try:
            cells = _cells(card)
        except Refusal as refusal:
            cells, broken[number] = (_name_in(card), "", "", "", "", ""), refusal
        rows.append(Row(number, cells))
    heading = Row(1, HEADINGS)
    return Table(HEADINGS, (heading, *rows), encoding, "vcf", broken)


def _cards(text: str) -> list[str]:
    starts = [match.start() for match in _BEGIN.finditer(text)]
    return [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def _cells(card: str) -> tuple[str, ...]:
    found = _parsed(card).contents
    return (
        _full_name(found),
        "; ".join(_texts(found.get("email", ()))),
        "; ".join(_phone(text) for text in _texts(found.get("tel", ()))),
        ", ".join(_texts(found.get("title", ()))),
        ", ".join(_parts(found.get("org", ()))),
        " ".join(_texts(found.get("note", ()))),
    )


def _parsed(card: str) -> Any:
    try:
        return next(iter(vobject.readComponents(card, allowQP=True)))
    except (*_BROKEN, StopIteration) as error:
        raise Refusal(
            "This card is damaged and cannot be read. Save it anew in the program it is from."
        ) from error


def _full_name(found: dict[str, Any]) -> str:
    shown = next(iter(_texts(found.get("fn", ()))), "")
    for name in found.get("n", ()):
        parts = (name.value.family, name.value.given, name.value.additional)
        shown = shown or " ".join(filter(None, map(_plain, parts)))
    return shown


def _texts(lines: Iterable[Any]) -> Iterator[str]:
    return (text for line in lines if (text := _plain(line.value)))


def _parts(lines: Iterable[Any]) -> Iterator[str]:
    for line in lines:
        parts: Sequence[str] = line.value if isinstance(line.value, list) else [line.value]
        yield from filter(None, map(_plain, parts))


def _plain(value: object) -> str:
    return " ".join(str(value).split())


def _phone(text: str) -> str:
    return text[4:] if text.lower().startswith("tel:") else text


def _name_in(card: str) -> str:
    match = _NAME_LINE.search(card)
    return _plain(match[1]) if match else ""


def card_of(
    name: str, emails: Sequence[str], phones: Sequence[str], title: str, organisation: str
) -> str:
    """A person as a vCard 3.0, which every address book reads."""
    card = vobject.vCard()
    card.add("fn").value = name
    first, _blank, rest = name.partition(" ")
    card.add("n").value = vobject.vcard.Name(family=first, given=rest)
    for email in emails:
        card.add("email").value = email
    for phone in phones:
        card.add("tel").value = phone
    if title:
        card.add("title").value = title
    if organisation:
        card.add("org").value = [organisation]
    return str(card.serialize())
