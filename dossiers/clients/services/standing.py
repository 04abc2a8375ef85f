"""How a client stands: archived or in use, restricted or open, and which team it belongs to."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.kinds import CardField, State
from dossiers.clients.models import CardFact, Client
from dossiers.clients.queries import locked_client
from dossiers.clients.services.cards import Said, write_card
from dossiers.facts.models import NEVER, Change
from wiki.accounts.actor import Actor


def archive_client(session: Session, actor: Actor, client_id: int, said: Said) -> Change | None:
    """Take the client out of lists and search; its dossier stays and can be read."""
    return _set(session, actor, client_id, said, "archive client", state=State.ARCHIVED)


def bring_back_client(session: Session, actor: Actor, client_id: int, said: Said) -> Change | None:
    """Put an archived client back into use, in the state it had before."""
    client = locked_client(session, actor, client_id)
    if client.state != State.ARCHIVED:
        return None
    changes = {"state": _state_before(session, client_id)}
    return write_card(session, actor, client, changes, said, "bring back client")


def restrict_client(session: Session, actor: Actor, client_id: int, said: Said) -> Change | None:
    """Hide the client and all that belongs to it from everybody but its team and directors."""
    return _set(session, actor, client_id, said, "restrict client", restricted=True)


def open_client(session: Session, actor: Actor, client_id: int, said: Said) -> Change | None:
    """Let everybody read the dossier."""
    return _set(session, actor, client_id, said, "open client", restricted=False)


def give_to_team(
    session: Session, actor: Actor, client_id: int, team_id: int | None, said: Said
) -> Change | None:
    """Let another team own the client. Who is not in it may then only read, or no longer see."""
    return _set(session, actor, client_id, said, "give client to team", team=team_id)


def _set(
    session: Session, actor: Actor, client_id: int, said: Said, action: str, **changes: Any
) -> Change | None:
    client: Client = locked_client(session, actor, client_id)
    return write_card(session, actor, client, changes, said, action)


def _state_before(session: Session, client_id: int) -> State:
    """The last state that was another than archived, whether it is still believed or not."""
    wanted = (
        select(CardFact.value)
        .where(CardFact.client_id == client_id, CardFact.field == CardField.STATE)
        .order_by((CardFact.superseded_at == NEVER).desc(), CardFact.id.desc())
    )
    states = (State(value) for value in session.scalars(wanted))
    return next((state for state in states if state != State.ARCHIVED), State.ACTIVE)
