"""Reading what of the facts of pages is to be verified."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from products.catalogue.care.models import FactCare, FactVerification
from products.catalogue.care.rules import VERIFICATION, VERIFY
from products.catalogue.care.stake import by_money, money_at_stake
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing
from wiki.history.models import HistoryEntry
from wiki.pages.addresses import page_url
from wiki.pages.models import Page, Revision

MOST_LATELY = 10
MOST_IN_LOG = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whose facts, and of which categories, one wants to know; `None`: of all."""

    mine: bool = False
    categories: Sequence[int] | None = None


class WaitingPage(NamedTuple):
    """A page with facts to verify: how many, and since when the oldest is stale."""

    id: int
    slug: str
    title: str
    language: str
    category_id: int | None
    facts: int
    oldest: date
    stake: Mapping[str, Decimal] = {}

    @property
    def url(self) -> str:
        """Its address."""
        return page_url(self.id, self.slug)


class CaredFact(NamedTuple):
    """A fact of a page and who vouched for it; `owner` is its own one, else the page's."""

    page_id: int
    category_id: int | None
    key: str
    value: str
    fact: Any
    until: date | None
    at: datetime
    by: str | None
    owner_id: int | None
    owner: str | None
    owner_left: bool
    is_own: bool


class Verified(NamedTuple):
    """Somebody vouched for a fact."""

    id: int
    page_id: int
    slug: str
    title: str
    language: str
    category_id: int | None
    key: str
    value: str
    until: date | None
    at: datetime
    by_id: int | None
    by: str | None
    may_go: bool

    @property
    def url(self) -> str:
        """The address of the page."""
        return page_url(self.page_id, self.slug)


class CaredPage(NamedTuple):
    """A page whose facts are looked after."""

    id: int
    slug: str
    title: str
    language: str
    category_id: int | None
    archived: bool
    owner: str | None

    @property
    def url(self) -> str:
        """Its address."""
        return page_url(self.id, self.slug)


def waiting_visible_to(
    session: Session, actor: Actor, day: date, asked: Asked
) -> list[WaitingPage]:
    """The pages with facts that are stale on that day, those with the most money first.

    Money is that of open deals that the actor may see; without any the longest stale comes first.
    """
    wanted = (
        select(
            Page.id, Page.slug, Page.title, Page.language, Page.category_id,
            func.count(), func.min(FactCare.verified_until),
        )
        .join(FactCare, FactCare.page_id == Page.id)
        .where(FactCare.verified_until < day, *_asked(actor, asked))
        .group_by(Page.id)
    )  # fmt: skip
    pages = [WaitingPage._make((*row, {})) for row in session.execute(wanted)]
    stakes = money_at_stake(session, actor, [page.id for page in pages])
    place = by_money(stakes)
    pages.sort(key=lambda page: (place(page.id), page.oldest, page.id))
    return [page._replace(stake=stakes.get(page.id, {})) for page in pages]


def _asked(actor: Actor, asked: Asked) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [
        Page.audience.in_(actor.audiences),
        Page.archived.is_(False),
        Page.room.is_(None),
    ]
    if asked.mine:
        wanted.append(func.coalesce(FactCare.owner_id, Page.owner_id) == actor.id)
    if asked.categories is not None:
        wanted.append(Page.category_id.in_(asked.categories))
    return wanted


def stale_facts_of(
    session: Session, actor: Actor, day: date, asked: Asked, page_ids: Sequence[int]
) -> dict[int, list[CaredFact]]:
    """The stale facts of these pages that are asked for, by page; one statement."""
    wanted = _cared().where(
        FactCare.page_id.in_(page_ids), FactCare.verified_until < day, *_asked(actor, asked)
    )
    found: dict[int, list[CaredFact]] = {}
    for row in session.execute(wanted.order_by(FactCare.verified_until, FactCare.key)):
        fact = _cared_fact(row)
        found.setdefault(fact.page_id, []).append(fact)
    return found


