"""The worker's part: reads pages that changed and keeps the list of contradictions in step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from products.catalogue.care.models import Contradiction
from products.catalogue.contradictions.claim import Claim, Known
from products.catalogue.contradictions.finder import Found, claims_of, contradictions_in
from products.catalogue.contradictions.gathering import Standing, known_of, standings, texts_of
from products.catalogue.contradictions.telling import tell_owners
from wiki import clock
from wiki.database import Database
from wiki.pages.categories import Tree
from wiki.pages.models import CategoryStamp, Page

AT_A_TIME = 50
"""Pages that are read before others get their turn; about a third of a second."""
MOST_KEPT = 2_000
"""Contradictions that are kept; who has so many does not need more."""


@dataclass
class _Read:
    """What is known of the pages: their claims by page, for one state of titles and labels."""

    stamp: Any = None
    names: Any = None
    known: Known | None = None
    shelves: Tree = field(default_factory=lambda: Tree(0))
    claims: dict[int, tuple[Standing, list[Claim]]] = field(default_factory=dict)


class Watch:
    """Looks again only when a page or a label has changed; remembers the claims of the others."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read = _Read()

    def look(self) -> int:
        """Read some pages that are new, or settle the list; how much there was to do."""
        with self._database.reading() as session:
            stamp = session.execute(_stamp()).one()
            if stamp == self._read.stamp:
                return 0
            pages = {page.page_id: page for page in standings(session)}
            self._begin(session, pages, stamp[-1])
            unread = self._unread(pages)
            if unread:
                self._take(session, unread)
                return len(unread)
        self._settle()
        self._read.stamp = stamp
        return 1

    def _begin(self, session: Session, pages: Mapping[int, Standing], tree_stamp: Any) -> None:
        """Forget pages that are gone; all, when titles or labels changed."""
        names = (tree_stamp, frozenset((page.title, page.product) for page in pages.values()))
        if names != self._read.names:
            known, shelves = known_of(session, pages.values())
            self._read = _Read(None, names, known, shelves)
        kept = self._read.claims
        self._read.claims = {ident: read for ident, read in kept.items() if ident in pages}

    def _unread(self, pages: Mapping[int, Standing]) -> dict[int, Standing]:
        kept = self._read.claims
        new = [p for p in pages.values() if p.page_id not in kept or kept[p.page_id][0] != p]
        return {page.page_id: page for page in new[:AT_A_TIME]}

    def _take(self, session: Session, pages: Mapping[int, Standing]) -> None:
        known = self._read.known
        if known is not None:
            for text in texts_of(session, pages, self._read.shelves):
                self._read.claims[text.page_id] = (pages[text.page_id], claims_of(text, known))

    def _settle(self) -> None:
        claims = (claim for _page, said in self._read.claims.values() for claim in said)
        found = {one.key: one for one in contradictions_in(claims)[:MOST_KEPT]}
        numbers = {ident: page.number for ident, (page, _said) in self._read.claims.items()}
        with self._database.transaction() as session:
            keep_in_step(session, found, numbers)


def _stamp() -> Any:
    """One row that differs whenever a page, a title or a label has changed."""
    living = (Page.archived.is_(False), Page.room.is_(None))
    return select(
        select(func.max(Page.changed_at)).scalar_subquery(),
        select(func.sum(Page.stamp)).scalar_subquery(),
        select(func.count(Page.id)).where(*living).scalar_subquery(),
        select(func.sum(Page.twin_group)).scalar_subquery(),
        select(CategoryStamp.value).scalar_subquery(),
    )


def keep_in_step(session: Session, found: Mapping[str, Found], numbers: Mapping[int, int]) -> None:
    """Write what is new, end what is mended, and tell the owners of what is new."""
    rows = {row.key: row for row in session.scalars(select(Contradiction))}
    for key, row in rows.items():
        if key not in found and row.gone_at is None:
            row.gone_at = clock.now()
    told = [_written(session, rows.get(key), one, numbers) for key, one in found.items()]
    session.flush()
    tell_owners(session, [row for row in told if row is not None])


def _written(
    session: Session, row: Contradiction | None, found: Found, numbers: Mapping[int, int]
) -> Contradiction | None:
    """The row when its owners must hear of it: it is new, or it came back."""
    places = [_place(claim, numbers) for claim in (found.one, found.other)]
    if row is None:
        row = _new(found, places)
        session.add(row)
        return row
    back = row.gone_at is not None
    if back or row.places != places:
        row.gone_at, row.places = None, places
    return row if back and not row.is_none else None


def _new(found: Found, places: list[dict[str, Any]]) -> Contradiction:
    return Contradiction(
        key=found.key,
        page_id=found.one.page_id,
        other_id=found.other.page_id,
        quantity=found.one.quantity[:120],
        places=places,
        found_at=clock.now(),
    )


def _place(claim: Claim, numbers: Mapping[int, int]) -> dict[str, Any]:
    return {
        "page": claim.page_id,
        "revision": numbers.get(claim.page_id, 0),
        "where": claim.where.value,
        "words": claim.words[:600],
        "value": claim.value.written[:60],
        "heading": claim.heading[:200],
        "fact": claim.fact,
        "unit": claim.unit[:30],
    }
