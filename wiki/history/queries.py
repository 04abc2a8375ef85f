"""Reading the history."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.history.models import HistoryEntry
from wiki.paging import Key, Part, beyond, part_of


def entries(
    session: Session, actor_id: int | None, before: Key | None, limit: int = 50
) -> Part[HistoryEntry]:
    """One part of the history, newest first; of one person when `actor_id` is given.

    The caller has to check that the reader may see all of it.
    """
    wanted = select(HistoryEntry).order_by(HistoryEntry.at.desc(), HistoryEntry.id.desc())
    if actor_id is not None:
        wanted = wanted.where(HistoryEntry.actor_id == actor_id)
    if before is not None:
        wanted = wanted.where(beyond(before, HistoryEntry.at, HistoryEntry.id))
    rows = session.scalars(wanted.limit(limit + 1)).all()
    return part_of(rows, limit, lambda entry: Key(entry.at, entry.id))
