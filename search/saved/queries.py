"""Reading saved searches and what was found for them. Sight is that of the moment of showing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from search.assembly import Search
from search.documents import Document
from search.documents import Key as DocumentKey
from search.saved.models import SavedSearch, SavedSearchHit
from search.saved.rules import Telling
from wiki.accounts.actor import Actor
from wiki.paging import Key, Part, beyond, part_of

PART = 50
MOST_COUNTED = 200
"""Unread finds beyond this number, the older ones, are not counted."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved search as its owner sees it; `unread` finds are waiting."""

    id: int
    name: str
    query: str
    telling: Telling
    created_at: datetime
    archived: bool
    unread: int = 0

    @property
    def url(self) -> str:
        """Where the search is run."""
        return f"/search?{self.query}"


def saved_visible_to(session: Session, actor: Actor, search: Search) -> list[Saved]:
    """The person's own searches by name, the removed ones too, with the number of new finds."""
    unread = _unread_visible_to(session, actor, search)
    rows = session.scalars(select(SavedSearch).where(SavedSearch.user_id == actor.id))
    found = [_saved(row, unread.get(row.id, 0)) for row in rows]
    return sorted(found, key=lambda saved: (saved.name.casefold(), saved.id))


def own_search(session: Session, actor: Actor, saved_id: int) -> Saved | None:
    """One search of this person; `None` when there is none or it is somebody else's."""
    mine = select(SavedSearch).where(SavedSearch.id == saved_id, SavedSearch.user_id == actor.id)
    row = session.scalar(mine)
    return _saved(row, 0) if row else None


def unread_visible_to(session: Session, actor: Actor, search: Search) -> int:
    """How many finds of all saved searches wait to be read."""
    return sum(_unread_visible_to(session, actor, search).values())


@dataclass(frozen=True, slots=True)
class Find:
    """Something new that fits a saved search, as it is now."""

    id: int
    search: str
    query: str
    document: Document
    found_at: datetime
    read: bool

    @property
    def search_url(self) -> str:
        """Where the search is run."""
        return f"/search?{self.query}"


class _Row(NamedTuple):
    """A find without its document."""

    id: int
    saved_id: int
    name: str
    query: str
    kind: str
    ident: int
    found_at: datetime
    read_at: datetime | None

    @property
    def key(self) -> DocumentKey:
        """What was found."""
        return DocumentKey(self.kind, self.ident)


def finds_visible_to(
    session: Session, actor: Actor, search: Search, before: Key | None = None
) -> Part[Find]:
    """A part of what was found for the person, the newest first; hidden things are left out."""
    wanted = _finds_of(actor)
    if before is not None:
        wanted = wanted.where(beyond(before, SavedSearchHit.found_at, SavedSearchHit.id))
    rows = [_Row._make(row) for row in session.execute(wanted.limit(PART + 1))]
    part = part_of(rows, PART, lambda row: Key(row.found_at, row.id))
    return Part(_seen(session, actor, search, part.rows), part.next_key)


def find_visible_to(session: Session, actor: Actor, search: Search, find_id: int) -> Find | None:
    """One find of the person, `None` when there is none or it may no longer be seen."""
    row = session.execute(_finds_of(actor).where(SavedSearchHit.id == find_id)).first()
    return next(iter(_seen(session, actor, search, [_Row._make(row)])), None) if row else None


def finds_to_mail(
    session: Session, actor: Actor, search: Search, idents: Sequence[int]
) -> list[Find]:
    """The newest of these finds, as far as the person may see them; at most `MOST_COUNTED`."""
    newest = sorted(idents)[-MOST_COUNTED:]
    wanted = _finds_of(actor).where(SavedSearchHit.id.in_(newest))
    rows = [_Row._make(row) for row in session.execute(wanted)]
    return _seen(session, actor, search, rows)


def _unread_visible_to(session: Session, actor: Actor, search: Search) -> Mapping[int, int]:
    unread = _finds_of(actor).where(SavedSearchHit.read_at.is_(None)).limit(MOST_COUNTED)
    rows = [_Row._make(row) for row in session.execute(unread)]
    seen = _documents(session, actor, search, rows)
    return Counter(row.saved_id for row in rows if row.key in seen)


def _finds_of(
    actor: Actor,
) -> Select[int, int, str, str, str, int, datetime, datetime | None]:
    return (
        select(
            SavedSearchHit.id,
            SavedSearch.id,
            SavedSearch.name,
            SavedSearch.query,
            SavedSearchHit.kind,
            SavedSearchHit.ident,
            SavedSearchHit.found_at,
            SavedSearchHit.read_at,
        )
        .join(SavedSearch, SavedSearch.id == SavedSearchHit.saved_search_id)
        .where(
            SavedSearch.user_id == actor.id,
            SavedSearch.archived_at.is_(None),
            SavedSearch.telling != Telling.OFF,
        )
        .order_by(SavedSearchHit.found_at.desc(), SavedSearchHit.id.desc())
    )


def _seen(session: Session, actor: Actor, search: Search, rows: Sequence[_Row]) -> list[Find]:
    documents = _documents(session, actor, search, rows)
    return [
        Find(row.id, row.name, row.query, documents[row.key], row.found_at, row.read_at is not None)
        for row in rows
        if row.key in documents
    ]


def _documents(
    session: Session, actor: Actor, search: Search, rows: Iterable[_Row]
) -> Mapping[DocumentKey, Document]:
    """What was found, as it is now and as far as the person may see it now."""
    loaded = search.sources.load(session, [row.key for row in rows])
    return {key: doc for key, doc in loaded.items() if doc.audience in actor.audiences}


def _saved(row: SavedSearch, unread: int) -> Saved:
    return Saved(
        row.id,
        row.name,
        row.query,
        Telling(row.telling),
        row.created_at,
        row.archived_at is not None,
        unread,
    )
