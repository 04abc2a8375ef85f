"""Long lists by key: the next part begins after the last row shown, so no row is counted off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlencode

from flask import request
from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

T = TypeVar("T")
_FORMAT = "%Y%m%dT%H%M%S.%f"


@dataclass(frozen=True)
class Key:
    """The place of a row in a list that is sorted by moment and number, newest first."""

    at: datetime
    ident: int

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC).strftime(_FORMAT)}-{self.ident}"


def parse_key(text: str | None) -> Key | None:
    """The key an address carries; `None` for none and for one that nobody made."""
    moment, _dash, ident = (text or "").partition("-")
    if not (ident.isascii() and ident.isdecimal() and len(ident) < 19):
        return None
    try:
        return Key(datetime.strptime(moment, _FORMAT).replace(tzinfo=UTC), int(ident))
    except ValueError:
        return None


def beyond(
    key: Key, at: InstrumentedAttribute[datetime], ident: InstrumentedAttribute[int]
) -> ColumnElement[bool]:
    """The rows after the key; written so that an index on the moment is used."""
    return and_(at <= key.at, or_(at < key.at, ident < key.ident))


@dataclass(frozen=True)
class Part(Generic[T]):
    """One part of a long list and the key after which the next begins, if there is more."""

    rows: Sequence[T]
    next_key: Key | None = None

    has_previous = False

    @property
    def has_next(self) -> bool:
        """Whether there are more rows."""
        return self.next_key is not None

    @property
    def next_url(self) -> str:
        """The present address with the key of the next part."""
        return address_with(before=self.next_key)


@dataclass(frozen=True, slots=True)
class Pager:
    """The links beside a page of a list of numbered pages."""

    number: int
    count: int

    @classmethod
    def of(cls, number: int, total: int, size: int) -> "Pager":
        """The page of that number, or the nearest there is, among `total` rows."""
        count = max(1, -(-total // size))
        return cls(min(max(1, number), count), count)

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page after."""
        return self.number < self.count

    @property
    def previous_url(self) -> str:
        """The address of the page before."""
        return address_with(page=self.number - 1)

    @property
    def next_url(self) -> str:
        """The address of the page after."""
        return address_with(page=self.number + 1)


def address_with(**said: object) -> str:
    """The present address with these values in place of those that it has."""
    return address_of(quote(request.path), request.args.to_dict(), **said)


def address_of(path: str, said: Mapping[str, object], **more: object) -> str:
    """An address that asks all this; what is `None` is not asked.

    For what a person typed into an address: in `url_for` such names would say how links are made.
    """
    asked = {name: value for name, value in {**said, **more}.items() if value is not None}
    return f"{path}?{urlencode(asked)}" if asked else path


def part_of(rows: Sequence[T], limit: int, key_of: Any) -> Part[T]:
    """The part of at most `limit` rows, when `limit + 1` were asked for."""
    shown = rows[:limit]
    return Part(shown, key_of(shown[-1]) if len(rows) > limit else None)
