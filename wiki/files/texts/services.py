"""Keeping the texts of files: which one is wanted, which is read next, what came of it."""

from dataclasses import dataclass

from sqlalchemy import Select, case, literal, select, update
from sqlalchemy.orm import Session

from wiki import clock
from wiki.files.models import Attachment, AttachmentVersion, Blob
from wiki.files.texts.models import FileText, State
from wiki.files.texts.outcome import EXTRACTOR_VERSION, Outcome, Reason
from wiki.files.texts.reading import READABLE
from wiki.outbox import changed_many
from wiki.upserts import insert_into

MOST_TRIES = 2
"""A file that ended its reader or the worker so often is not read again."""


@dataclass(frozen=True)
class Waiting:
    """A content that is to be read now, and for the how manieth time."""

    sha256: str
    media_type: str
    tries: int


def want_text(session: Session, sha256: str, media_type: str) -> None:
    """Note that the text of this content is wanted, unless it is known or cannot have any."""
    if media_type in READABLE:
        row = {"sha256": sha256, "wanted_at": clock.now(), **_UNREAD}
        session.execute(insert_into(session, FileText).values(**row).on_conflict_do_nothing())


def want_missing(session: Session) -> None:
    """The same for all current contents whose text nobody has wanted yet."""
    columns = ("sha256", "wanted_at", *_UNREAD)
    rows = _unwanted().with_only_columns(
        Blob.sha256, Blob.created_at, *(literal(value) for value in _UNREAD.values())
    )
    statement = insert_into(session, FileText).from_select(columns, rows)
    session.execute(statement.on_conflict_do_nothing())


def want_outdated(session: Session) -> None:
    """Have those read anew that an older release has read; until then their texts stay."""
    older = update(FileText).where(FileText.extractor_version < EXTRACTOR_VERSION)
    session.execute(older.values(state=State.WAITING, tries=0, extractor_version=EXTRACTOR_VERSION))


def want_again(session: Session) -> int:
    """Have all files read once more that could not be read; their number."""
    failed = update(FileText).where(FileText.state == State.UNREADABLE)
    result = session.execute(failed.values(state=State.WAITING, tries=0).returning(FileText.sha256))
    return len(result.all())


def take_next(session: Session) -> Waiting | None:
    """The newest content that waits. The attempt is counted now, before it can end anything."""
    newest = (
        select(FileText, Blob.media_type)
        .join(Blob, Blob.sha256 == FileText.sha256)
        .where(FileText.state == State.WAITING)
        .order_by(FileText.wanted_at.desc(), FileText.sha256)
        .limit(1)
    )
    found = session.execute(newest.with_for_update(of=FileText, skip_locked=True)).first()
    if found is None:
        return None
    row, media_type = found
    row.tries += 1
    return Waiting(row.sha256, media_type, row.tries)


def keep_outcome(session: Session, sha256: str, outcome: Outcome) -> None:
    """Keep the text or the reason; the files that have this content now are indexed anew."""
    row = session.get_one(FileText, sha256)
    row.state = State.READ if outcome.text or outcome.reason == Reason.EMPTY else State.UNREADABLE
    row.text, row.reason = outcome.text, outcome.reason
    row.tries, row.read_at = 0, clock.now()
    changed_many(session, "file", session.scalars(_files_with(sha256)))


def give_back(session: Session, sha256: str) -> None:
    """The attempt could not even begin, which is no fault of the file: it does not count."""
    row = update(FileText).where(FileText.sha256 == sha256)
    fewer = case((FileText.tries > 0, FileText.tries - 1), else_=0)
    session.execute(row.values(tries=fewer))


_UNREAD = {
    "state": State.WAITING.value,
    "text": "",
    "tries": 0,
    "extractor_version": EXTRACTOR_VERSION,
}


def _unwanted() -> Select[str]:
    known = select(FileText.sha256).where(FileText.sha256 == Blob.sha256)
    return (
        select(Blob.sha256)
        .distinct()
        .join(AttachmentVersion, AttachmentVersion.sha256 == Blob.sha256)
        .join(Attachment, Attachment.id == AttachmentVersion.attachment_id)
        .where(
            Attachment.current_number == AttachmentVersion.number,
            Attachment.archived_at.is_(None),
            Blob.media_type.in_(READABLE),
            ~known.exists(),
        )
    )


def _files_with(sha256: str) -> Select[int]:
    return (
        select(Attachment.id)
        .join(AttachmentVersion, AttachmentVersion.attachment_id == Attachment.id)
        .where(
            AttachmentVersion.sha256 == sha256,
            AttachmentVersion.number == Attachment.current_number,
        )
    )
