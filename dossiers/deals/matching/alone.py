"""Deals of which the source names no company: they wait in the queue, of no invented client."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.deals.listing import ListedDeal, listed, listed_columns
from dossiers.deals.matching.queue import PAGE, without_company
from dossiers.deals.matching.suggesting import Suggestion, suggestions_by_contacts
from dossiers.deals.models import Deal, DealCompany, DealOwner, DealSource
from dossiers.deals.queries import visible_deals
from wiki.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class Alone:
    """A page of such deals, with clients that their people's addresses suggest."""

    rows: Sequence[ListedDeal]
    suggestions: Mapping[int, Sequence[Suggestion]]
    number: int
    count: int
    total: int


def alone_visible_to(session: Session, actor: Actor, number: int = 1) -> Alone:
    """Deals without a company, those that changed last first."""
    conditions = (*without_company(), visible_deals(actor))
    total = session.scalar(select(func.count()).select_from(Deal).where(*conditions)) or 0
    count = max(1, -(-total // PAGE))
    number = min(max(1, number), count)
    wanted = (
        select(*listed_columns())
        .join(DealSource, DealSource.id == Deal.source_id)
        .outerjoin(DealCompany, DealCompany.id == Deal.company_id)
        .outerjoin(DealOwner, DealOwner.id == Deal.owner_id)
        .where(*conditions)
        .order_by(Deal.changed_at.desc(), Deal.id.desc())
    )
    rows = listed(session, session.execute(wanted.limit(PAGE).offset((number - 1) * PAGE)).all())
    found = suggestions_by_contacts(session, actor, [row.id for row in rows])
    return Alone(rows, found, number, count, total)
