"""What the pages must know of the notes of clients: where they belong, who writes, who looked."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.rules import may_edit
from wiki.accounts.actor import Actor
from wiki.pages.rooms import Place, Room


def places(session: Session, page_ids: Sequence[int]) -> Mapping[int, Place]:
    """The clients whose notes these pages are, by page number."""
    wanted = select(Client.page_id, Client.id, Client.name).where(Client.page_id.in_(page_ids))
    return {
        page_id: Place(ident, f"/clients/{ident}", name)
        for page_id, ident, name in session.execute(wanted)
        if page_id is not None
    }


def may_write(session: Session, actor: Actor, page_id: int) -> bool:
    """Whether the person may change the dossier to which the notes belong."""
    team = session.execute(select(Client.team_id).where(Client.page_id == page_id)).first()
    return team is not None and may_edit(actor, team.team_id)


def keep_look(session: Session, actor: Actor, page_id: int) -> None:
    """Keep in the history of the client that the person looked at its notes."""
    client_id = session.scalar(select(Client.id).where(Client.page_id == page_id))
    if client_id is not None:
        note_look(session, actor, client_id, "notes")


NOTES = Room(places, may_write, keep_look)
