"""Files of contracts: put beside a contract, taken away, and who may see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed
from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.clients.readers import follow_readers
from dossiers.deals.queries import seen_clients
from dossiers.facts.models import Change
from dossiers.renewals.contracts.services import opened
from dossiers.renewals.models import Contract, ContractFile
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Clash, Missing, Refusal
from wiki.files.models import Attachment
from wiki.files.queries import attachment_visible_to
from wiki.files.rules import file_url
from wiki.files.uses import NoUses, Use
from wiki.outbox import changed_many

ADDED, REMOVED = "add contract file", "remove contract file"
MOST_FILES = 50


class FileShown(NamedTuple):
    """A file of a contract on its page."""

    id: int
    name: str
    added_at: datetime

    @property
    def url(self) -> str:
        """Where it can be read."""
        return file_url(self.id, self.name)


def files_visible_to(session: Session, actor: Actor, contract_id: int) -> Sequence[FileShown]:
    """The files of a contract, as they were added; the caller has checked sight of the contract."""
    wanted = (
        select(Attachment.id, Attachment.name, ContractFile.added_at)
        .join(ContractFile, ContractFile.attachment_id == Attachment.id)
        .where(
            ContractFile.contract_id == contract_id,
            ContractFile.removed_at.is_(None),
            Attachment.audience.in_(actor.audiences),
        )
        .order_by(ContractFile.added_at, Attachment.id)
    )
    return [FileShown._make(row) for row in session.execute(wanted)]


def add_file(session: Session, actor: Actor, contract_id: int, attachment_id: int) -> Change:
    """Put a file beside a contract. Raises `Missing`, `Forbidden`, `Refusal`."""
    contract, client = opened(session, actor, contract_id)
    file = attachment_visible_to(session, actor, attachment_id)
    if file.audience != client.audience:
        raise Refusal(
            "This file is not for the readers of this dossier. Nothing was changed. Send the file "
            "with the form instead."
        )
    _check_room(session, contract.id)
    row = session.get(ContractFile, (contract.id, file.id))
    if row is not None and row.removed_at is None:
        raise Clash("This file stands beside the contract already. Nothing was changed.")
    change = begin_deed(session, actor, client, ADDED, **_words(contract, file))
    if row is None:
        row = ContractFile(contract_id=contract.id, attachment_id=file.id)
        session.add(row)
    row.added_at, row.added_by, row.removed_at = change.at, actor.id, None
    session.flush()
    return change


def remove_file(session: Session, actor: Actor, contract_id: int, attachment_id: int) -> Change:
    """Take a file away from a contract; it can be put back. Raises `Missing`, `Forbidden`."""
    contract, client = opened(session, actor, contract_id)
    file = attachment_visible_to(session, actor, attachment_id)
    row = session.get(ContractFile, (contract.id, attachment_id))
    if row is None or row.removed_at is not None:
        raise Missing()
    change = begin_deed(session, actor, client, REMOVED, **_words(contract, file))
    row.removed_at = change.at
    session.flush()
    return change


def put_file(session: Session, contract: Contract, attachment_id: int, is_there: bool) -> None:
    """Let a file stand beside a contract, or not, when a deed is taken back or done again."""
    row = session.get_one(ContractFile, (contract.id, attachment_id))
    row.removed_at = None if is_there else clock.now()


def _words(contract: Contract, file: Attachment) -> dict[str, object]:
    about = {"number": contract.number, "ident": contract.id}
    return {**about, "file": file.id, "name": file.name}


def _check_room(session: Session, contract_id: int) -> None:
    here = select(ContractFile.attachment_id).where(
        ContractFile.contract_id == contract_id, ContractFile.removed_at.is_(None)
    )
    if len(session.scalars(here.limit(MOST_FILES)).all()) >= MOST_FILES:
        raise Refusal("A contract has at most 50 files. Nothing was changed. Take one away first.")


def init() -> None:
    """Let the files go along when a client gets other readers."""
    follow_readers("contract files", move_files)


def move_files(session: Session, client: Client, before: str) -> None:
    """Let the new readers of the client, and nobody else, see the files of its contracts."""
    kept = (
        select(ContractFile.attachment_id)
        .join(Contract, Contract.id == ContractFile.contract_id)
        .where(Contract.client_id.in_(dossier_ids(client.id)))
    )
    own = select(Attachment.id).where(Attachment.id.in_(kept), Attachment.audience == before)
    idents = list(session.scalars(own))
    moved = update(Attachment).where(Attachment.id.in_(idents))
    session.execute(moved.values(audience=client.audience))
    changed_many(session, "file", idents)


class ContractUses(NoUses):
    """Contracts as users of files."""

    def places_visible_to(
        self, session: Session, actor: Actor, attachment_id: int
    ) -> Sequence[Use]:
        """The contracts, of clients that this person may see, beside which the file stands."""
        wanted = (
            select(Contract.id, Contract.number, Client.name)
            .join(Client, Client.id == Contract.client_id)
            .join(ContractFile, ContractFile.contract_id == Contract.id)
            .where(
                ContractFile.attachment_id == attachment_id,
                ContractFile.removed_at.is_(None),
                Contract.client_id.in_(seen_clients(actor)),
            )
        )
        return [
            Use(f"{client}: {number}", f"/contracts/{ident}", True)
            for ident, number, client in session.execute(wanted)
        ]

    def in_use(self) -> ColumnElement[bool]:
        """Whether a contract has the attachment of the row."""
        shown = ContractFile.attachment_id == Attachment.id, ContractFile.removed_at.is_(None)
        return exists().where(*shown).correlate(Attachment)
