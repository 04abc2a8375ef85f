"""Keeping searches: save, rename, remove, bring back, hear of news, mark news as read."""

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from search.saved import rules
from search.saved.models import SavedSearch, SavedSearchHit
from search.saved.rules import Telling
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Missing
from wiki.history.services import record

KIND = "saved search"
"""What the history calls one."""


def save_search(
    session: Session, actor: Actor, name: str, query: str, telling: str = Telling.OFF
) -> SavedSearch:
    """Keep a search for this person; `query` is what stands behind the `?` of its address.

    The same search saved again is the one that is there, under the new name, and is brought back
    when it had been removed. Raises `Refusal` when a rule is broken.
    """
    name, query = rules.check_name(name), rules.check_query(query)
    how = rules.check_telling(telling)
    twin = select(SavedSearch).where(SavedSearch.user_id == actor.id, SavedSearch.query == query)
    known = session.scalars(twin.order_by(SavedSearch.id).limit(1)).first()
    if known is not None:
        return _save_again(session, actor, known, name, how)
    rules.check_room(_count(session, actor))
    now = clock.now()
    saved = SavedSearch(
        user_id=actor.id, name=name, query=query, telling=how,
        created_at=now, told_since=now, looked_at=now,
    )  # fmt: skip
    session.add(saved)
    session.flush()
    record(session, actor, "create", KIND, saved.id, None, {"name": name, "telling": how})
    return saved


def change_search(
    session: Session, actor: Actor, saved_id: int, name: str, telling: str
) -> SavedSearch:
    """Give a saved search another name or another way to tell of news. Raises `Refusal`."""
    saved = _own(session, actor, saved_id)
    name, how = rules.check_name(name), rules.check_telling(telling)
    before = {"name": saved.name, "telling": saved.telling}
    if how is not Telling.OFF and saved.telling == Telling.OFF:
        saved.told_since = saved.looked_at = clock.now()
    saved.name, saved.telling = name, how
    after = {"name": name, "telling": how}
    if before != after:
        record(session, actor, "change", KIND, saved.id, before, after)
    return saved


def remove_search(session: Session, actor: Actor, saved_id: int) -> None:
    """Take a search out of the list; it stays among the removed ones."""
    saved = _own(session, actor, saved_id)
    if saved.archived_at is None:
        saved.archived_at = clock.now()
        record(session, actor, "archive", KIND, saved.id, None, {"name": saved.name})


def bring_back_search(session: Session, actor: Actor, saved_id: int) -> None:
    """Put a removed search back. What changed while it was away is no news."""
    _bring_back(session, actor, _own(session, actor, saved_id))


def mark_read(session: Session, actor: Actor, idents: Sequence[int] | None = None) -> int:
    """The person has seen these finds, or all when `idents` is `None`; how many were unread."""
    own = select(SavedSearch.id).where(SavedSearch.user_id == actor.id)
    unread = update(SavedSearchHit).where(
        SavedSearchHit.saved_search_id.in_(own), SavedSearchHit.read_at.is_(None)
    )
    if idents is not None:
        unread = unread.where(SavedSearchHit.id.in_(idents))
    marked = unread.values(read_at=clock.now()).returning(SavedSearchHit.id)
    return len(session.execute(marked).all())


def _save_again(
    session: Session, actor: Actor, known: SavedSearch, name: str, how: Telling
) -> SavedSearch:
    _bring_back(session, actor, known)
    return change_search(session, actor, known.id, name, how)


def _bring_back(session: Session, actor: Actor, saved: SavedSearch) -> None:
    if saved.archived_at is not None:
        rules.check_room(_count(session, actor))
        saved.archived_at = None
        saved.told_since = saved.looked_at = clock.now()
        record(session, actor, "bring back", KIND, saved.id, None, {"name": saved.name})


def _own(session: Session, actor: Actor, saved_id: int) -> SavedSearch:
    mine = select(SavedSearch).where(SavedSearch.id == saved_id, SavedSearch.user_id == actor.id)
    saved = session.scalar(mine.with_for_update())
    if saved is None:
        raise Missing()
    return saved


def _count(session: Session, actor: Actor) -> int:
    mine = select(func.count()).where(
        SavedSearch.user_id == actor.id, SavedSearch.archived_at.is_(None)
    )
    return session.scalar(mine) or 0
