"""Reading paths. The caller has found the client with `client_visible_to`.

The dossier of a client holds the paths of clients that were merged into it, too.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument, kept_document
from dossiers.approvals.models import ApprovalPath, PathConfirmation, PathVersion
from dossiers.approvals.paths.rules import in_force
from dossiers.clients.queries import dossier_ids
from wiki.errors import Missing


class Version(NamedTuple):
    """A version, its document, and the newest confirmation of it that holds."""

    row: PathVersion
    document: PathDocument
    confirmation: PathConfirmation | None

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody at the client said that it is right; else it is a draft."""
        return self.confirmation is not None


def path_in(session: Session, client_id: int, path_id: int) -> ApprovalPath:
    """A path of the dossier. Raises `Missing`."""
    path = session.get(ApprovalPath, path_id)
    if path is None or not _is_in(session, path, client_id):
        raise Missing()
    return path


def _is_in(session: Session, path: ApprovalPath, client_id: int) -> bool:
    if path.client_id == client_id:
        return True
    return path.client_id in session.scalars(dossier_ids(client_id)).all()


def paths_of(session: Session, client_id: int, archived: bool = False) -> Sequence[ApprovalPath]:
    """The paths of a dossier by their subjects; with `archived`, those in the archive."""
    wanted = select(ApprovalPath).where(
        ApprovalPath.client_id.in_(dossier_ids(client_id)), ApprovalPath.archived.is_(archived)
    )
    return session.scalars(wanted.order_by(ApprovalPath.subject_folded, ApprovalPath.id)).all()


def versions_of(session: Session, path_id: int) -> list[Version]:
    """All versions of a path, the newest first, in two statements."""
    rows = session.scalars(
        select(PathVersion)
        .where(PathVersion.path_id == path_id)
        .order_by(PathVersion.number.desc())
    ).all()
    confirmed = confirmations_of(session, [row.id for row in rows])
    return [_version(row, confirmed) for row in rows]


def version_numbered(session: Session, path_id: int, number: int) -> Version:
    """One version. Raises `Missing`."""
    wanted = select(PathVersion).where(PathVersion.path_id == path_id, PathVersion.number == number)
    row = session.scalar(wanted)
    if row is None:
        raise Missing()
    return _version(row, confirmations_of(session, [row.id]))


def version_by_id(session: Session, version_id: int) -> Version:
    """The version with which a run began."""
    row = session.get_one(PathVersion, version_id)
    return _version(row, confirmations_of(session, [row.id]))


def newest_version(session: Session, path: ApprovalPath) -> Version:
    """What was saved last, confirmed or not."""
    return version_numbered(session, path.id, path.newest)


def version_in_force(session: Session, path_id: int, day: date) -> Version:
    """The version by which the path goes on that day, in three statements.

    The newest confirmed one that holds by then; while none is confirmed, the newest draft that
    does; else the first of all. Raises `Missing` for a path without versions.
    """
    headings = headings_of(session, [path_id]).get(path_id)
    if not headings:
        raise Missing()
    return version_by_id(session, heading_in_force(headings, day).id)


def has_newer_draft(session: Session, path: ApprovalPath, version: Version) -> bool:
    """Whether this version is confirmed, and something else was saved since."""
    number = version.row.number
    if not version.is_confirmed or path.newest <= number:
        return False
    newest = select(PathVersion.restored).where(
        PathVersion.path_id == path.id, PathVersion.number == path.newest
    )
    return session.scalar(newest) != number


class Heading(NamedTuple):
    """A version without its document: there may be hundreds, and only one is wanted."""

    id: int
    path_id: int
    number: int
    valid_from: date
    saved_at: datetime
    restored: int | None
    is_confirmed: bool


def headings_of(session: Session, path_ids: Sequence[int]) -> dict[int, list[Heading]]:
    """The versions of the paths without their documents, the newest of each first."""
    confirmed = exists().where(
        PathConfirmation.version_id == PathVersion.id, PathConfirmation.taken_back_in.is_(None)
    )
    wanted = (
        select(
            PathVersion.id,
            PathVersion.path_id,
            PathVersion.number,
            PathVersion.valid_from,
            PathVersion.saved_at,
            PathVersion.restored,
            confirmed,
        )
        .where(PathVersion.path_id.in_(path_ids))
        .order_by(PathVersion.number.desc())
    )
    found: dict[int, list[Heading]] = {}
    for row in session.execute(wanted):
        found.setdefault(row.path_id, []).append(Heading(*row))
    return found


def heading_in_force(headings: Sequence[Heading], day: date) -> Heading:
    """The one of these versions, the newest first, by which the path goes on that day."""
    return headings[in_force([(one.valid_from, one.is_confirmed) for one in headings], day)]


def _version(row: PathVersion, confirmed: dict[int, PathConfirmation]) -> Version:
    return Version(row, kept_document(row.document), confirmed.get(row.id))


def confirmations_of(session: Session, version_ids: Sequence[int]) -> dict[int, PathConfirmation]:
    """The newest confirmation of each version that nobody took back."""
    wanted = (
        select(PathConfirmation)
        .where(PathConfirmation.version_id.in_(version_ids))
        .where(PathConfirmation.taken_back_in.is_(None))
        .order_by(PathConfirmation.told_on, PathConfirmation.id)
    )
    return {one.version_id: one for one in session.scalars(wanted)}
