"""Storing files. Receiving (disk, slow) needs no transaction; attaching (rows, quick) needs one."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, may, require
from wiki.config import Settings
from wiki.errors import Forbidden, Missing, Refusal
from wiki.files.images import Picture, clean_image
from wiki.files.models import Attachment, AttachmentVersion, Blob
from wiki.files.rules import check_same_family, clean_name, is_image
from wiki.files.sniffing import sniff
from wiki.files.store import FileStore, copy_limited, hash_of
from wiki.files.texts.services import want_text
from wiki.history.services import record
from wiki.outbox import changed
from wiki.rendering.titles import fold_title
from wiki.upserts import insert_into


@dataclass(frozen=True)
class Received:
    """A file that lies in the store and waits for its row."""

    name: str
    sha256: str
    source_sha256: str
    size: int
    media_type: str
    picture: Picture | None


def store_of(settings: Settings) -> FileStore:
    """The store of the instance."""
    return FileStore(settings.home, settings.upload_limit_mb * 1_000_000)


def receive(store: FileStore, stream: IO[bytes], name: str) -> Received:
    """Check a file and put it into the store; call it outside of a transaction.

    Raises `Refusal` for kinds not taken and damaged pictures, `TooLarge` above the limits.
    """
    with store.scratch() as raw:
        source = copy_limited(stream, raw, store.limit)
        with raw.open("rb") as file:
            media_type = sniff(file)
        if is_image(media_type):
            return _receive_image(store, raw, source, clean_name(name, media_type), media_type)
        size = raw.stat().st_size
        store.keep(raw, store.path(source))
    return Received(clean_name(name, media_type), source, source, size, media_type, None)


def _receive_image(
    store: FileStore, raw: Path, source: str, name: str, media_type: str
) -> Received:
    with store.scratch() as clean:
        picture = clean_image(raw, clean, media_type)
        sha256, size = hash_of(clean), clean.stat().st_size
        store.keep(clean, store.path(sha256))
    return Received(name, sha256, source, size, media_type, picture)


def attach(session: Session, actor: Actor, received: Received, audience: str) -> Attachment:
    """A new attachment with the received file as its first version."""
    require(actor, Permission.WRITE_PAGES)
    _check_audience(actor, audience)
    attachment = Attachment(
        audience=audience,
        name=received.name,
        name_folded=fold_title(received.name)[:300],
        current_number=0,
        created_by=actor.id,
        created_at=clock.now(),
    )
    session.add(attachment)
    session.flush()
    _add_version(session, actor, attachment, received)
    _record(session, actor, "store", attachment, received.sha256)
    return attachment


def attach_once(session: Session, actor: Actor, received: Received, audience: str) -> Attachment:
    """The attachment that already has this name and content, else a new one. For imports."""
    known = session.scalar(
        select(Attachment)
        .join(AttachmentVersion, AttachmentVersion.attachment_id == Attachment.id)
        .where(
            Attachment.audience == audience,
            Attachment.name_folded == fold_title(received.name)[:300],
            Attachment.archived_at.is_(None),
            AttachmentVersion.number == Attachment.current_number,
            (AttachmentVersion.source_sha256 == received.source_sha256)
            | (AttachmentVersion.sha256 == received.sha256),
        )
        .order_by(Attachment.id)
        .limit(1)
    )
    return known or attach(session, actor, received, audience)


def store_upload(
    session: Session, store: FileStore, actor: Actor, stream: IO[bytes], name: str, audience: str
) -> Attachment:
    """Receive and attach in one step, where holding the transaction meanwhile does no harm."""
    return attach(session, actor, receive(store, stream, name), audience)


def store_bytes(
    session: Session, store: FileStore, actor: Actor, data: bytes, name: str, audience: str
) -> Attachment:
    """The same for bytes out of an archive; what is already there is found, not doubled."""
    return attach_once(session, actor, receive(store, BytesIO(data), name), audience)


def add_version(
    session: Session, actor: Actor, attachment_id: int, received: Received
) -> Attachment:
    """New content under the same address. Raises `Refusal` when a picture becomes a document."""
    require(actor, Permission.WRITE_PAGES)
    attachment = _locked(session, actor, attachment_id)
    now = _version(session, attachment_id, attachment.current_number)
    check_same_family(session.get_one(Blob, now.sha256).media_type, received.media_type)
    if now.sha256 == received.sha256:
        raise Refusal("The file is the same as the present version. Nothing was changed.")
    _add_version(session, actor, attachment, received)
    _record(session, actor, "add version", attachment, received.sha256)
    return attachment


def restore_version(session: Session, actor: Actor, attachment_id: int, number: int) -> Attachment:
    """Make an older content the newest version; all versions in between stay."""
    require(actor, Permission.WRITE_PAGES)
    attachment = _locked(session, actor, attachment_id)
    old = _version(session, attachment_id, number)
    if number == attachment.current_number:
        raise Refusal("That is the present version already. Nothing was changed.")
    _put_version(session, actor, attachment, old.sha256, old.source_sha256)
    _record(session, actor, "restore", attachment, old.sha256)
    return attachment


def archive_file(session: Session, actor: Actor, attachment_id: int) -> None:
    """Take the file out of the list; pages that show it go on showing it."""
    attachment = _archivable(session, actor, attachment_id)
    attachment.archived_at = clock.now()
    record(session, actor, "archive", "file", attachment_id)
    changed(session, "file", attachment_id)


def bring_back_file(session: Session, actor: Actor, attachment_id: int) -> None:
    """Put an archived file back into the list."""
    attachment = _archivable(session, actor, attachment_id)
    attachment.archived_at = None
    now = _version(session, attachment_id, attachment.current_number)
    want_text(session, now.sha256, session.get_one(Blob, now.sha256).media_type)
    record(session, actor, "bring back", "file", attachment_id)
    changed(session, "file", attachment_id)


def may_archive(actor: Actor, created_by: int | None) -> bool:
    """Directors may archive any file, others what they uploaded."""
    return may(actor, Permission.ARCHIVE_PAGES) or actor.id == created_by


def _archivable(session: Session, actor: Actor, attachment_id: int) -> Attachment:
    attachment = _locked(session, actor, attachment_id)
    if not may_archive(actor, attachment.created_by):
        raise Forbidden(
            "Only a director or the person who uploaded the file may archive it. Nothing was "
            "changed."
        )
    return attachment


def _check_audience(actor: Actor, audience: str) -> None:
    if audience not in actor.audiences:
        raise Forbidden(
            "You cannot store a file for people you do not belong to. Nothing was stored."
        )


def _locked(session: Session, actor: Actor, attachment_id: int) -> Attachment:
    visible = select(Attachment).where(
        Attachment.id == attachment_id, Attachment.audience.in_(actor.audiences)
    )
    found = session.scalar(visible.with_for_update())
    if found is None:
        raise Missing()
    return found


def _version(session: Session, attachment_id: int, number: int) -> AttachmentVersion:
    found = session.scalar(
        select(AttachmentVersion).where(
            AttachmentVersion.attachment_id == attachment_id, AttachmentVersion.number == number
        )
    )
    if found is None:
        raise Missing()
    return found


def _add_version(
    session: Session, actor: Actor, attachment: Attachment, received: Received
) -> None:
    values = {
        "sha256": received.sha256,
        "size": received.size,
        "media_type": received.media_type,
        "width": received.picture.width if received.picture else None,
        "height": received.picture.height if received.picture else None,
        "created_at": clock.now(),
    }
    session.execute(insert_into(session, Blob).values(**values).on_conflict_do_nothing())
    _put_version(session, actor, attachment, received.sha256, received.source_sha256)


def _put_version(
    session: Session, actor: Actor, attachment: Attachment, sha256: str, source: str
) -> None:
    attachment.current_number += 1
    session.add(
        AttachmentVersion(
            attachment_id=attachment.id,
            number=attachment.current_number,
            sha256=sha256,
            source_sha256=source,
            author_id=actor.id,
            at=clock.now(),
        )
    )
    session.flush()
    want_text(session, sha256, session.get_one(Blob, sha256).media_type)
    changed(session, "file", attachment.id)


def _record(
    session: Session, actor: Actor, action: str, attachment: Attachment, sha256: str
) -> None:
    # Not the name: the history is read by people who may not see every file.
    after = {"number": attachment.current_number, "sha256": sha256}
    record(session, actor, action, "file", attachment.id, None, after)
