"""The approval paths of a dossier as lines of a snapshot: each path, and each of its steps."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalPath, PathConfirmation, PathVersion
from dossiers.approvals.paths.rules import in_force
from dossiers.clients.queries import dossier_ids
from dossiers.facts.models import Change
from dossiers.renewals.snapshot.shape import LABEL, Lines, plain_day


class _Version(NamedTuple):
    """A version as one knew it, without its document."""

    id: int
    number: int
    valid_from: date
    confirmed_on: date | None


def path_lines(session: Session, client_id: int, day: date, known: datetime) -> Lines:
    """The paths by which the client went on that day, as one knew then; four statements."""
    paths = _paths(session, client_id, known)
    versions = _versions(session, paths, known)
    holding = {ident: _in_force(known_of, day) for ident, known_of in versions.items()}
    documents = _documents(session, [one.id for one in holding.values()])
    lines: Lines = {}
    for ident, version in holding.items():
        lines |= _lines(paths[ident], version, documents[version.id])
    return lines


def _paths(session: Session, client_id: int, known: datetime) -> dict[int, ApprovalPath]:
    wanted = select(ApprovalPath).where(
        ApprovalPath.client_id.in_(dossier_ids(client_id)),
        ApprovalPath.archived.is_(False),
        ApprovalPath.created_at <= known,
    )
    return {path.id: path for path in session.scalars(wanted.order_by(ApprovalPath.id))}


def _versions(
    session: Session, paths: dict[int, ApprovalPath], known: datetime
) -> dict[int, list[_Version]]:
    wanted = (
        select(PathVersion.path_id, PathVersion.id, PathVersion.number, PathVersion.valid_from)
        .where(PathVersion.path_id.in_(paths), PathVersion.saved_at <= known)
        .order_by(PathVersion.number.desc())
    )
    rows = session.execute(wanted).all()
    told = _confirmed(session, [row.id for row in rows], known)
    found: dict[int, list[_Version]] = {}
    for path_id, ident, number, since in rows:
        version = _Version(ident, number, since, told.get(ident))
        found.setdefault(path_id, []).append(version)
    return found


def _confirmed(session: Session, versions: list[int], known: datetime) -> dict[int, date]:
    """When each version was last confirmed, as far as one knew then."""
    undone = select(Change.id).where(Change.at <= known)
    wanted = (
        select(PathConfirmation.version_id, PathConfirmation.told_on)
        .where(PathConfirmation.version_id.in_(versions), PathConfirmation.recorded_at <= known)
        .where(
            PathConfirmation.taken_back_in.is_(None) | PathConfirmation.taken_back_in.not_in(undone)
        )
        .order_by(PathConfirmation.told_on)
    )
    return dict(session.execute(wanted).all())


def _in_force(versions: list[_Version], day: date) -> _Version:
    return versions[in_force([(v.valid_from, v.confirmed_on is not None) for v in versions], day)]


def _documents(session: Session, versions: list[int]) -> dict[int, dict[str, object]]:
    wanted = select(PathVersion.id, PathVersion.document).where(PathVersion.id.in_(versions))
    return dict(session.execute(wanted).all())


def _lines(path: ApprovalPath, version: _Version, document: dict[str, object]) -> Lines:
    own = {
        LABEL: path.subject,
        "subject": path.subject,
        "currency": document.get("currency"),
        "frozen": document.get("frozen"),
        "confirmed_on": plain_day(version.confirmed_on),
    }
    steps = document.get("steps") or []
    assert isinstance(steps, list)
    return {f"path:{path.id}": own} | {
        f"step:{path.id}/{step['code']}": {LABEL: f"{path.subject}: {step['title']}", **step}
        for step in steps
    }
