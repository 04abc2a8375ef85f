"""In whose dossier a deal is shown: its client's, or that of the one its client was merged into."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from dossiers.clients.models import Client
from dossiers.facts.writing import in_parts


class Home(NamedTuple):
    """The client in whose dossier a deal is shown."""

    id: int
    name: str
    audience: str
    team_id: int | None
    country: str

    @property
    def url(self) -> str:
        """The address of the deals in its dossier."""
        return f"/clients/{self.id}"


def homes_of(session: Session, client_ids: Iterable[int | None]) -> dict[int, Home]:
    """The homes by the numbers of clients, in one statement for each few hundred of them."""
    found: dict[int, Home] = {}
    for some in in_parts(sorted({ident for ident in client_ids if ident})):
        start = select(Client.id.label("own"), Client.id.label("here")).where(Client.id.in_(some))
        chain = start.cte("homes", recursive=True)
        further = select(chain.c.own, Client.merged_into_id).join(chain, Client.id == chain.c.here)
        chain = chain.union(further.where(Client.merged_into_id.is_not(None)))
        home = aliased(Client)
        columns = (home.id, home.name, home.audience, home.team_id, home.country)
        wanted = (
            select(chain.c.own, *columns)
            .join(home, home.id == chain.c.here)
            .where(home.merged_into_id.is_(None))
        )
        found |= {own: Home(*rest) for own, *rest in session.execute(wanted)}
    return found


def home_of(session: Session, client_id: int | None) -> Home | None:
    """The home of one client; `None` for a deal without one."""
    return homes_of(session, [client_id]).get(client_id) if client_id else None
