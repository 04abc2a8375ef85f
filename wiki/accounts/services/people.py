"""Accounts of colleagues: making, changing, deactivating. Nothing is ever deleted."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts import rules, wording
from wiki.accounts.actor import Actor, Role
from wiki.accounts.models import ApiToken, User
from wiki.accounts.services.lookup import (
    check_email_is_free,
    check_team,
    existing,
    other_active_admins,
)
from wiki.history.services import record
from wiki.locale import LANGUAGES
from wiki.outbox import changed


@dataclass(frozen=True)
class NewPerson:
    """What an account begins with. The password comes as a hash, for hashing takes its time."""

    email: str
    name: str
    role: Role
    team_id: int | None
    language: str
    time_zone: str
    password_hash: str | None = None


def create_user(session: Session, actor: Actor | None, new: NewPerson) -> User:
    """Make an account; refuses an address that has one, wrong words, and roles too high."""
    rules.check_gives(actor, new.role)
    return add_user(session, actor, new)


def add_user(session: Session, actor: Actor | None, new: NewPerson) -> User:
    """Make an account whose role has been granted before, by an invitation for example."""
    email = wording.check_email(new.email)
    check_email_is_free(session, email)
    user = User(
        email=email,
        email_folded=wording.fold_email(email),
        name=wording.check_name(new.name),
        role=new.role,
        team_id=check_team(session, new.team_id),
        password_hash=new.password_hash,
        language=wording.check_language(new.language, LANGUAGES),
        time_zone=wording.check_time_zone(new.time_zone),
        created_at=clock.now(),
    )
    session.add(user)
    session.flush()
    record(session, actor or user, "create", "user", user.id, after=_state(user))
    changed(session, "colleague", user.id)
    return user


def change_place(
    session: Session, actor: Actor | None, user_id: int, role: Role, team_id: int | None
) -> User:
    """Give a colleague another role or team."""
    user = existing(session, User, user_id)
    rules.check_manages(actor, user.id, user.role)
    rules.check_gives(actor, role)
    if user.role == Role.ADMIN and role != Role.ADMIN and user.deactivated_at is None:
        rules.check_admin_remains(other_active_admins(session, user.id))
    before = _state(user)
    user.role = role
    if team_id != user.team_id:
        user.team_id = check_team(session, team_id)
    if _state(user) != before:
        record(session, actor, "change", "user", user.id, before, _state(user))
        changed(session, "colleague", user.id)
    return user


def deactivate(session: Session, actor: Actor | None, user_id: int) -> User:
    """End all sessions and tokens of a colleague; all they wrote stays, with their name."""
    user = existing(session, User, user_id)
    rules.check_manages(actor, user.id, user.role)
    if user.deactivated_at is not None:
        return user
    if user.role == Role.ADMIN:
        rules.check_admin_remains(other_active_admins(session, user.id))
    user.deactivated_at = clock.now()
    user.session_epoch += 1
    _revoke_tokens(session, user.id)
    record(session, actor, "deactivate", "user", user.id)
    changed(session, "colleague", user.id)
    return user


def reactivate(session: Session, actor: Actor | None, user_id: int) -> User:
    """Let a colleague sign in again with their old password; their tokens stay revoked."""
    user = existing(session, User, user_id)
    rules.check_manages(actor, user.id, user.role)
    if user.deactivated_at is not None:
        user.deactivated_at = None
        record(session, actor, "reactivate", "user", user.id)
        changed(session, "colleague", user.id)
    return user


def _revoke_tokens(session: Session, user_id: int) -> None:
    alive = update(ApiToken).where(ApiToken.user_id == user_id, ApiToken.revoked_at.is_(None))
    session.execute(alive.values(revoked_at=clock.now()))


def _state(user: User) -> dict[str, Any]:
    return {
        "email": user.email,
        "name": user.name,
        "role": user.role.value,
        "team": user.team_id,
    }
