"""Reading attachments; every answer is cut to what the asker may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing
from wiki.files.models import Attachment, AttachmentVersion, Blob
from wiki.files.rules import is_image
from wiki.files.texts.models import FileText
from wiki.files.texts.wording import sentence_for
from wiki.files.uses import Uses
from wiki.paging import Key, Part, beyond, part_of
from wiki.rendering.titles import fold_title

PART = 50


@dataclass(frozen=True)
class Content:
    """One version of an attachment with all that is needed to serve it."""

    id: int
    name: str
    number: int
    sha256: str
    media_type: str
    size: int
    width: int | None

    @property
    def is_image(self) -> bool:
        """Whether pages show it as a picture."""
        return is_image(self.media_type)


@dataclass(frozen=True)
class FileLine:
    """One file in the list."""

    id: int
    name: str
    created_at: datetime
    number: int
    media_type: str
    size: int
    author: str | None
    in_use: bool
    text_state: str | None = None
    text_reason: str | None = None

    @property
    def is_image(self) -> bool:
        """Whether it has a small picture to show."""
        return is_image(self.media_type)

    @property
    def text_notice(self) -> str:
        """What to know about finding it by its text; nothing when all of it can be searched."""
        return sentence_for(self.text_state, self.text_reason)


@dataclass(frozen=True)
class VersionLine:
    """One version of a file."""

    number: int
    at: datetime
    author: str | None
    size: int
    media_type: str
    width: int | None
    height: int | None
    text_state: str | None = None
    text_reason: str | None = None

    @property
    def text_notice(self) -> str:
        """What to know about finding it by its text; nothing when all of it can be searched."""
        return sentence_for(self.text_state, self.text_reason)


def content_visible_to(
    session: Session, actor: Actor, attachment_id: int, number: int | None = None
) -> Content:
    """The present version, or that of the number. Raises `Missing` for absent and unseen."""
    wanted = Attachment.current_number if number is None else number
    statement = (
        select(
            Attachment.id,
            Attachment.name,
            AttachmentVersion.number,
            Blob.sha256,
            Blob.media_type,
            Blob.size,
            Blob.width,
        )
        .join(AttachmentVersion, AttachmentVersion.attachment_id == Attachment.id)
        .join(Blob, Blob.sha256 == AttachmentVersion.sha256)
        .where(Attachment.id == attachment_id, AttachmentVersion.number == wanted)
    )
    row = session.execute(statement.where(_visible_to(actor))).first()
    if row is None:
        raise Missing()
    return Content(*row)


def attachment_visible_to(session: Session, actor: Actor, attachment_id: int) -> Attachment:
    """The row itself. Raises `Missing`."""
    statement = select(Attachment).where(Attachment.id == attachment_id)
    found = session.scalar(statement.where(_visible_to(actor)))
    if found is None:
        raise Missing()
    return found


def versions_visible_to(
    session: Session, actor: Actor, attachment_id: int
) -> Sequence[VersionLine]:
    """All versions of the file, the newest first."""
    statement = (
        select(
            AttachmentVersion.number,
            AttachmentVersion.at,
            User.name,
            Blob.size,
            Blob.media_type,
            Blob.width,
            Blob.height,
            FileText.state,
            FileText.reason,
        )
        .join(Attachment, Attachment.id == AttachmentVersion.attachment_id)
        .join(Blob, Blob.sha256 == AttachmentVersion.sha256)
        .outerjoin(FileText, FileText.sha256 == AttachmentVersion.sha256)
        .outerjoin(User, User.id == AttachmentVersion.author_id)
        .where(Attachment.id == attachment_id)
        .order_by(AttachmentVersion.number.desc())
    )
    return [VersionLine(*row) for row in session.execute(statement.where(_visible_to(actor)))]


@dataclass(frozen=True)
class Filter:
    """Which files to list."""

    name: str = ""
    unused: bool = False
    archived: bool = False


def files_visible_to(
    session: Session, actor: Actor, uses: Uses, wanted: Filter, before: Key | None
) -> Part[FileLine]:
    """One part of the list, the newest files first."""
    statement = _lines(uses).where(_visible_to(actor), *_conditions(uses, wanted))
    if before is not None:
        statement = statement.where(beyond(before, Attachment.created_at, Attachment.id))
    ordered = statement.order_by(Attachment.created_at.desc(), Attachment.id.desc())
    rows = [FileLine(*row) for row in session.execute(ordered.limit(PART + 1))]
    return part_of(rows, PART, lambda line: Key(line.created_at, line.id))


def _lines(uses: Uses) -> Select[int, str, datetime, int, str, int, str, bool, str, str | None]:
    return (
        select(
            Attachment.id,
            Attachment.name,
            Attachment.created_at,
            Attachment.current_number,
            Blob.media_type,
            Blob.size,
            User.name,
            uses.in_use(),
            FileText.state,
            FileText.reason,
        )
        .join(
            AttachmentVersion,
            (AttachmentVersion.attachment_id == Attachment.id)
            & (AttachmentVersion.number == Attachment.current_number),
        )
        .join(Blob, Blob.sha256 == AttachmentVersion.sha256)
        .outerjoin(User, User.id == Attachment.created_by)
        .outerjoin(FileText, FileText.sha256 == AttachmentVersion.sha256)
    )


def _conditions(uses: Uses, wanted: Filter) -> list[ColumnElement[bool]]:
    archived = Attachment.archived_at
    found: list[ColumnElement[bool]] = [
        archived.is_not(None) if wanted.archived else archived.is_(None)
    ]
    if wanted.name:
        found.append(Attachment.name_folded.contains(fold_title(wanted.name), autoescape=True))
    if wanted.unused:
        found.append(~uses.in_use())
    return found


def _visible_to(actor: Actor) -> ColumnElement[bool]:
    return Attachment.audience.in_(actor.audiences)
