"""Writing the history."""

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy.orm import Session

from wiki import clock
from wiki.history.models import HistoryEntry


class Acting(Protocol):
    """Whoever acts; the history needs to know no more than the number of the person."""

    @property
    def id(self) -> int:
        """The number of the person's account."""


def record(
    session: Session,
    actor: Acting | None,
    action: str,
    subject_kind: str,
    subject_id: int,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add one entry in the transaction of the deed; `actor` is `None` for the system itself."""
    session.add(
        HistoryEntry(
            at=clock.now(),
            actor_id=actor.id if actor else None,
            action=action,
            subject_kind=subject_kind,
            subject_id=subject_id,
            before=dict(before) if before is not None else None,
            after=dict(after) if after is not None else None,
        )
    )
