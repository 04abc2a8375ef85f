"""In whose dossier a row stands: its own client's, or that of the client it was merged into."""

from sqlalchemy import CTE, ColumnElement, exists, select

from dossiers.clients.models import Assignment, Client
from dossiers.facts.asking import Moment, at
from dossiers.facts.present import present_day
from wiki.accounts.actor import Actor


def homes_visible_to(actor: Actor, client_id: int | None = None, mine: bool = False) -> CTE:
    """Each client (`own`) with the client in whose dossier it stands (`home`) and its `name`.

    Only dossiers that the reader may see; with `client_id` that one alone, with `mine` those that
    the reader looks after.
    """
    seen = Client.audience.in_(actor.audiences), Client.merged_into_id.is_(None)
    columns = Client.id.label("own"), Client.id.label("home"), Client.name.label("name")
    start = select(*columns).where(*seen)
    if client_id is not None:
        start = start.where(Client.id == client_id)
    if mine:
        start = start.where(looked_after_by(actor.id))
    chain = start.cte("homes", recursive=True)
    merged = select(Client.id, chain.c.home, chain.c.name)
    return chain.union_all(merged.join(chain, Client.merged_into_id == chain.c.own))


def looked_after_by(user_id: int) -> ColumnElement[bool]:
    """The condition that a colleague has a duty for the client now."""
    return exists().where(
        Assignment.client_id == Client.id,
        Assignment.user_id == user_id,
        at(Assignment, Moment(present_day())),
    )
