"""What the clients of a wiki are, as plain values to compare."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.importing.known import leads_of, notes_of
from dossiers.clients.models import Client
from dossiers.clients.services.refreshing import present_card
from wiki.database import Database
from wiki.lists.further import facts_in


def cards(session: Session) -> dict[str, dict[str, object]]:
    """All clients by name: what differs from an empty card, with names instead of numbers."""
    clients = session.scalars(select(Client).order_by(Client.id)).all()
    names = {client.id: client.name for client in clients}
    found: dict[str, dict[str, object]] = {}
    for client in clients:
        card = present_card(session, client.id)
        told = {field.value: value for field, value in card.values().items() if value}
        told.pop("state", None)
        if card.parent:
            told["parent"] = names[card.parent]
        if lead := leads_of(session, [client.id]).get(client.id):
            told["manager"] = lead
        if client.page_id:
            told["further"] = facts_in(notes_of(session, [client.page_id])[client.page_id].body)
        found[client.name] = told
    return found


def cards_in(database: Database) -> dict[str, dict[str, object]]:
    """The same of what is committed."""
    with database.reading() as session:
        return cards(session)
