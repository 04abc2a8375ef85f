"""Who looks alike and is not the same: remembered, so that nobody is asked twice."""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import NotTheSame
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.history.services import record


class Kind(StrEnum):
    """What may stand twice."""

    PERSON = "person"
    CLIENT = "client"


def apart(session: Session, kind: Kind) -> frozenset[tuple[int, int]]:
    """The pairs of that kind of which somebody said that they are not one, smaller number first."""
    wanted = select(NotTheSame.low_id, NotTheSame.high_id).where(NotTheSame.kind == kind.value)
    return frozenset((low, high) for low, high in session.execute(wanted))


def keep_apart(session: Session, actor: Actor, kind: Kind, one: int, other: int) -> None:
    """Remember that the two are not one; saying so twice is the same as once.

    The caller has checked that the actor may merge them.
    """
    low, high = min(one, other), max(one, other)
    known = _row(session, kind, low, high)
    if known is None:
        session.add(
            NotTheSame(
                kind=kind.value, low_id=low, high_id=high,
                decided_by=actor.id, decided_at=clock.now(),
            )
        )  # fmt: skip
        for ident, twin in ((low, high), (high, low)):
            record(session, actor, "keep apart", kind.value, ident, None, {"from": twin})


def no_longer_apart(session: Session, actor: Actor, kind: Kind, one: int, other: int) -> None:
    """Forget it again: they may be one after all."""
    low, high = min(one, other), max(one, other)
    known = _row(session, kind, low, high)
    if known is not None:
        session.delete(known)
        for ident, twin in ((low, high), (high, low)):
            record(session, actor, "no longer apart", kind.value, ident, {"from": twin})


def _row(session: Session, kind: Kind, low: int, high: int) -> NotTheSame | None:
    return session.scalar(
        select(NotTheSame).where(
            NotTheSame.kind == kind.value, NotTheSame.low_id == low, NotTheSame.high_id == high
        )
    )
