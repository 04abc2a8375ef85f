"""Reading clients; everything shown to a person asks for the person first."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.clients.rules import check_may_edit
from wiki.accounts.actor import Actor
from wiki.errors import Missing, Refusal


def client_visible_to(session: Session, actor: Actor, client_id: int) -> Client:
    """The client. Raises `Missing` for absent and unseen alike."""
    wanted = select(Client).where(Client.id == client_id, Client.audience.in_(actor.audiences))
    client = session.scalar(wanted)
    if client is None:
        raise Missing()
    return client


def locked_client(session: Session, actor: Actor, client_id: int) -> Client:
    """The client, locked until the transaction ends, for somebody who may change its dossier.

    Raises `Missing` when the person may not see it, `Forbidden` when they may only read it, and
    `Refusal` when it was merged into another one.
    """
    wanted = select(Client).where(Client.id == client_id, Client.audience.in_(actor.audiences))
    client = session.scalar(wanted.with_for_update())
    if client is None:
        raise Missing()
    check_may_edit(actor, client.team_id)
    if client.merged_into_id is not None:
        raise Refusal(
            "This client was merged into another one. Nothing was changed. Go on in the dossier "
            "to which it leads."
        )
    return client
