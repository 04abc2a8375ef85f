"""Telling the owners of two pages that these contradict each other."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.catalogue.care.models import Contradiction
from wiki.accounts.models import User
from wiki.pages.models import Page
from wiki.pages.watching.notifying import News, tell_only
from wiki.pages.watching.sight import sees

TOPIC = "contradict"
FOUND = "contradicts"


def tell_owners(session: Session, found: Iterable[Contradiction]) -> None:
    """One notice for each page to its owner, if they may see the other page, too."""
    told: dict[int, set[int]] = {}
    for row in found:
        told.setdefault(row.page_id, set()).add(row.other_id)
        told.setdefault(row.other_id, set()).add(row.page_id)
    pages = _pages(session, told)
    for page_id, others in told.items():
        page = pages.get(page_id)
        if page is not None and page.owner_id is not None:
            seen = any(_may_see(session, page.owner_id, pages.get(other)) for other in others)
            news = News(TOPIC, FOUND, page.current_number, page.current_number)
            if seen:
                tell_only(session, None, page, news, [page.owner_id])


def _pages(session: Session, ids: Iterable[int]) -> Mapping[int, Page]:
    locked = select(Page).where(Page.id.in_(list(ids))).order_by(Page.id).with_for_update()
    return {page.id: page for page in session.scalars(locked)}


def _may_see(session: Session, user_id: int, page: Page | None) -> bool:
    if page is None:
        return False
    seeing = select(User.id).join(Page, Page.id == page.id).where(User.id == user_id)
    return session.scalar(seeing.where(sees(Page.audience))) is not None
