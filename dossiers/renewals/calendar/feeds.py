"""The secret address of somebody's calendar: made, used, revoked. Only its hash is kept."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.renewals.models import CalendarFeed
from wiki import clock
from wiki.accounts import secret_words
from wiki.accounts.actor import Actor
from wiki.accounts.loading import actor_of
from wiki.errors import Missing
from wiki.history.services import record

_NOTED_EVERY = timedelta(hours=1)


def feed_of(session: Session, actor: Actor) -> CalendarFeed | None:
    """The person's address that works, if there is one."""
    alive = CalendarFeed.user_id == actor.id, CalendarFeed.revoked_at.is_(None)
    return session.scalar(select(CalendarFeed).where(*alive).order_by(CalendarFeed.id.desc()))


def make_feed(session: Session, actor: Actor) -> str:
    """Make a new address; its secret is returned once. The one before no longer works."""
    revoke_feed(session, actor)
    secret = secret_words.new_secret()
    made = CalendarFeed(
        user_id=actor.id, secret_hash=secret_words.hash_of(secret), created_at=clock.now()
    )
    session.add(made)
    session.flush()
    record(session, actor, "create", "calendar feed", made.id)
    return secret


def revoke_feed(session: Session, actor: Actor) -> None:
    """Make the person's addresses worthless."""
    alive = CalendarFeed.user_id == actor.id, CalendarFeed.revoked_at.is_(None)
    for feed in session.scalars(select(CalendarFeed).where(*alive)):
        feed.revoked_at = clock.now()
        record(session, actor, "revoke", "calendar feed", feed.id)


def reader_of_feed(session: Session, secret: str) -> tuple[CalendarFeed, Actor]:
    """The feed and whose it is. Raises `Missing`: unknown, revoked, and of those who have left."""
    known = CalendarFeed.secret_hash == secret_words.hash_of(secret)
    feed = session.scalar(select(CalendarFeed).where(known, CalendarFeed.revoked_at.is_(None)))
    reader = actor_of(session, feed.user_id) if feed else None
    if feed is None or reader is None:
        raise Missing()
    return feed, reader


def is_use_to_note(feed: CalendarFeed) -> bool:
    """Whether the last use was noted long ago; programs ask often."""
    return feed.used_at is None or clock.now() - feed.used_at >= _NOTED_EVERY


def note_use(session: Session, feed_id: int) -> None:
    """Note that a program asked, as a hint for the owner."""
    session.get_one(CalendarFeed, feed_id).used_at = clock.now()
