"""The card of a client, who looks after it, and its notes, as lines of a snapshot."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.kinds import CardField
from dossiers.clients.models import Client
from dossiers.clients.provenance import card_at, managers_at
from dossiers.facts.asking import Moment
from dossiers.renewals.snapshot.shape import LABEL, Lines
from wiki.pages.models import Revision

#: Numbers of others, whose names not every reader may see.
_NOT_SHOWN = (CardField.PARENT, CardField.TEAM)


def card_lines(session: Session, client_id: int, moment: Moment) -> Lines:
    """Each field of the card that is known, and each colleague who looks after the client."""
    card = card_at(session, client_id, moment)
    fields: Lines = {
        f"card:{name}": {LABEL: name, "value": fact.value}
        for name, fact in sorted(card.facts.items())
        if fact.field not in _NOT_SHOWN
    }
    managers = managers_at(session, client_id, moment)
    return fields | {
        f"manager:{one.user_id}": {LABEL: one.name, "duty": one.duty.value} for one in managers
    }


def note_lines(session: Session, client_id: int, known: datetime) -> Lines:
    """The notes of the client in the version that stood at that moment."""
    page = select(Client.page_id).where(Client.id == client_id).scalar_subquery()
    wanted = (
        select(Revision.number, Revision.title, Revision.body)
        .where(Revision.page_id == page, Revision.at <= known)
        .order_by(Revision.number.desc())
        .limit(1)
    )
    row = session.execute(wanted).first()
    if row is None:
        return {}
    return {"notes": {LABEL: row.title, "text": row.body}}
