"""Files that show what happened in runs: they have the readers of their client, and a place."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalRun, RunEvent
from dossiers.clients.models import Client
from dossiers.clients.readers import follow_readers
from wiki.accounts.actor import Actor
from wiki.files.models import Attachment
from wiki.files.uses import NoUses, Use
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


class RunUses(NoUses):
    """Runs as users of files: what shows something is in use, and leads to its run."""

    def places_visible_to(
        self, session: Session, actor: Actor, attachment_id: int
    ) -> Sequence[Use]:
        """The runs, of clients that this person may see, in which the file shows something."""
        wanted = (
            select(Client.id, Client.name, ApprovalRun.id, ApprovalRun.deal)
            .join(ApprovalRun, ApprovalRun.client_id == Client.id)
            .join(RunEvent, RunEvent.run_id == ApprovalRun.id)
            .where(
                RunEvent.attachment_id == attachment_id,
                RunEvent.taken_back_in.is_(None),
                Client.audience.in_(actor.audiences),
            )
            .distinct()
        )
        return [
            Use(f"{client}: {deal}", f"/clients/{ident}/runs/{run}", True)
            for ident, client, run, deal in session.execute(wanted)
        ]

    def in_use(self) -> ColumnElement[bool]:
        """Whether an event that was not taken back has the attachment of the row."""
        shown = RunEvent.attachment_id == Attachment.id, RunEvent.taken_back_in.is_(None)
        return exists().where(*shown).correlate(Attachment)