def cared_page_visible_to(session: Session, actor: Actor, page_id: int) -> CaredPage:
    """A page as its care names it. Raises `Missing` for absent, unseen, and pages of a room."""
    wanted = (
        select(
            Page.id, Page.slug, Page.title, Page.language, Page.category_id, Page.archived,
            User.name,
        )
        .outerjoin(User, User.id == Page.owner_id)
        .where(Page.id == page_id, Page.audience.in_(actor.audiences), Page.room.is_(None))
    )  # fmt: skip
    row = session.execute(wanted).first()
    if row is None:
        raise Missing()
    return CaredPage._make(row)


def cared_facts_of(session: Session, page_id: int) -> list[CaredFact]:
    """All facts of a page, whose sight the caller has checked."""
    wanted = _cared().where(FactCare.page_id == page_id, FactCare.verified_at.is_not(None))
    return [_cared_fact(row) for row in session.execute(wanted.order_by(FactCare.key))]


def _cared() -> Any:
    own, by = aliased(User), aliased(User)
    owner_id = func.coalesce(FactCare.owner_id, Page.owner_id)
    return (
        select(
            FactCare.page_id, Page.category_id, FactCare.key, FactCare.value, Revision.facts,
            FactCare.verified_until, FactCare.verified_at, by.name,
            owner_id, own.name, own.deactivated_at.is_not(None), FactCare.owner_id.is_not(None),
        )
        .join(Page, Page.id == FactCare.page_id)
        .join(Revision, Revision.id == Page.current_revision_id)
        .outerjoin(by, by.id == FactCare.verified_by)
        .outerjoin(own, own.id == owner_id)
    )  # fmt: skip


def _cared_fact(row: Any) -> CaredFact:
    found = CaredFact._make(row)
    return found._replace(
        fact=found.fact.get(found.key), owner_left=bool(found.owner_left), is_own=bool(found.is_own)
    )


def lately_verified_by(session: Session, actor: Actor, since: datetime) -> list[Verified]:
    """For what the actor vouched since then and may still take back, the newest first."""
    wanted = _verified(actor).where(
        FactVerification.by == actor.id, FactVerification.at >= since, _may_go()
    )
    rows = session.execute(wanted.order_by(FactVerification.id.desc()).limit(MOST_LATELY))
    return [Verified._make(row) for row in rows]


def log_visible_to(session: Session, actor: Actor, page_id: int) -> list[Verified]:
    """Who vouched for which fact of a page, the newest first, `MOST_IN_LOG` at most."""
    wanted = _verified(actor).where(FactVerification.page_id == page_id)
    newest = wanted.order_by(FactVerification.at.desc(), FactVerification.id.desc())
    return [Verified._make(row) for row in session.execute(newest.limit(MOST_IN_LOG))]


def _verified(actor: Actor) -> Any:
    stands = (
        (FactCare.page_id == FactVerification.page_id)
        & (FactCare.key == FactVerification.key)
        & (FactCare.verified_at == FactVerification.at)
        & (FactCare.verified_by == FactVerification.by)
    )
    return (
        select(
            FactVerification.id, Page.id, Page.slug, Page.title, Page.language, Page.category_id,
            FactVerification.key, FactVerification.value, FactVerification.until,
            FactVerification.at, FactVerification.by, User.name, _may_go(),
        )
        .join(Page, Page.id == FactVerification.page_id)
        .outerjoin(FactCare, stands)
        .outerjoin(User, User.id == FactVerification.by)
        .where(Page.audience.in_(actor.audiences), Page.room.is_(None))
    )  # fmt: skip


def _may_go() -> ColumnElement[bool]:
    """Whether the fact still stands as the verification left it, and it came with a click."""
    clicked = (
        select(HistoryEntry.id)
        .where(
            HistoryEntry.subject_kind == VERIFICATION,
            HistoryEntry.subject_id == FactVerification.id,
            HistoryEntry.action == VERIFY,
        )
        .exists()
    )
    return FactCare.page_id.is_not(None) & clicked
