"""The deals of a dossier and their discounts as lines of a snapshot.

What a source says of a deal is kept as it is now: for an earlier moment only those deals are left
out that one did not know then.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.queries import dossier_ids
from dossiers.deals.discounts.models import DiscountGround
from dossiers.deals.models import Deal, DealLine, ProductName
from dossiers.renewals.snapshot.shape import LABEL, Fields, Lines, plain_day, plain_sum


def deals_of(session: Session, client_id: int, known: datetime) -> Sequence[Deal]:
    """The deals of a dossier that one knew at that moment, the oldest first."""
    wanted = select(Deal).where(
        Deal.client_id.in_(dossier_ids(client_id)),
        Deal.first_seen_at <= known,
        Deal.gone_at.is_(None) | (Deal.gone_at > known),
    )
    return session.scalars(wanted.order_by(Deal.id)).all()


def deal_lines(session: Session, deals: Sequence[Deal]) -> Lines:
    """What the source says of each deal."""
    products = _products(session, [deal.id for deal in deals])
    return {f"deal:{deal.id}": _deal(deal, products.get(deal.id, [])) for deal in deals}


def _deal(deal: Deal, products: list[str]) -> Fields:
    return {
        LABEL: deal.title or deal.external_id,
        "title": deal.title,
        "amount": plain_sum(deal.amount),
        "currency": deal.currency,
        "stage": deal.stage,
        "state": deal.kind.value if deal.kind else None,
        "planned_on": plain_day(deal.planned_on),
        "closed_on": plain_day(deal.closed_on),
        "loss_reason": deal.loss_reason,
        "products": products,
    }


def _products(session: Session, deals: Sequence[int]) -> dict[int, list[str]]:
    wanted = (
        select(DealLine.deal_id, ProductName.name)
        .join(ProductName, ProductName.id == DealLine.product_id)
        .where(DealLine.deal_id.in_(deals))
        .order_by(DealLine.number)
    )
    found: dict[int, list[str]] = {}
    for deal, name in session.execute(wanted):
        found.setdefault(deal, []).append(name)
    return {deal: sorted(names) for deal, names in found.items()}


def discount_lines(session: Session, deals: Sequence[Deal], known: datetime) -> Lines:
    """The discount of each deal that has one, and on which ground."""
    grounds = _grounds(session, [deal.id for deal in deals], known)
    return {
        f"discount:{deal.id}": {
            LABEL: deal.title or deal.external_id,
            "discount": plain_sum(deal.discount),
            "allowed": plain_sum(deal.allowed),
            "outside": deal.is_outside_policy,
            "ground": grounds.get(deal.id, ""),
        }
        for deal in deals
        if deal.discount is not None
    }


def _grounds(session: Session, deals: Sequence[int], known: datetime) -> dict[int, str]:
    wanted = (
        select(DiscountGround.deal_id, DiscountGround.ground)
        .where(DiscountGround.deal_id.in_(deals), DiscountGround.at <= known)
        .order_by(DiscountGround.id)
    )
    return dict(session.execute(wanted).all())
