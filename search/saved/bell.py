"""What saved searches add to the number at the bell."""

from collections.abc import Iterable

from sqlalchemy import update
from sqlalchemy.orm import Session

from search.assembly import Search
from search.saved.queries import unread_visible_to
from wiki.accounts.actor import Actor
from wiki.accounts.loading import actor_of
from wiki.accounts.models import User
from wiki.database import Database


def recount_finds(session: Session, actor: Actor, search: Search) -> None:
    """Set the number to what the person has not read and may see, in a write transaction."""
    session.flush()
    count = unread_visible_to(session, actor, search)
    wrong = update(User).where(User.id == actor.id, User.unread_finds != count)
    session.execute(wrong.values(unread_finds=count))


def mend_finds(database: Database, search: Search, user_ids: Iterable[int]) -> int:
    """Set wrong numbers of these people right; how many there were. Writes only those."""
    right: dict[int, int] = {}
    with database.reading() as session:
        for user_id in user_ids:
            actor = actor_of(session, user_id)
            count = unread_visible_to(session, actor, search) if actor else 0
            if actor is not None and count != actor.finds:
                right[user_id] = count
    if right:
        with database.transaction() as session:
            for user_id, count in right.items():
                row = update(User).where(User.id == user_id)
                session.execute(row.values(unread_finds=count))
    return len(right)
