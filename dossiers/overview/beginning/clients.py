"""A manager's clients on the first page: how each stands, and what is worth asking there."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.kinds import State
from dossiers.clients.models import Client
from dossiers.overview.homes import looked_after_by, stands_alone
from dossiers.people.insight.light import Lack, Light, Point
from wiki.accounts.actor import Actor

MOST = 200
ASKED = 5
_WORTH = list(Lack)


def my_clients(session: Session, actor: Actor) -> Sequence[Client]:
    """The clients in use that the reader looks after, by name; at most `MOST`."""
    wanted = select(Client).where(
        Client.audience.in_(actor.audiences),
        stands_alone(),
        Client.state != State.ARCHIVED,
        looked_after_by(actor.id),
    )
    return session.scalars(wanted.order_by(Client.name_folded, Client.id).limit(MOST)).all()


def worth_asking(
    clients: Sequence[Client], lights: Mapping[int, Light]
) -> list[tuple[Client, Point]]:
    """What to ask for this week: one thing of each client, the money and its holder first."""
    asked = [(one, lights[one.id].points[0]) for one in clients if lights[one.id].points]
    return sorted(asked, key=lambda pair: _WORTH.index(pair[1].lack))[:ASKED]


def longest_silent_first(
    clients: Sequence[Client], spoken: Mapping[int, date]
) -> list[tuple[Client, date | None]]:
    """Clients with the day of the last contact, those without any first."""
    pairs = [(one, spoken.get(one.id)) for one in clients]
    return sorted(pairs, key=lambda pair: (pair[1] or date.min, pair[0].name_folded))
