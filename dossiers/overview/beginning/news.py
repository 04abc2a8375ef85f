"""What changed in dossiers: all that a director sees, or what others did in one's own."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.changes import Deed
from dossiers.facts.models import Change
from dossiers.overview.homes import homes_visible_to
from wiki.accounts.actor import Actor
from wiki.accounts.models import User

SHOWN = 7


class News(NamedTuple):
    """A change, and in whose dossier."""

    deed: Deed
    client_id: int
    client: str


def news_visible_to(session: Session, actor: Actor, mine: bool) -> Sequence[News]:
    """The newest changes; with `mine` what others did in dossiers that the reader looks after."""
    homes = homes_visible_to(actor, mine=mine)
    deed = Change.id, Change.at, Change.actor_id, User.name, Change.action, Change.words
    wanted = (
        select(*deed, homes.c.home, homes.c.name.label("client"))
        .join(homes, homes.c.own == Change.client_id)
        .outerjoin(User, User.id == Change.actor_id)
        .order_by(Change.at.desc(), Change.id.desc())
        .limit(SHOWN)
    )
    if mine:
        wanted = wanted.where(Change.actor_id.is_distinct_from(actor.id))
    return [News(Deed(*row[:6]), row[6], row[7]) for row in session.execute(wanted)]
