"""How much money stands in open deals that depend on the page of a product."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealLine, ProductName
from dossiers.deals.queries import visible_deals
from products.catalogue.care.stake import register_money_at_stake
from wiki.accounts.actor import Actor
from wiki.money import sum_parts, whole_sum
from wiki.pages.models import Page

_NOTHING = Decimal(0)


def init() -> None:
    """Let the queue of facts to verify know the money."""
    register_money_at_stake(money_visible_to)


def money_visible_to(
    session: Session, actor: Actor, page_ids: Collection[int]
) -> dict[int, dict[str, Decimal]]:
    """The amounts of open deals that the actor may see, by page and currency; one statement.

    A deal counts once with all of its amount for each product in it, and for the page of the
    product in the other language as well. What is gone at its source counts no more.
    """
    depends = _depending(page_ids).subquery()
    high, low = sum_parts(Deal.amount)
    wanted = (
        select(depends.c.page, Deal.currency, high, low)
        .join(Deal, Deal.id == depends.c.deal)
        .where(Deal.kind == DealKind.OPEN, Deal.gone_at.is_(None), Deal.amount > _NOTHING)
        .where(visible_deals(actor))
        .group_by(depends.c.page, Deal.currency)
    )
    found: dict[int, dict[str, Decimal]] = {}
    for page, currency, much, little in session.execute(wanted):
        amount = whole_sum(much, little)
        if amount is not None:
            found.setdefault(page, {})[currency] = amount
    return found


def _depending(page_ids: Collection[int]) -> Any:
    """Pairs of a page and a deal in which its product stands, each once."""
    own, twin = aliased(Page), aliased(Page)
    named = (
        select(ProductName.page_id.label("page"), DealLine.deal_id.label("deal"))
        .join(DealLine, DealLine.product_id == ProductName.id)
        .where(ProductName.page_id.in_(page_ids))
    )
    by_twin = (
        select(own.id, DealLine.deal_id)
        .join(twin, twin.twin_group == own.twin_group)
        .join(ProductName, ProductName.page_id == twin.id)
        .join(DealLine, DealLine.product_id == ProductName.id)
        .where(own.id.in_(page_ids), twin.id != own.id)
    )
    return named.union(by_twin)
