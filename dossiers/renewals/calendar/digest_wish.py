"""Whether the weekly letter comes: it does until somebody says no.

That somebody says no is kept as the letter of the last week there is.
"""

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dossiers.renewals.models import WeeklyDigest
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.history.services import record

#: A Monday after which none comes.
NEVER = date(9999, 12, 27)


def wants_digest(session: Session, actor: Actor) -> bool:
    """Whether the letter comes to this person."""
    said_no = WeeklyDigest.user_id == actor.id, WeeklyDigest.week == NEVER
    return session.scalar(select(WeeklyDigest.user_id).where(*said_no)) is None


def set_wish(session: Session, actor: Actor, wished: bool) -> bool:
    """Let the letter come or not; the wish."""
    said_no = WeeklyDigest.user_id == actor.id, WeeklyDigest.week == NEVER
    session.execute(delete(WeeklyDigest).where(*said_no))
    if not wished:
        session.add(WeeklyDigest(user_id=actor.id, week=NEVER, at=clock.now()))
    record(session, actor, "change", "weekly letter", actor.id, None, {"wanted": wished})
    return wished
