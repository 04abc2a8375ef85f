"""Decisions under way, as what a contact was about."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.kinds import RunState
from dossiers.approvals.models import ApprovalRun
from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.interactions.contacts.topics import About, know_topics
from dossiers.interactions.kinds import TopicKind
from wiki.accounts.actor import Actor

_MOST = 50


def init() -> None:
    """Let contacts be about runs."""
    know_topics(TopicKind.RUN, runs_of)


def runs_of(
    session: Session, _actor: Actor, client: Client, refs: Collection[int] | None
) -> Sequence[About]:
    """Runs of the dossier: those of these numbers, or the open ones, newest first."""
    wanted = select(ApprovalRun.id, ApprovalRun.deal).where(
        ApprovalRun.client_id.in_(dossier_ids(client.id)), ApprovalRun.taken_back_in.is_(None)
    )
    narrowed = (
        wanted.where(ApprovalRun.state == RunState.RUNNING).limit(_MOST)
        if refs is None
        else wanted.where(ApprovalRun.id.in_(refs))
    )
    rows = session.execute(narrowed.order_by(ApprovalRun.id.desc()))
    return [About(TopicKind.RUN, i, n, f"/clients/{client.id}/runs/{i}") for i, n in rows]
