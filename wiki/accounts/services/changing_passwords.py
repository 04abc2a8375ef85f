"""Changing a password by the old one, and setting a new one by a link that came by mail."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from wiki import clock, mail
from wiki.accounts import letters, secret_words
from wiki.accounts.actor import Actor
from wiki.accounts.models import PasswordReset, User
from wiki.accounts.services.lookup import existing, own_account, user_by_email
from wiki.errors import Missing
from wiki.history.services import record

RESET_LASTS = timedelta(hours=1)
FIRST_PASSWORD_LASTS = timedelta(days=7)
_LETTERS_PER_HOUR = 3


def change_password(session: Session, actor: Actor, password_hash: str) -> None:
    """Keep a new password, whose old one was checked before; all other sessions end."""
    user = own_account(session, actor)
    user.password_hash = password_hash
    user.session_epoch += 1
    record(session, actor, "change password", "user", user.id)


def ask_for_reset(session: Session, email: str, base_url: str) -> None:
    """Write a letter with a link, when somebody has that address; tells nobody whether.

    At most three an hour go to one person, so that nobody can fill a colleague's mailbox.
    """
    secret, user = secret_words.new_secret(), user_by_email(session, email)
    if user is None or user.deactivated_at is not None or _is_flooded(session, user.id):
        return
    _add_reset(session, user, secret, RESET_LASTS)
    subject, text = letters.password_reset(
        user.language, user.name, f"{base_url}/account/reset/{secret}"
    )
    mail.post(session, user.email, subject, text)
    record(session, None, "ask for new password", "user", user.id)


def first_password_link(session: Session, user_id: int, base_url: str) -> str:
    """A link by which a person made on the command line sets their first password."""
    secret = secret_words.new_secret()
    _add_reset(session, existing(session, User, user_id), secret, FIRST_PASSWORD_LASTS)
    return f"{base_url}/account/reset/{secret}"


def person_of_reset(session: Session, secret: str) -> User:
    """Whose password the link sets; raises `Missing` with a sentence when it is used or old."""
    return existing(session, User, _valid_reset(session, secret, clock.now()).user_id)


def reset_password(session: Session, secret: str, password_hash: str) -> User:
    """Keep the new password, use the link up, and end all sessions of the person."""
    now = clock.now()
    user = existing(session, User, _valid_reset(session, secret, now).user_id)
    unused = (PasswordReset.user_id == user.id, PasswordReset.used_at.is_(None))
    session.execute(update(PasswordReset).where(*unused).values(used_at=now))
    user.password_hash = password_hash
    user.session_epoch += 1
    record(session, user, "set new password by mail", "user", user.id)
    return user


def _valid_reset(session: Session, secret: str, now: datetime) -> PasswordReset:
    row = session.scalar(
        select(PasswordReset)
        .join(User, User.id == PasswordReset.user_id)
        .where(
            PasswordReset.secret_hash == secret_words.hash_of(secret),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now,
            User.deactivated_at.is_(None),
        )
        .with_for_update()
    )
    if row is None:
        raise Missing(
            "This link has been used or is too old. Your password was not changed. "
            "Ask for a new link on the page for signing in."
        )
    return row


def _add_reset(session: Session, user: User, secret: str, lasts: timedelta) -> None:
    now = clock.now()
    session.add(
        PasswordReset(
            secret_hash=secret_words.hash_of(secret),
            user_id=user.id,
            created_at=now,
            expires_at=now + lasts,
        )
    )


def _is_flooded(session: Session, user_id: int) -> bool:
    lately = select(func.count()).where(
        PasswordReset.user_id == user_id, PasswordReset.created_at > clock.now() - RESET_LASTS
    )
    return (session.scalar(lately) or 0) >= _LETTERS_PER_HOUR
