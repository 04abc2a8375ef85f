"""Closed deals of which nobody has said why, for their managers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from dossiers.deals.closing.models import DealClosing
from dossiers.deals.kinds import DealKind
from dossiers.deals.listing import ListedDeal, listed, listed_columns
from dossiers.deals.models import Deal, DealCompany, DealOwner, DealSource
from dossiers.deals.queries import company_shown, visible_deals
from wiki.accounts.actor import Actor

PAGE = 25
_CLOSED = (DealKind.WON, DealKind.LOST)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which of them: lost or won ones, and only those that the reader sells."""

    kind: DealKind = DealKind.LOST
    mine: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Unexplained:
    """One page of them, the last closed first; `counts` are all of each kind.

    `source_says` has the words of the source by deal, where it has any.
    """

    deals: Sequence[ListedDeal]
    source_says: Mapping[int, str]
    counts: Mapping[DealKind, int]
    number: int
    count: int


def unexplained_visible_to(session: Session, actor: Actor, asked: Asked) -> Unexplained:
    """The closed deals without a reason that the actor may see, in four statements."""
    unsaid = _unsaid(actor, asked.mine)
    wanted = select(Deal.kind, func.count()).where(Deal.kind.in_(_CLOSED), *unsaid)
    rows_of_kinds = session.execute(wanted.group_by(Deal.kind))
    counts = {kind: number for kind, number in rows_of_kinds if kind is not None}
    pages = max(1, -(-counts.get(asked.kind, 0) // PAGE))
    number = min(max(1, asked.page), pages)
    rows = (
        select(*listed_columns())
        .join(DealSource, DealSource.id == Deal.source_id)
        .outerjoin(DealCompany, and_(DealCompany.id == Deal.company_id, company_shown(actor)))
        .outerjoin(DealOwner, DealOwner.id == Deal.owner_id)
        .where(Deal.kind == asked.kind, *unsaid)
        .order_by(Deal.closed_on.desc().nulls_last(), Deal.id.desc())
    )
    shown = session.execute(rows.limit(PAGE).offset((number - 1) * PAGE)).all()
    deals = listed(session, shown)
    return Unexplained(deals, _source_says(session, deals), counts, number, pages)


def _unsaid(actor: Actor, mine: bool) -> list[ColumnElement[bool]]:
    said = exists().where(DealClosing.deal_id == Deal.id, DealClosing.is_newest)
    found = [visible_deals(actor), Deal.gone_at.is_(None), ~said]
    if mine:
        own = select(DealOwner.id).where(DealOwner.user_id == actor.id)
        found.append(Deal.owner_id.in_(own))
    return found


def _source_says(session: Session, deals: Sequence[ListedDeal]) -> Mapping[int, str]:
    wanted = select(Deal.id, Deal.loss_reason).where(Deal.id.in_([deal.id for deal in deals]))
    return dict(session.execute(wanted.where(Deal.loss_reason != "")).all())
