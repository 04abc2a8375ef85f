"""The share of facts that somebody has verified for today: per product, per category, in all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from products.catalogue.care.models import FactCare
from wiki.accounts.actor import Actor
from wiki.pages.addresses import page_url
from wiki.pages.categories import Shelf, Tree
from wiki.pages.models import Page


class Share(NamedTuple):
    """How many of the facts that grow old are fresh."""

    fresh: int
    total: int

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all of them."""
        return self.fresh * 100 // self.total if self.total else 100

    @property
    def stale(self) -> int:
        """How many are to be verified."""
        return self.total - self.fresh


class PageShare(NamedTuple):
    """The fresh facts of one page."""

    id: int
    slug: str
    title: str
    language: str
    category_id: int | None
    share: Share

    @property
    def url(self) -> str:
        """Its address."""
        return page_url(self.id, self.slug)


@dataclass(frozen=True, slots=True)
class CategoryShare:
    """The fresh facts of a category with those below it; `None`: of pages without a category."""

    shelf: Shelf | None
    depth: int
    pages: int
    share: Share


def page_shares_visible_to(session: Session, actor: Actor, day: date) -> list[PageShare]:
    """The share of each living page with facts that grow old, the lowest first; one statement."""
    fresh = func.sum(case((FactCare.verified_until >= day, 1), else_=0))
    wanted = (
        select(Page.id, Page.slug, Page.title, Page.language, Page.category_id, fresh, func.count())
        .join(FactCare, FactCare.page_id == Page.id)
        .where(FactCare.verified_until.is_not(None), Page.audience.in_(actor.audiences))
        .where(Page.archived.is_(False), Page.room.is_(None))
        .group_by(Page.id)
    )
    pages = [
        PageShare._make((*own, Share(int(much), int(total))))
        for *own, much, total in session.execute(wanted)
    ]
    return sorted(pages, key=lambda page: (page.share.percent, -page.share.stale, page.title))


def sum_of(shares: Iterable[Share]) -> Share:
    """Many shares as one."""
    told = list(shares)
    return Share(sum(one.fresh for one in told), sum(one.total for one in told))


def category_shares(tree: Tree, pages: Sequence[PageShare]) -> list[CategoryShare]:
    """The categories that have facts which grow old, in the order of the tree."""
    own: dict[int | None, list[Share]] = {}
    for page in pages:
        home = page.category_id if page.category_id in tree.shelves else None
        own.setdefault(home, []).append(page.share)
    lines = [_line(tree, own, depth, shelf) for depth, shelf in tree.walk()]
    bare = own.get(None, [])
    lines.append(CategoryShare(None, 0, len(bare), sum_of(bare)))
    return [line for line in lines if line.pages]


def _line(
    tree: Tree, own: Mapping[int | None, list[Share]], depth: int, shelf: Shelf
) -> CategoryShare:
    inside = [share for ident in tree.below(shelf.id) for share in own.get(ident, [])]
    return CategoryShare(shelf, depth, len(inside), sum_of(inside))
