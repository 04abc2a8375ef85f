"""Writing paths: a new one, a new version, confirming, restoring, naming, archiving.

Every deed locks the client's row, so that nobody else writes into the dossier meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument, checked_plain
from dossiers.approvals.models import (
    ApprovalPath,
    PathConfirmation,
    PathPosition,
    PathVersion,
)
from dossiers.approvals.paths.followers import tell_path
from dossiers.approvals.paths.merge import merge
from dossiers.approvals.paths.positions import check_positions
from dossiers.approvals.paths.queries import Version, newest_version, path_in, version_numbered
from dossiers.approvals.paths.rules import check_confirmable, reason_of, subject_of
from dossiers.clients.deeds import begin_deed
from dossiers.clients.models import Client
from dossiers.clients.queries import locked_client
from dossiers.facts.kinds import Source
from dossiers.facts.models import Change
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Clash
from wiki.outbox import changed
from wiki.rendering.titles import fold_title

CREATED = "create path"
SAVED = "save path"
RESTORED = "restore path"
CONFIRMED = "confirm path"
NAMED = "name path"
ARCHIVED = "archive path"
BROUGHT_BACK = "bring back path"


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody saves: the document, since when it is so, and why it changed.

    `base` is the number of the version that they had before them.
    """

    document: PathDocument
    base: int = 0
    valid_from: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of it; `merged` tells that somebody else had saved meanwhile."""

    path: ApprovalPath
    version: PathVersion
    change: Change
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Who at the client said that a version is right, when, and by which way we know."""

    on: date
    person_id: int | None = None
    name: str = ""
    source: Source = Source.MEETING
    note: str = ""


