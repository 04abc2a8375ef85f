"""In whose dossier a row stands: its own client's, or that of the client it was merged into."""

from sqlalchemy import CTE, ColumnElement, exists, select
from sqlalchemy.orm import aliased

from dossiers.clients.models import Assignment, Client
from dossiers.facts.asking import Moment, at
from dossiers.facts.present import present_day
from wiki.accounts.actor import Actor


def homes_visible_to(actor: Actor, client_id: int | None = None, mine: bool = False) -> CTE:
    """Each client (`own`) with the client in whose dossier it stands (`home`) and its `name`.

    Only dossiers that the reader may see; with `client_id` that one alone, with `mine` those that
    the reader looks after.
    """
    home = aliased(Client)
    seen = _seen(actor, Client, client_id, mine)
    own = select(Client.id.label("own"), Client.id.label("home"), Client.name.label("name"))
    chain = _merged()
    merged = select(chain.c.own, home.id, home.name).join(chain, chain.c.here == home.id)
    both = own.where(*seen).union_all(merged.where(*_seen(actor, home, client_id, mine)))
    return both.cte("homes")


def _seen(
    actor: Actor, client: type[Client], client_id: int | None, mine: bool
) -> list[ColumnElement[bool]]:
    found = [client.audience.in_(actor.audiences), client.merged_into_id.is_(None)]
    if client_id is not None:
        found.append(client.id == client_id)
    if mine:
        found.append(looked_after_by(actor.id, client))
    return found


def _merged() -> CTE:
    """Every client that was merged with each into which it leads, near and far; these are few."""
    gone = select(Client.id.label("own"), Client.merged_into_id.label("here"))
    chain = gone.where(Client.merged_into_id.is_not(None)).cte("merged", recursive=True)
    further = select(chain.c.own, Client.merged_into_id).join(chain, Client.id == chain.c.here)
    return chain.union(further.where(Client.merged_into_id.is_not(None)))


def looked_after_by(user_id: int, client: type[Client] = Client) -> ColumnElement[bool]:
    """The condition that a colleague has a duty for the client now."""
    return exists().where(
        Assignment.client_id == client.id,
        Assignment.user_id == user_id,
        at(Assignment, Moment(present_day())),
    )
