"""Secrets by which a program acts for a person at the JSON API."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from wiki import clock, database
from wiki.accounts import secret_words, wording
from wiki.accounts.actor import Actor
from wiki.accounts.models import ApiToken, User
from wiki.accounts.queries import actor_of
from wiki.accounts.services.lookup import existing
from wiki.errors import Missing, Refusal
from wiki.history.services import record

_TOUCHED_EVERY = timedelta(minutes=1)
_ALIVE_AT_ONCE = 50


def create_token(
    session: Session, actor: Actor | None, user_id: int, name: str
) -> tuple[ApiToken, str]:
    """Make a token of that person; its secret is returned once and kept as a hash only."""
    _check_room(session, user_id)
    secret = secret_words.new_token()
    token = ApiToken(
        user_id=existing(session, User, user_id).id,
        name=wording.check_name(name),
        secret_hash=secret_words.hash_of(secret),
        created_at=clock.now(),
    )
    session.add(token)
    session.flush()
    record(session, actor, "create", "token", token.id, after={"name": token.name})
    return token, secret


def revoke_token(session: Session, actor: Actor, token_id: int) -> None:
    """Make one of the person's own tokens worthless; raises `Missing` for others'."""
    token = existing(session, ApiToken, token_id)
    if token.user_id != actor.id:
        raise Missing
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        record(session, actor, "revoke", "token", token.id, before={"name": token.name})


def actor_of_token(session: Session, token: str, now: datetime) -> Actor | None:
    """The person for whom the token acts; `None` when unknown, revoked or deactivated.

    Notes the use at most once a minute, in a transaction of its own that is given up when the
    database is busy: it is only a hint for the owner.
    """
    row = session.execute(
        select(ApiToken.id, ApiToken.user_id, ApiToken.last_used_at).where(
            ApiToken.secret_hash == secret_words.hash_of(token), ApiToken.revoked_at.is_(None)
        )
    ).first()
    actor = actor_of(session, row.user_id) if row else None
    if row and actor and (row.last_used_at is None or now - row.last_used_at >= _TOUCHED_EVERY):
        _touch(row.id, now)
    return actor


def _touch(token_id: int, now: datetime) -> None:
    used = update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=now)
    with suppress(OperationalError), database.transaction() as session:
        session.execute(used)


def _check_room(session: Session, user_id: int) -> None:
    alive = select(func.count()).where(ApiToken.user_id == user_id, ApiToken.revoked_at.is_(None))
    if (session.scalar(alive) or 0) >= _ALIVE_AT_ONCE:
        raise Refusal(
            "There are already %(limit)d tokens. None was made. Revoke those no program uses.",
            limit=_ALIVE_AT_ONCE,
        )