@dataclass
class PathClash(Clash):
    """Two people changed the same of a path; `disputed` are the fields by step code."""

    disputed: Mapping[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(
            "Somebody else has changed the same part of this path since you opened it. Your "
            "changes are kept here and not saved. Look at the newest version, then save again."
        )


def create_path(
    session: Session, actor: Actor, client_id: int, subject: str, draft: Draft
) -> Saved:
    """A new path with its first version. Raises what `save_version` raises."""
    client = locked_client(session, actor, client_id)
    subject = subject_of(subject)
    check_positions(session, client.id, draft.document)
    path = ApprovalPath(
        client_id=client.id,
        subject=subject,
        subject_folded=fold_title(subject),
        created_at=clock.now(),
        created_by=actor.id,
    )
    session.add(path)
    session.flush()
    change = begin_deed(session, actor, client, CREATED, path=subject, ident=path.id)
    version = add_version(session, actor, change, path, draft)
    return Saved(path, version, change)


def save_version(
    session: Session, actor: Actor, client_id: int, path_id: int, draft: Draft
) -> Saved:
    """A new version of a path; what somebody else saved meanwhile is joined with it.

    What was saved meanwhile just so, as a form does that is sent twice, stays the newest version.
    Raises `PathClash` when both changed the same, `Missing`, `Forbidden`, and `Refusal` for a
    position that is not of this client.
    """
    client = locked_client(session, actor, client_id)
    path = path_in(session, client.id, path_id)
    document, joined = _joined(session, path, draft)
    check_positions(session, client.id, document)
    newest = newest_version(session, path) if joined else None
    if newest and newest.document == document and draft.valid_from in (None, newest.row.valid_from):
        return _as_it_is(session, path, newest)
    words = {"path": path.subject, "ident": path.id, "number": path.newest + 1}
    change = begin_deed(session, actor, client, SAVED, **words, why=reason_of(draft.why))
    wanted = Draft(document, path.newest, draft.valid_from, draft.why)
    return Saved(path, add_version(session, actor, change, path, wanted), change, joined)


def _as_it_is(session: Session, path: ApprovalPath, newest: Version) -> Saved:
    return Saved(path, newest.row, session.get_one(Change, newest.row.change_id), True)


def _joined(session: Session, path: ApprovalPath, draft: Draft) -> tuple[PathDocument, bool]:
    if draft.base == path.newest:
        return draft.document, False
    base = version_numbered(session, path.id, draft.base).document
    joined = merge(base, draft.document, newest_version(session, path).document)
    if joined.disputed:
        disputed: dict[str, list[str]] = {}
        for one in joined.disputed:
            disputed.setdefault(one.step, []).append(one.field)
        raise PathClash(disputed)
    return joined.document, True


def restore_version(
    session: Session, actor: Actor, client_id: int, path_id: int, number: int
) -> Saved:
    """Make an earlier version the newest again; nothing in between is lost.

    The newest stays when it brings back that version already.
    """
    client = locked_client(session, actor, client_id)
    path = path_in(session, client.id, path_id)
    old, newest = version_numbered(session, path.id, number), newest_version(session, path)
    if newest.row.restored == number:
        return _as_it_is(session, path, newest)
    words = {"path": path.subject, "ident": path.id, "number": number}
    change = begin_deed(session, actor, client, RESTORED, **words)
    draft = Draft(old.document, path.newest)
    return Saved(path, add_version(session, actor, change, path, draft, number), change)


def add_version(
    session: Session,
    actor: Actor,
    change: Change,
    path: ApprovalPath,
    draft: Draft,
    restored: int | None = None,
) -> PathVersion:
    """The next version under a change that has begun; the document is taken as it is.

    Raises `Refusal` for a path that is larger than any can be.
    """
    version = PathVersion(
        path_id=path.id,
        number=path.newest + 1,
        # Limits hold for what two did at once, too: what breaks them could never be read again.
        document=checked_plain(draft.document),
        valid_from=draft.valid_from or clock.today(actor.time_zone),
        why=reason_of(draft.why),
        restored=restored,
        saved_at=change.at,
        saved_by=actor.id,
        change_id=change.id,
    )
    session.add(version)
    path.newest = version.number
    _note_positions(session, path.id, draft.document)
    session.flush()
    changed(session, "path", path.id)
    tell_path(session, path.id)
    return version


def _note_positions(session: Session, path_id: int, document: PathDocument) -> None:
    session.execute(delete(PathPosition).where(PathPosition.path_id == path_id))
    rows: list[dict[str, Any]] = []
    for step in document.steps:
        used = [(ident, False) for ident in dict.fromkeys(step.positions)]
        used += [(step.deputy, True)] if step.deputy else []
        rows += [
            {"path_id": path_id, "step": step.code, "position_id": ident, "stands_in": stands_in}
            for ident, stands_in in used
        ]
    if rows:
        session.execute(insert(PathPosition), rows)


def confirm_version(
    session: Session, actor: Actor, client_id: int, path_id: int, number: int, told: Told
) -> PathConfirmation:
    """Write down that somebody at the client said this version is right."""
    client, path = _opened(session, actor, client_id, path_id)
    version = version_numbered(session, path.id, number)
    today = clock.today(actor.time_zone)
    name, note = check_confirmable(version.document, told.on, told.name, told.note, today)
    words = {"path": path.subject, "ident": path.id, "number": number}
    change = begin_deed(session, actor, client, CONFIRMED, **words)
    confirmation = PathConfirmation(
        version_id=version.row.id,
        told_on=told.on,
        told_by_id=told.person_id,
        told_by=name,
        source=told.source,
        note=note,
        recorded_at=change.at,
        recorded_by=actor.id,
        change_id=change.id,
    )
    session.add(confirmation)
    tell_path(session, path.id)
    return confirmation


def name_path(session: Session, actor: Actor, client_id: int, path_id: int, subject: str) -> Change:
    """Give the path another subject."""
    client, path = _opened(session, actor, client_id, path_id)
    subject = subject_of(subject)
    words = {"path": path.subject, "ident": path.id, "to": subject}
    change = begin_deed(session, actor, client, NAMED, **words)
    path.subject, path.subject_folded = subject, fold_title(subject)
    changed(session, "path", path.id)
    return change


def archive_path(
    session: Session, actor: Actor, client_id: int, path_id: int, away: bool = True
) -> Change:
    """Put the path into the archive, or bring it back; its versions and runs stay."""
    client, path = _opened(session, actor, client_id, path_id)
    action = ARCHIVED if away else BROUGHT_BACK
    change = begin_deed(session, actor, client, action, path=path.subject, ident=path.id)
    path.archived = away
    changed(session, "path", path.id)
    tell_path(session, path.id)
    return change


def _opened(
    session: Session, actor: Actor, client_id: int, path_id: int
) -> tuple[Client, ApprovalPath]:
    client = locked_client(session, actor, client_id)
    return client, path_in(session, client.id, path_id)
