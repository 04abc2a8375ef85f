"""Files of the tree become attachments, each once, when a page first refers to it."""

import hashlib
from io import BytesIO

from sqlalchemy import select

from wiki.accounts.actor import EVERYONE, Actor
from wiki.database import Database
from wiki.errors import Refusal
from wiki.files.models import Attachment, AttachmentVersion
from wiki.files.rules import file_url
from wiki.files.services import attach_once, receive
from wiki.files.store import FileStore
from wiki.pages.transfer.reading import Tree
from wiki.pages.transfer.report import Report


class Attacher:
    """Gives the address of a file of the tree, storing it when it is not here yet."""

    def __init__(
        self, database: Database, store: FileStore, actor: Actor, tree: Tree, report: Report
    ) -> None:
        self._database, self._store, self._actor = database, store, actor
        self._tree, self._report = tree, report
        self._addresses: dict[tuple[str, str], str | None] = {}

    def attach(self, path: str, audience: str = EVERYONE) -> str | None:
        """The address of the file; `None` when it was refused, which the report says once."""
        if (path, audience) not in self._addresses:
            self._addresses[path, audience] = self._attached(path, audience)
        return self._addresses[path, audience]

    def _attached(self, path: str, audience: str) -> str | None:
        try:
            data = self._tree.read(path)
            address = self._found(path, data) if self._report.dry_run else None
            address = address or self._stored(path, data, audience)
        except Refusal as refusal:
            self._report.refuse(path, refusal)
            return None
        self._report.files += 1
        return address

    def _stored(self, path: str, data: bytes, audience: str) -> str:
        name = path.rpartition("/")[2]
        if self._report.dry_run:
            return file_url(0, name)
        received = receive(self._store, BytesIO(data), name)
        with self._database.transaction() as session:
            attachment = attach_once(session, self._actor, received, audience)
            return file_url(attachment.id, attachment.name)

    def _found(self, path: str, data: bytes) -> str | None:
        name = path.rpartition("/")[2]
        same = (
            select(Attachment.id, Attachment.name)
            .join(AttachmentVersion)
            .where(
                AttachmentVersion.source_sha256 == hashlib.sha256(data).hexdigest(),
                Attachment.audience.in_(self._actor.audiences),
                Attachment.name == name,
            )
        )
        with self._database.reading() as session:
            row = session.execute(same.limit(1)).first()
        return file_url(*row) if row else None
