"""Deals as the JSON API answers them: amounts as texts, null for what is not said."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from dossiers.deals.listing import ListedDeal, Wanted, conditions, listed, listed_columns
from dossiers.deals.models import Deal, DealCompany, DealContact, DealOwner, DealSource
from dossiers.deals.queries import company_shown
from dossiers.deals.showing.deal import DealShown, stages_of
from dossiers.deals.showing.products import day_of, lines_shown
from wiki import clock
from wiki.accounts.actor import Actor


def deals_after(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    more: Sequence[ColumnElement[bool]],
    after: int,
    limit: int,
) -> list[ListedDeal]:
    """The deals behind the number `after`, by their numbers, so that none is skipped or doubled."""
    statement = (
        select(*listed_columns())
        .join(DealSource, DealSource.id == Deal.source_id)
        .outerjoin(DealCompany, and_(DealCompany.id == Deal.company_id, company_shown(actor)))
        .outerjoin(DealOwner, DealOwner.id == Deal.owner_id)
        .where(*conditions(actor, wanted), *more, Deal.id > after)
        .order_by(Deal.id)
        .limit(limit)
    )
    return listed(session, session.execute(statement).all())


def line_json(row: ListedDeal) -> dict[str, Any]:
    """A deal of the list."""
    return {
        "id": row.id,
        "url": row.url,
        "source": row.source,
        "external_id": row.external_id,
        "title": row.title,
        "amount": _amount(row.amount),
        "currency": row.currency,
        "pipeline": row.pipeline,
        "stage": row.stage,
        "kind": row.kind.value if row.kind else None,
        "planned_on": _iso(row.planned_on),
        "closed_on": _iso(row.closed_on),
        "client": row.home.id if row.home else None,
        "client_name": row.home.name if row.home else None,
        "company": row.company,
        "owner": row.owner,
        "discount": _amount(row.discount),
        "outside_policy": row.is_outside_policy,
        "gone_at": _iso(row.gone_at),
        "changed_at": _iso(row.changed_at),
    }


def whole_json(session: Session, actor: Actor, shown: DealShown) -> dict[str, Any]:
    """One deal with its products, people and stages; a constant number of statements."""
    deal = shown.deal
    return {
        **_head(shown),
        "probability": _amount(deal.probability),
        "probability_scale": deal.probability_scale,
        "began_on": _iso(deal.began_on),
        "loss_reason": deal.loss_reason,
        "pinned": deal.pinned,
        "lines": _lines(session, actor, deal),
        "contacts": _contacts(session, deal),
        "stages": [
            {"stage": s.stage, "kind": s.kind.value if s.kind else None, "at": _iso(s.at),
             "origin": s.origin.value}
            for s in stages_of(session, deal.id)
        ],
        "created_there": _iso(deal.created_there),
        "updated_there": _iso(deal.updated_there),
        "first_seen_at": _iso(deal.first_seen_at),
        "raw": deal.raw if shown.may_show_raw else {},
    }  # fmt: skip


def _head(shown: DealShown) -> dict[str, Any]:
    deal = shown.deal
    return line_json(
        ListedDeal(
            deal.id, deal.external_id, deal.title, deal.amount, deal.currency, deal.pipeline,
            deal.stage, deal.kind, deal.planned_on, deal.closed_on, deal.discount,
            deal.is_outside_policy, deal.gone_at, deal.changed_at, deal.client_id,
            shown.company.name if shown.company else None,
            shown.owner.name if shown.owner else None, shown.source.name, shown.home,
        )
    )  # fmt: skip


def _lines(session: Session, actor: Actor, deal: Deal) -> list[dict[str, Any]]:
    day = day_of(deal, clock.today(actor.time_zone))
    return [
        {
            "name": line.name,
            "page": line.page.id if line.page else None,
            "list_price": _amount(line.list_price),
            "price": _amount(line.price),
            "quantity": _amount(line.quantity),
        }
        for line in lines_shown(session, actor, deal, day)
    ]


def _contacts(session: Session, deal: Deal) -> list[dict[str, Any]]:
    wanted = select(DealContact).where(DealContact.deal_id == deal.id).order_by(DealContact.number)
    return [
        {"name": one.name, "email": one.email, "phone": one.phone, "role": one.role}
        for one in session.scalars(wanted)
    ]


def _amount(amount: Decimal | None) -> str | None:
    return f"{amount:f}" if amount is not None else None


def _iso(when: date | datetime | None) -> str | None:
    return when.isoformat() if when is not None else None
