"""Signing in: a claim before the password is checked, and its end when it was right.

Between the two lies the slow check of the password, which must not hold a transaction open:

    with transaction() as session:
        claim = begin_sign_in(session, email, source)
    check_claim(claim, password)
    with transaction() as session:
        user_id = end_sign_in(session, claim)
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from wiki.accounts import limits
from wiki.accounts.devices import Source
from wiki.accounts.models import User
from wiki.accounts.passwords import hash_password, is_outdated, is_password
from wiki.accounts.services.lookup import existing, user_by_email
from wiki.accounts.wording import fold_email
from wiki.errors import Missing, Refusal
from wiki.history.services import record


@dataclass(frozen=True)
class Claim:
    """Somebody says to be that person; `user_id` is `None` for an address nobody has."""

    email_folded: str
    source: Source
    user_id: int | None
    password_hash: str | None


def begin_sign_in(session: Session, email: str, source: Source) -> Claim:
    """Note the attempt; raises `TooMany` when there were too many from there."""
    limits.begin_attempt(session, fold_email(email), source)
    user = user_by_email(session, email)
    if user is None or user.deactivated_at is not None:
        return Claim(fold_email(email), source, None, None)
    return Claim(user.email_folded, source, user.id, user.password_hash)


def check_claim(claim: Claim, password: str) -> str | None:
    """Refuse a wrong password and an unknown address, in the same time and the same words.

    Returns a new hash when the kept one was made with weaker parameters than today's.
    """
    if not is_password(claim.password_hash, password):
        raise Refusal(
            "Address and password do not belong together. Nothing was changed. "
            "Check both, or set a new password by mail."
        )
    outdated = claim.password_hash is not None and is_outdated(claim.password_hash)
    return hash_password(password) if outdated else None


def end_sign_in(session: Session, claim: Claim, new_hash: str | None = None) -> int:
    """The number of the person who has now signed in."""
    if claim.user_id is None:
        raise Missing
    user = existing(session, User, claim.user_id)
    limits.forget_attempts(session, claim.email_folded, claim.source)
    if new_hash is not None:
        user.password_hash = new_hash
    record(session, user, "sign in", "user", user.id)
    return user.id
