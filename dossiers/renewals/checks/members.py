"""Which rows stand in whose dossier: a client has those of all that were merged into it, too."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client


def homes_of_members(session: Session, client_ids: Collection[int]) -> dict[int, int]:
    """Client → in whose dossier its rows stand, for these and all merged into them."""
    own = select(Client.id, Client.id.label("home")).where(Client.id.in_(client_ids))
    chain = own.cte("members", recursive=True)
    merged = select(Client.id, chain.c.home).join(chain, Client.merged_into_id == chain.c.id)
    every = chain.union_all(merged)
    return dict(session.execute(select(every.c.id, every.c.home)).all())
