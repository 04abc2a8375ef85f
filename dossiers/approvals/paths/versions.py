"""The list of the versions of a path: who saved each and why, and who said that it is right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.models import PathConfirmation, PathVersion
from dossiers.approvals.paths.standing import Confirmed, told_by
from dossiers.facts.models import Change
from wiki.accounts.models import User


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version; `action` and `words` are those of the deed that made it.

    `confirmed` are all confirmations that hold, the newest first.
    """

    number: int
    saved_at: datetime
    saved_by: str
    valid_from: date
    why: str
    restored: int | None
    action: str
    words: Mapping[str, Any]
    confirmed: tuple[Confirmed, ...]


def version_lines(session: Session, path_id: int) -> Sequence[VersionLine]:
    """All versions of a path, the newest first, in three statements and without documents."""
    wanted = (
        select(
            PathVersion.id,
            PathVersion.number,
            PathVersion.saved_at,
            User.name,
            PathVersion.valid_from,
            PathVersion.why,
            PathVersion.restored,
            Change.action,
            Change.words,
        )
        .join(Change, Change.id == PathVersion.change_id)
        .outerjoin(User, User.id == PathVersion.saved_by)
        .where(PathVersion.path_id == path_id)
        .order_by(PathVersion.number.desc())
    )
    rows = session.execute(wanted).all()
    told = _told(session, path_id)
    return [_line(row, told.get(row.id, [])) for row in rows]


def _line(row: Any, told: Sequence[Confirmed]) -> VersionLine:
    return VersionLine(
        row.number,
        row.saved_at,
        row.name or "",
        row.valid_from,
        row.why,
        row.restored,
        row.action,
        row.words,
        tuple(told),
    )


def _told(session: Session, path_id: int) -> Mapping[int, list[Confirmed]]:
    """The confirmations by the number of the row of their version."""
    mine = select(PathVersion.id).where(PathVersion.path_id == path_id)
    wanted = select(PathConfirmation).where(
        PathConfirmation.version_id.in_(mine), PathConfirmation.taken_back_in.is_(None)
    )
    newest_first = wanted.order_by(PathConfirmation.told_on.desc(), PathConfirmation.id.desc())
    rows = session.scalars(newest_first).all()
    names = told_by(session, rows)
    found: dict[int, list[Confirmed]] = {}
    for row in rows:
        found.setdefault(row.version_id, []).append(names[row.id])
    return found
