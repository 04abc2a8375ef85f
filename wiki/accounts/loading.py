"""From a session cookie to the person: one small statement per request."""

from flask import Flask
from flask_login import LoginManager
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.database import reading


def actor_of(session: Session, user_id: int) -> Actor | None:
    """The person with that id as an actor; `None` when unknown or deactivated."""
    row = session.execute(_STATEMENT, {"user_id": user_id}).first()
    if row is None:
        return None
    return Actor(*row)


_STATEMENT = select(
    User.id,
    User.name,
    User.email,
    User.role,
    User.team_id,
    User.language,
    User.time_zone,
    User.session_epoch,
    User.unread_notices,
).where(User.id == bindparam("user_id"), User.deactivated_at.is_(None))


def init_app(app: Flask) -> None:
    """Set up Flask-Login."""
    login = LoginManager(app)
    login.login_view = "accounts.sign_in"
    login.session_protection = "basic"
    login.user_loader(_load)


def _load(session_id: str) -> Actor | None:
    user_id, _dot, epoch = session_id.partition(".")
    if not (user_id.isdecimal() and epoch.isdecimal()):
        return None
    actor = actor_of(reading(), int(user_id))
    return actor if actor is not None and actor.epoch == int(epoch) else None
