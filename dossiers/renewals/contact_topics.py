"""Contracts, as what a contact was about."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.interactions.contacts.topics import About, know_topics
from dossiers.interactions.kinds import TopicKind
from dossiers.renewals.kinds import OVER
from dossiers.renewals.models import Contract
from wiki.accounts.actor import Actor

_MOST = 50


def init() -> None:
    """Let contacts be about contracts."""
    know_topics(TopicKind.CONTRACT, contracts_of)


def contracts_of(
    session: Session, _actor: Actor, client: Client, refs: Collection[int] | None
) -> Sequence[About]:
    """Contracts of the dossier: those of these numbers, or the running ones, newest first."""
    wanted = select(Contract.id, Contract.number, Contract.subject).where(
        Contract.client_id.in_(dossier_ids(client.id))
    )
    narrowed = (
        wanted.where(Contract.archived.is_(False), Contract.state.not_in(OVER)).limit(_MOST)
        if refs is None
        else wanted.where(Contract.id.in_(refs))
    )
    rows = session.execute(narrowed.order_by(Contract.id.desc()))
    return [About(TopicKind.CONTRACT, i, _name(n, s), f"/contracts/{i}") for i, n, s in rows]


def _name(number: str, subject: str) -> str:
    return f"{number}, {subject}" if subject else number
