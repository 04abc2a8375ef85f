"""Who has the edit form of a page open: a row renewed every few seconds."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.pages.models import Editing
from wiki.upserts import insert_into

FRESH = timedelta(seconds=45)


def others_editing(session: Session, actor: Actor, page_id: int) -> list[str]:
    """The names of the others who edit the page at this moment."""
    statement = (
        select(User.name)
        .join(Editing, Editing.user_id == User.id)
        .where(
            Editing.page_id == page_id,
            Editing.user_id != actor.id,
            Editing.seen_at > clock.now() - FRESH,
        )
    )
    return list(session.scalars(statement.order_by(User.name)))


def mark_editing(session: Session, actor: Actor, page_id: int) -> None:
    """The actor is editing the page now; rows that went stale are removed."""
    now = clock.now()
    session.execute(delete(Editing).where(Editing.seen_at < now - FRESH))
    mine = insert_into(session, Editing).values(page_id=page_id, user_id=actor.id, seen_at=now)
    # Two windows of one person may say it at the same moment.
    session.execute(
        mine.on_conflict_do_update(
            index_elements=[Editing.page_id, Editing.user_id], set_={"seen_at": now}
        )
    )
