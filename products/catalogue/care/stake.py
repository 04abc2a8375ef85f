"""How much money stands in open deals that depend on a page; filled by the package of deals."""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor

Stakes = Mapping[int, Mapping[str, Decimal]]
"""By page, then by currency; a page on which no deal depends is not in it."""

MoneyAtStake = Callable[[Session, Actor, Collection[int]], Stakes]
"""What the reader may see of it: a constant number of statements."""

_registered: dict[str, MoneyAtStake] = {}


def register_money_at_stake(callback: MoneyAtStake) -> None:
    """Let this tell what depends on pages; one at a time."""
    _registered["money"] = callback


def money_at_stake(session: Session, actor: Actor, page_ids: Collection[int]) -> Stakes:
    """The money in open deals that depend on these pages; nothing where there are no deals."""
    callback = _registered.get("money")
    return callback(session, actor, page_ids) if callback and page_ids else {}


def by_money(stakes: Stakes) -> Callable[[int], tuple[Any, ...]]:
    """How pages are put in order, the most money first.

    Amounts of two currencies are not set against each other: the currency of the most pages counts
    first, then the next one.
    """
    pages: dict[str, int] = {}
    for stake in stakes.values():
        for currency in stake:
            pages[currency] = pages.get(currency, 0) + 1
    currencies = sorted(pages, key=lambda currency: (-pages[currency], currency))
    zero = Decimal(0)

    def place(page_id: int) -> tuple[Any, ...]:
        stake = stakes.get(page_id, {})
        return tuple(-stake.get(currency, zero) for currency in currencies)

    return place
