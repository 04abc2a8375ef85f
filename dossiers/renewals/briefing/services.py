"""Writing down that a briefing was made."""

from datetime import date

from sqlalchemy.orm import Session

from dossiers.renewals.models import Briefing
from wiki import clock
from wiki.accounts.actor import Actor


def keep_briefing(
    session: Session,
    actor: Actor,
    language: str,
    client_id: int | None = None,
    month: date | None = None,
    content: bytes | None = None,
) -> Briefing:
    """Keep that a briefing was made, of a client or of a month; the latter with its file."""
    row = Briefing(
        client_id=client_id, month=month, language=language, content=content,
        made_for=actor.id, made_at=clock.now(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row
