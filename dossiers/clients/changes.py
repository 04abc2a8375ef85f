"""What was done in a dossier: the list of its changes, newest last, and who did them."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from dossiers.facts.models import Change
from wiki.accounts.models import User


class Deed(NamedTuple):
    """One change of a dossier; `words` are names as they were at that moment."""

    id: int
    at: datetime
    actor_id: int | None
    who: str | None
    action: str
    words: dict[str, Any]


_COLUMNS = (Change.id, Change.at, Change.actor_id, User.name, Change.action, Change.words)


def newest_change(session: Session, client_id: int) -> int:
    """The number of the newest change of a dossier; 0 when there is none."""
    newest = select(func.max(Change.id)).where(Change.client_id == client_id)
    return session.scalar(newest) or 0


def deeds_since(
    session: Session, client_id: int, base: int, actor_id: int, limit: int = 20
) -> list[Deed]:
    """What others than this person did in a dossier after the change `base`, oldest first."""
    wanted = (
        select(*_COLUMNS)
        .outerjoin(User, User.id == Change.actor_id)
        .where(Change.client_id == client_id, Change.id > base)
        .where(Change.actor_id.is_distinct_from(actor_id))
        .order_by(Change.id.desc())
        .limit(limit)
    )
    return [Deed(*row) for row in reversed(session.execute(wanted).all())]


class ListedDeed(NamedTuple):
    """One change in the list; `is_undone` when it was taken back."""

    deed: Deed
    is_undone: bool


def deeds_of(
    session: Session, client_id: int, before: int | None = None, limit: int = 50
) -> list[ListedDeed]:
    """The newest changes of a dossier first, those before the number `before`."""
    later = aliased(Change)
    undone = exists().where(later.undoes_id == Change.id)
    wanted = (
        select(*_COLUMNS, undone)
        .outerjoin(User, User.id == Change.actor_id)
        .where(Change.client_id == client_id)
        .order_by(Change.id.desc())
        .limit(limit)
    )
    if before is not None:
        wanted = wanted.where(Change.id < before)
    return [ListedDeed(Deed(*row[:6]), row[6]) for row in session.execute(wanted)]
