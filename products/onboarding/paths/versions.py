"""Reading the versions of a path."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from products.onboarding.models import ReadingPath, ReadingPathVersion
from products.onboarding.paths.rules import Items
from products.onboarding.paths.stored import items_from
from wiki.accounts.models import User
from wiki.errors import Missing


class Version(NamedTuple):
    """A version with its items, and who saved it when and why."""

    number: int
    items: Items
    why: str
    saved_at: datetime
    saved_by: str


class VersionLine(NamedTuple):
    """A version in the list of versions."""

    number: int
    why: str
    saved_at: datetime
    saved_by: str


def path_numbered(session: Session, path_id: int, locked: bool = False) -> ReadingPath:
    """The path; `locked` keeps others from writing to it meanwhile. Raises `Missing`."""
    path = session.get(ReadingPath, path_id, with_for_update=locked or None)
    if path is None:
        raise Missing()
    return path


def version_numbered(session: Session, path_id: int, number: int) -> Version:
    """One version of a path. Raises `Missing`."""
    wanted = (
        select(
            ReadingPathVersion.number,
            ReadingPathVersion.items,
            ReadingPathVersion.why,
            ReadingPathVersion.saved_at,
            func.coalesce(User.name, ""),
        )
        .outerjoin(User, User.id == ReadingPathVersion.saved_by)
        .where(ReadingPathVersion.path_id == path_id, ReadingPathVersion.number == number)
    )
    row = session.execute(wanted).first()
    if row is None:
        raise Missing()
    return Version(row[0], items_from(row[1]), *row[2:])


def version_lines(session: Session, path_id: int) -> Sequence[VersionLine]:
    """All versions of a path, the newest first, in one statement and without items."""
    wanted = (
        select(
            ReadingPathVersion.number,
            ReadingPathVersion.why,
            ReadingPathVersion.saved_at,
            func.coalesce(User.name, ""),
        )
        .outerjoin(User, User.id == ReadingPathVersion.saved_by)
        .where(ReadingPathVersion.path_id == path_id)
        .order_by(ReadingPathVersion.number.desc())
    )
    return [VersionLine(*row) for row in session.execute(wanted)]
