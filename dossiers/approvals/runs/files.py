"""Files that show what happened in runs: they have the readers of their client, and a place."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalRun, RunEvent
from dossiers.clients.models import Client
from dossiers.clients.readers import follow_readers
from wiki.files.models import Attachment
from wiki.outbox import changed_many


def init() -> None:
    """Let the files go along when a client gets other readers."""
    follow_readers("run files", move_files)


def move_files(session: Session, client: Client, before: str) -> None:
    """Let the new readers of the client, and nobody else, see the files of its runs."""
    kept = (
        select(RunEvent.attachment_id)
        .join(ApprovalRun, ApprovalRun.id == RunEvent.run_id)
        .where(ApprovalRun.client_id == client.id, RunEvent.attachment_id.is_not(None))
    )
    own = select(Attachment.id).where(Attachment.id.in_(kept), Attachment.audience == before)
    idents = list(session.scalars(own))
    moved = update(Attachment).where(Attachment.id.in_(idents))
    session.execute(moved.values(audience=client.audience))
    changed_many(session, "file", idents)
