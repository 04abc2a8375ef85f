"""Two people at one card: whoever saves what somebody else has changed meanwhile is told."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import CardFact
from dossiers.facts.models import Change
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Clash


def check_card_as_seen(session: Session, actor: Actor, client_id: int, seen: int) -> None:
    """Raise `Clash` when somebody else changed the card of a locked client after that change."""
    newer = (
        select(User.name)
        .join(Change, Change.actor_id == User.id)
        .join(CardFact, (CardFact.change_id == Change.id) | (CardFact.superseded_in == Change.id))
        .where(CardFact.client_id == client_id, Change.id > seen, Change.actor_id != actor.id)
        .order_by(Change.id.desc())
        .limit(1)
    )
    name = session.scalar(newer)
    if name is not None:
        raise Clash(
            "%(name)s has changed this meanwhile. Nothing of yours was changed, and nothing of "
            "theirs. Look at how it is now, then do it again if it is still right.",
            name=name,
        )
