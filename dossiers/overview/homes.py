"""In whose dossier a row stands: its own client's, or that of the client it was merged into."""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import CTE, ColumnElement, Select, func, select

from dossiers.clients.models import Assignment, Client
from dossiers.facts.asking import Moment, at
from dossiers.facts.present import present_day
from wiki.accounts.actor import Actor


def homes_visible_to(actor: Actor, client_id: int | None = None, mine: bool = False) -> CTE:
    """Each client (`own`) with the client in whose dossier it stands (`home`) and its `name`.

    Only dossiers that the reader may see; with `client_id` that one alone, with `mine` those that
    the reader looks after.
    """
    seen = list(_seen_by(actor.audiences))
    if client_id is not None:
        seen.append(Client.id == client_id)
    if mine:
        seen.append(looked_after_by(actor.id))
    return _homes(seen) if client_id is not None or mine else _all_homes(actor.audiences)


@lru_cache(maxsize=100)
def _all_homes(audiences: frozenset[str]) -> CTE:
    """Kept, since a page asks for it a dozen times and to put it together takes milliseconds."""
    return _homes(_seen_by(audiences))


def _seen_by(audiences: frozenset[str]) -> Sequence[ColumnElement[bool]]:
    return Client.audience.in_(audiences), stands_alone()


def _homes(seen: Sequence[ColumnElement[bool]]) -> CTE:
    """Merged clients are a table of their own, so that databases begin with these few."""
    chain = _merged()
    ends = select(chain.c.own, Client.id.label("home"), Client.name.label("name"))
    gone = ends.join(Client, chain.c.here == Client.id).where(*seen).distinct().cte("gone")
    own = select(Client.id.label("own"), Client.id.label("home"), Client.name.label("name"))
    return own.where(*seen).union_all(select(gone.c.own, gone.c.home, gone.c.name)).cte("homes")


def _merged() -> CTE:
    """Every client that was merged with each into which it leads, near and far; these are few."""
    gone = select(Client.id.label("own"), Client.merged_into_id.label("here"))
    chain = gone.where(Client.merged_into_id.is_not(None)).cte("merged", recursive=True)
    further = select(chain.c.own, Client.merged_into_id).join(chain, Client.id == chain.c.here)
    return chain.union(further.where(Client.merged_into_id.is_not(None)))


def stands_alone() -> ColumnElement[bool]:
    """The condition that a client was not merged into another.

    Nearly all were not, but SQLite takes an index for a sign of few rows and would go through all
    clients for each row of another table; in this form it does not use the index.
    """
    return func.coalesce(Client.merged_into_id, 0) == 0


def looked_after_by(user_id: int) -> ColumnElement[bool]:
    """The condition that a colleague has a duty for the client now."""
    return Client.id.in_(looked_after(user_id))


def looked_after(user_id: int) -> Select[int]:
    """The clients for which a colleague has a duty now."""
    own = Assignment.user_id == user_id, at(Assignment, Moment(present_day()))
    return select(Assignment.client_id).where(*own)
