"""With which document a new path begins: none, the usual one, or a copy of another path."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument
from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.paths.queries import newest_version
from dossiers.approvals.paths.usual import usual_path
from dossiers.approvals.steps import Step
from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.facts.kinds import Confidence, Source
from wiki.accounts.actor import Actor
from wiki.errors import Refusal

MOST_TO_COPY = 300


class Beginning(StrEnum):
    """From what a new path starts."""

    USUAL = "usual"
    EMPTY = "empty"
    COPY = "copy"


class Copyable(NamedTuple):
    """A path that may be copied, and the client whose it is."""

    id: int
    subject: str
    client: str


def paths_to_copy(session: Session, actor: Actor, client_id: int) -> Sequence[Copyable]:
    """The paths of this client, then those of others that the actor sees; not the archived."""
    own = Client.id == client_id
    wanted = (
        select(ApprovalPath.id, ApprovalPath.subject, Client.name)
        .join(Client, Client.id == ApprovalPath.client_id)
        .where(Client.audience.in_(actor.audiences), ApprovalPath.archived.is_(False))
        .order_by(own.desc(), Client.name_folded, ApprovalPath.subject_folded, ApprovalPath.id)
        .limit(MOST_TO_COPY)
    )
    return [Copyable(*row) for row in session.execute(wanted)]


def document_to_begin_with(
    session: Session, actor: Actor, client_id: int, beginning: Beginning, copy_of: int
) -> PathDocument:
    """The first version of the new path. Raises `Refusal` when there is nothing to copy."""
    if beginning is Beginning.USUAL:
        return usual_path()
    if beginning is Beginning.EMPTY:
        return PathDocument()
    path = _copied(session, actor, copy_of)
    document = newest_version(session, path).document
    if path.client_id in session.scalars(dossier_ids(client_id)).all():
        return document
    return replace(document, steps=tuple(_elsewhere(step) for step in document.steps))


def _copied(session: Session, actor: Actor, path_id: int) -> ApprovalPath:
    wanted = (
        select(ApprovalPath)
        .join(Client, Client.id == ApprovalPath.client_id)
        .where(ApprovalPath.id == path_id, Client.audience.in_(actor.audiences))
    )
    path = session.scalar(wanted)
    if path is None:
        raise Refusal("Choose the path that is to be copied. Nothing was changed.")
    return path


def _elsewhere(step: Step) -> Step:
    """The step as one supposes it at another client: nobody acts yet, and nothing is known."""
    return replace(
        step,
        positions=(),
        deputy=None,
        needed=None,
        limit=None,
        note="",
        bring="",
        evidence="",
        source=Source.GUESS,
        confidence=Confidence.GUESS,
    )
