"""How much money stands in open deals that depend on the page of a product."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from dossiers.deals.kept_figures import KeptFigures
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealLine, ProductName
from dossiers.deals.queries import visible_deals
from products.catalogue.care.stake import register_money_at_stake
from wiki.accounts.actor import Actor
from wiki.money import sum_parts, whole_sum
from wiki.pages.models import Page

_NOTHING = Decimal(0)

Amounts = Mapping[int, Mapping[str, Decimal]]
"""By product (see `_product`), then by currency."""


def init() -> None:
    """Let the queue of facts to verify know the money; added up again once a deal has changed."""
    kept = KeptFigures()

    def told(session: Session, actor: Actor, page_ids: Collection[int]) -> Amounts:
        everything = kept.answer(session, actor, "at stake", lambda: amounts_for(session, actor))
        return of_pages(session, page_ids, everything)

    register_money_at_stake(told)


def money_visible_to(session: Session, actor: Actor, page_ids: Collection[int]) -> Amounts:
    """The amounts of open deals that the actor may see, by page and currency; two statements.

    A deal counts once with all of its amount for each product in it, and for the page of the
    product in the other language as well. What is gone at its source counts no more.
    """
    return of_pages(session, page_ids, amounts_for(session, actor))


def amounts_for(session: Session, actor: Actor) -> Amounts:
    """The amounts of open deals that the actor may see, of all products; one statement."""
    each = (
        select(_product().label("product"), Deal.id, Deal.currency, Deal.amount)
        .join(DealLine, DealLine.deal_id == Deal.id)
        .join(ProductName, ProductName.id == DealLine.product_id)
        .join(Page, Page.id == ProductName.page_id)
        .where(Deal.kind == DealKind.OPEN, Deal.gone_at.is_(None), Deal.amount > _NOTHING)
        .where(visible_deals(actor))
        .distinct()
        .subquery()
    )
    high, low = sum_parts(each.c.amount)
    wanted = select(each.c.product, each.c.currency, high, low)
    found: dict[int, dict[str, Decimal]] = {}
    for product, currency, much, little in session.execute(
        wanted.group_by(each.c.product, each.c.currency)
    ):
        found.setdefault(product, {})[currency] = whole_sum(much, little) or _NOTHING
    return found


def of_pages(session: Session, page_ids: Collection[int], amounts: Amounts) -> Amounts:
    """The amounts of the products of these pages, by page; one statement."""
    products = session.execute(select(Page.id, _product()).where(Page.id.in_(page_ids)))
    return {page: amounts[product] for page, product in products if product in amounts}


def _product() -> ColumnElement[Any]:
    """What the pages of one product have in common: the group of its languages, else its page."""
    return func.coalesce(-Page.twin_group, Page.id)
