"""Policies and deals with discounts, as short as tests want them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.discounts.documents import GROUNDS
from dossiers.deals.discounts.models import DiscountPolicy
from dossiers.deals.discounts.policies import Draft, save_policy
from dossiers.deals.discounts.policy import Rule, WhoKind
from dossiers.deals.discounts.versions import newest_policy
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, ProductName
from dossiers.deals.record import Company, DealRecord, Line, Seller
from tests.factories.deals import says
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.jobs import JobBoard

FIRST = date(2026, 1, 1)
CLOSED = date(2026, 2, 10)


def rule(percent: str, who: WhoKind = WhoKind.EVERYBODY, whom: object = "", **more: object) -> Rule:
    return Rule(who, str(whom), Decimal(percent), **more)  # type: ignore[arg-type]


def write_policy(
    session: Session, actor: Actor, rules: Sequence[Rule], since: date = FIRST
) -> DiscountPolicy:
    """The next version of the policy."""
    newest = newest_policy(session)
    draft = Draft(rules, GROUNDS, since, "Because.", newest.number if newest else 0)
    return save_policy(session, actor, draft)


def sold(
    ident: str,
    amount: object,
    list_price: object = 100,
    owner: str = "",
    client: str = "",
    product: str = "GTX Pro",
    **more: object,
) -> DealRecord:
    """A deal that was won, of one product."""
    said: dict[str, object] = {
        "amount": None if amount is None else Decimal(str(amount)),
        "currency": "RUB",
        "kind": DealKind.WON,
        "closed_on": CLOSED,
        "lines": (Line(product, list_price=_decimal(list_price)),),
        "owner": Seller(name=owner) if owner else None,
        "company": Company(name=client) if client else None,
    }
    return says(ident, **{**said, **more})


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def deal_of(session: Session, ident: str) -> Deal:
    """The deal of that number there."""
    session.expire_all()
    return session.scalars(select(Deal).where(Deal.external_id == ident)).one()


def product_of(session: Session, name: str) -> ProductName:
    """A product as the source calls it."""
    return session.scalars(select(ProductName).where(ProductName.name == name)).one()


def work(board: JobBoard, database: Database) -> None:
    """Let the worker do all that waits."""
    while board.do_next(database):
        pass
