"""A source may hint that there is something new. A hint is never data, only a reason to ask."""

import hmac
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.connectors.sealing import signing_key
from dossiers.deals.models import DealSource, PullState

LARGEST = 65_536
"""Bytes of a hint; its content is not looked at."""
LONGEST_HOOK = 64


def hinted(
    session: Session, instance_key: str, hook: str, body: bytes, signature: str
) -> int | None:
    """The source that hints, unless it is asked soon anyway; `None` for everything else.

    The address is a secret. A signature, where there is one, must fit too: `sha256=` and the
    HMAC of the body.
    """
    # No database could be asked for some letters.
    if not hook.isascii() or not hook.isprintable():
        return None
    known = select(DealSource.id, DealSource.hook).where(
        DealSource.hook == hook[:LONGEST_HOOK], DealSource.paused.is_(False)
    )
    row = session.execute(known).first()
    if row is None or not _fits(signing_key(instance_key, hook), body, signature):
        return None
    state = select(PullState.source_id).where(
        PullState.source_id == row.id, PullState.wanted.is_(False)
    )
    return session.scalar(state)


def take_hint(session: Session, source_id: int) -> None:
    """Let the worker ask the source soon."""
    session.get_one(PullState, source_id).wanted = True


def _fits(key: str, body: bytes, signature: str) -> bool:
    if not signature:
        return True
    right = "sha256=" + hmac.new(key.encode(), body, sha256).hexdigest()
    return hmac.compare_digest(right.encode(), signature.strip().lower().encode())
