"""What deals tell of products, counted once until something has changed."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.kept_figures import KeptFigures
from dossiers.deals.models import ProductName
from dossiers.deals.sold import Sold, sold_visible_to
from wiki.accounts.actor import Actor

MOST = 2000
"""Products whose figures are kept, for each sort of reader."""


def kept_sold_visible_to(
    session: Session, kept: KeptFigures, actor: Actor, page_ids: Sequence[int]
) -> Sold | None:
    """What `sold_visible_to` says; in two statements when nothing has changed since."""
    names = select(ProductName.id).where(ProductName.page_id.in_(page_ids))
    found = tuple(sorted(session.scalars(names)))
    if not found:
        return None
    question = ("sold", found)
    return kept.answer(session, actor, question, lambda: sold_visible_to(session, actor, page_ids))
