"""After a change of a card was taken back: its rules hold again, and its row is in step."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.holding import check_no_circle
from dossiers.clients.kinds import CardField
from dossiers.clients.models import CardFact, Client
from dossiers.clients.services.refreshing import refresh_card
from dossiers.facts.models import Change
from dossiers.facts.periods import Period
from wiki.accounts.actor import Actor


def settle_card(session: Session, actor: Actor, client: Client, undo: Change) -> None:
    """Bring a locked client in step with what the undo did to its card; nothing else costs more.

    Raises `Refusal` when the holding would form a circle, `Clash` when no name would be left.
    """
    touched = (CardFact.change_id == undo.id) | (CardFact.superseded_in == undo.id)
    own = (CardFact.client_id == client.id, touched)
    if session.scalar(select(CardFact.id).where(*own).limit(1)) is None:
        return
    parents = select(CardFact).where(
        CardFact.client_id == client.id,
        CardFact.change_id == undo.id,
        CardFact.field == CardField.PARENT,
    )
    for fact in session.scalars(parents):
        check_no_circle(session, client.id, int(fact.value), Period(fact.valid_from, fact.valid_to))
    refresh_card(session, client, actor)
