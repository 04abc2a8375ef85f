"""List prices out of the pages of products, for lines whose source says none.

Only pages that everybody may read are asked, so that no deal tells a price that is not for all.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.accounts.actor import EVERYONE
from wiki.pages.facts import figure
from wiki.pages.models import Page, Revision

#: The fact that is the list price of a product.
PRICE = "list_price"
_LARGEST = Decimal(10) ** 14
_PARTS = 10_000


@dataclass(frozen=True, slots=True)
class PagePrice:
    """A price as a version of the page has it; `is_older` when the deal is older than any price."""

    amount: Decimal
    currency: str
    number: int
    is_older: bool = False


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices of pages over time, the oldest first: until when each held."""

    known: Mapping[int, Sequence[tuple[datetime, int, Any]]]

    def on(self, page_id: int | None, day: date, currency: str) -> PagePrice | None:
        """The price in force at the end of the day; for an older day the oldest known one.

        `None` when the page has none in that currency.
        """
        end = datetime.combine(day + timedelta(days=1), time.min, UTC)
        told = self.known.get(page_id or 0, ())
        until = [row for row in told if row[0] < end]
        for _at, number, value in until[-1:] or told[:1]:
            return _price(value, number, currency, is_older=not until)
        return None


def prices_of(session: Session, pages: Collection[int]) -> Prices:
    """The prices of these pages in every version that has or had one, in one statement."""
    if not pages:
        return Prices({})
    wanted = (
        select(Revision.page_id, Revision.at, Revision.number, Revision.facts[PRICE])
        .join(Page, Page.id == Revision.page_id)
        .where(Page.id.in_(pages), Page.audience == EVERYONE)
        .order_by(Revision.page_id, Revision.number)
    )
    found: dict[int, list[tuple[datetime, int, Any]]] = defaultdict(list)
    for page_id, at, number, value in session.execute(wanted):
        # Before its first price a page has said nothing; after it, nothing means "no price now".
        if value is not None or found[page_id]:
            found[page_id].append((at, number, value))
    return Prices(found)


def _price(value: Any, number: int, currency: str, is_older: bool) -> PagePrice | None:
    if not isinstance(value, dict) or not currency or value.get("currency") != currency:
        return None
    try:
        amount = figure(str(value.get("amount", "")))
    except ValueError:
        return None
    fits = abs(amount) < _LARGEST and amount * _PARTS == (amount * _PARTS).to_integral_value()
    return PagePrice(amount, currency, number, is_older) if fits else None
