"""The terms of a contract as plain values: their limits, and two who save at once."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from babel.numbers import list_currencies
from pydantic import TypeAdapter

from wiki.errors import Refusal
from wiki.pages.content import one_line

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
LONGEST_NUMBER, LONGEST_SUBJECT, LONGEST_INDEX, LONGEST_WHY = 100, 250, 500, 300
MOST_PRODUCTS, MOST_MONTHS, MOST_NOTICE = 50, 240, 3650
_LARGEST = Decimal(10) ** 14


@dataclass(frozen=True, slots=True)
class Terms:
    """What stands in a contract. `products` are numbers of product pages.

    Without `ends_on` it is open-ended; `renews_months` is by how long it renews itself.
    """

    number: str
    starts_on: date
    ends_on: date | None = None
    subject: str = ""
    products: tuple[int, ...] = ()
    value: Decimal | None = None
    currency: str = ""
    notice_days: int = 0
    renews_months: int | None = None
    index_clause: str = ""
    owner_id: int | None = None
    path_id: int | None = None


_TERMS: TypeAdapter[Terms] = TypeAdapter(Terms)
FIELDS = tuple(field.name for field in fields(Terms))


def plain_terms(terms: Terms) -> dict[str, Any]:
    """The terms as JSON values."""
    found: dict[str, Any] = _TERMS.dump_python(terms, mode="json")
    return found


def kept_terms(kept: Mapping[str, Any]) -> Terms:
    """Terms out of the database."""
    return _TERMS.validate_python(kept)


def checked(terms: Terms) -> Terms:
    """The terms with clean texts. Raises `Refusal` for what no contract can say."""
    clean = replace(
        terms,
        number=_line(terms.number, LONGEST_NUMBER),
        subject=_line(terms.subject, LONGEST_SUBJECT),
        index_clause=_line(terms.index_clause, LONGEST_INDEX),
        currency=terms.currency.strip().upper(),
        products=tuple(dict.fromkeys(terms.products)),
    )
    if not clean.number:
        raise Refusal("A contract has a number. Nothing was saved. Write it down.")
    _check_days(clean)
    _check_value(clean)
    return clean


def _line(text: str, limit: int) -> str:
    line = one_line(text)
    if len(line) > limit:
        raise Refusal(
            "The text has %(length)d characters; %(limit)d is the limit. Nothing was changed. "
            "Shorten it and try again.",
            length=len(line),
            limit=limit,
        )
    return line


def _check_days(terms: Terms) -> None:
    days = [day for day in (terms.starts_on, terms.ends_on) if day]
    if any(not EARLIEST <= day <= LATEST for day in days):
        raise Refusal("The days must be between 1990 and 2100. Nothing was saved. Correct them.")
    if terms.ends_on and terms.ends_on < terms.starts_on:
        raise Refusal(
            "The contract would end before it starts. Nothing was saved. Correct one of the days."
        )
    if not 0 <= terms.notice_days <= MOST_NOTICE:
        raise Refusal("The notice is from 0 to 3650 days. Nothing was saved. Correct it.")
    if terms.ends_on and terms.ends_on - timedelta(terms.notice_days) < terms.starts_on:
        raise Refusal(
            "The notice is longer than the contract lasts. Nothing was saved. Correct the notice "
            "or the days."
        )
    if terms.renews_months is not None and not 1 <= terms.renews_months <= MOST_MONTHS:
        raise Refusal("A contract renews itself by 1 to 240 months. Nothing was saved.")


def _check_value(terms: Terms) -> None:
    value = terms.value
    if len(terms.products) > MOST_PRODUCTS:
        raise Refusal("A contract names at most 50 products. Nothing was saved.")
    if value is not None and (
        not value.is_finite() or not 0 <= value < _LARGEST or value != round(value, 4)
    ):
        raise Refusal(
            "The amount must be from 0 to less than a hundred trillion, with at most four "
            "decimals. Nothing was changed."
        )
    needed = value is not None or terms.currency
    if needed and terms.currency not in list_currencies():
        raise Refusal("There is no such currency. Nothing was changed. Choose one of the list.")


def merge(base: Terms, ours: Terms, theirs: Terms) -> tuple[Terms, list[str]]:
    """What both changed, joined field by field; and the fields that both changed otherwise."""
    joined, disputed = {}, []
    for name in FIELDS:
        old, own, other = (getattr(one, name) for one in (base, ours, theirs))
        joined[name] = other if own == old else own
        if own not in (old, other) and other != old:
            disputed.append(name)
    return Terms(**joined), disputed


def differing(one: Terms, other: Terms) -> list[str]:
    """The names of the fields in which two differ."""
    return [name for name in FIELDS if getattr(one, name) != getattr(other, name)]
