"""What a renewal buys, as the conditions of a path ask for it: amount and categories of goods."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.forms.purchase import with_those_above
from dossiers.approvals.purchases import Purchase
from dossiers.facts.writing import in_parts
from dossiers.renewals.models import Contract
from wiki.pages.categories import load_tree
from wiki.pages.models import Page


def purchases_of(session: Session, contracts: Sequence[Contract]) -> dict[int, Purchase]:
    """What each of these saved contracts buys, by number; a category stands for those above it."""
    shelves = _shelves(session, {ident for one in contracts for ident in one.products})
    return {one.id: _purchase(one, shelves) for one in contracts}


def _purchase(contract: Contract, shelves: Mapping[int, frozenset[int]]) -> Purchase:
    of = (shelves.get(ident, frozenset()) for ident in contract.products)
    categories = frozenset[int]().union(*of)
    return Purchase(contract.value or Decimal(0), contract.currency or "?", categories)


def _shelves(session: Session, products: Iterable[int]) -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    products = sorted(products)
    shelves = load_tree(session) if products else None
    for some in in_parts(products):
        wanted = select(Page.id, Page.category_id).where(
            Page.id.in_(some), Page.category_id.is_not(None)
        )
        for ident, category in session.execute(wanted):
            if shelves is not None and category is not None:
                found[ident] = with_those_above(frozenset({category}), shelves)
    return found
