"""Reading what versions weigh."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.onboarding.models import RevisionWeight
from products.onboarding.weight.reasons import Reason, ReasonKind
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.pages.models import Page


class Weighed(NamedTuple):
    """What a version weighs; `by` is the editor who overruled the rule."""

    number: int
    material: bool
    reasons: tuple[Reason, ...]
    overruled: bool
    word: str
    by: str | None
    at: datetime


def weight_visible_to(session: Session, actor: Actor, page_id: int, number: int) -> Weighed | None:
    """What a version weighs against the one before; `None`: unseen, or never weighed."""
    found = weights_visible_to(session, actor, page_id, number - 1, number)
    return found[0] if found else None


def weights_visible_to(
    session: Session, actor: Actor, page_id: int, after: int, to: int
) -> list[Weighed]:
    """What the versions after one and up to another weigh, the oldest first; one statement."""
    statement = (
        select(RevisionWeight, User.name)
        .join(Page, Page.id == RevisionWeight.page_id)
        .outerjoin(User, User.id == RevisionWeight.by)
        .where(
            RevisionWeight.page_id == page_id,
            RevisionWeight.number > after,
            RevisionWeight.number <= to,
            Page.audience.in_(actor.audiences),
            Page.room.is_(None),
        )
        .order_by(RevisionWeight.number)
    )
    return [as_weighed(row, name) for row, name in session.execute(statement)]


def as_weighed(row: RevisionWeight, name: str | None) -> Weighed:
    """A row as plain data, with the name of whoever overruled the rule."""
    reasons = tuple(map(_reason, row.reasons))
    return Weighed(row.number, row.material, reasons, row.overruled, row.word, name, row.at)


def _reason(kept: Mapping[str, Any]) -> Reason:
    return Reason(ReasonKind(kept["kind"]), str(kept["old"]), str(kept["new"]))
