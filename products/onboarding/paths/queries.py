"""Reading paths and who walks them.

Whoever is signed in may see every path; which of its pages they see is asked of the pages.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from products.onboarding.models import Enrolment, ReadingPath, ReadingPathVersion
from products.onboarding.paths.rules import Items
from products.onboarding.paths.stored import items_from
from wiki.accounts.actor import Role
from wiki.accounts.models import User

_Rows = Select[*tuple[Any, ...]]


class PathLine(NamedTuple):
    """A path in a list."""

    id: int
    title: str
    purpose: str
    role: str | None
    team_id: int | None
    newest: int
    archived: bool


class Enrolled(NamedTuple):
    """Somebody on a path. `left`: the colleague's account is closed."""

    id: int
    path_id: int
    user_id: int
    name: str
    role: Role
    team_id: int | None
    left: bool
    mentor_id: int | None
    mentor: str
    mentor_left: bool
    began_on: date
    ended_on: date | None


def path_lines(
    session: Session, path_ids: Collection[int] | None = None, archived: bool | None = False
) -> Sequence[PathLine]:
    """All paths or those, in the order of their titles; `archived=None` is both kinds."""
    wanted = select(
        ReadingPath.id,
        ReadingPath.title,
        ReadingPath.purpose,
        ReadingPath.role,
        ReadingPath.team_id,
        ReadingPath.newest,
        ReadingPath.archived,
    ).order_by(ReadingPath.title, ReadingPath.id)
    if path_ids is not None:
        wanted = wanted.where(ReadingPath.id.in_(path_ids))
    if archived is not None:
        wanted = wanted.where(ReadingPath.archived.is_(archived))
    return [PathLine(*row) for row in session.execute(wanted)]


def newest_items(session: Session, path_ids: Collection[int] | None = None) -> Mapping[int, Items]:
    """The items of the newest version of all paths, or of those, in one statement."""
    wanted = select(ReadingPathVersion.path_id, ReadingPathVersion.items).join(
        ReadingPath,
        (ReadingPath.id == ReadingPathVersion.path_id)
        & (ReadingPath.newest == ReadingPathVersion.number),
    )
    if path_ids is not None:
        wanted = wanted.where(ReadingPath.id.in_(path_ids))
    return {path_id: items_from(rows) for path_id, rows in session.execute(wanted)}


def enrolments_of(
    session: Session,
    user_ids: Collection[int] | None = None,
    path_ids: Collection[int] | None = None,
    *,
    with_ended: bool = False,
) -> Sequence[Enrolled]:
    """Who is on which path, by name; also people who left. Archived paths are left out."""
    mentor = aliased(User)
    wanted: _Rows = (
        select(
            Enrolment.id,
            Enrolment.path_id,
            Enrolment.user_id,
            User.name,
            User.role,
            User.team_id,
            User.deactivated_at.is_not(None),
            Enrolment.mentor_id,
            func.coalesce(mentor.name, ""),
            mentor.deactivated_at.is_not(None),
            Enrolment.began_on,
            Enrolment.ended_on,
        )
        .join(ReadingPath, ReadingPath.id == Enrolment.path_id)
        .join(User, User.id == Enrolment.user_id)
        .outerjoin(mentor, mentor.id == Enrolment.mentor_id)
        .where(ReadingPath.archived.is_(False))
        .order_by(User.name, Enrolment.id)
    )
    if user_ids is not None:
        wanted = wanted.where(Enrolment.user_id.in_(user_ids))
    if path_ids is not None:
        wanted = wanted.where(Enrolment.path_id.in_(path_ids))
    if not with_ended:
        wanted = wanted.where(Enrolment.ended_on.is_(None))
    return [Enrolled(*row) for row in session.execute(wanted)]


class Colleague(NamedTuple):
    """Somebody who can be put on a path or be a mentor."""

    id: int
    name: str
    role: Role
    team_id: int | None


def active_colleagues(session: Session) -> Sequence[Colleague]:
    """Everybody who can sign in, by name."""
    wanted = select(User.id, User.name, User.role, User.team_id)
    rows = session.execute(wanted.where(User.deactivated_at.is_(None)).order_by(User.name, User.id))
    return [Colleague(*row) for row in rows]
