"""Who walks a path: put on it by name, role or team, with a mentor and a first day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from products.onboarding.models import Enrolment
from products.onboarding.paths.versions import path_numbered
from wiki import clock
from wiki.accounts.actor import Actor, Role
from wiki.accounts.models import User
from wiki.accounts.queries import names_of
from wiki.accounts.rules import Permission, require
from wiki.errors import Missing, Refusal
from wiki.history.services import record

KIND = "reading path"
_FARTHEST = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class Group:
    """Whom to put on a path: people by number, or all of a role or a team."""

    user_ids: frozenset[int] = frozenset()
    role: Role | None = None
    team_id: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """From which day on, and with whom as mentor."""

    began_on: date
    mentor_id: int | None = None


def enrol(session: Session, actor: Actor, path_id: int, group: Group, terms: Terms) -> int:
    """Put active people on a path who are not on it; how many that were.

    Whoever was on it before walks on: what they have read stays read. Raises `Missing`,
    `Forbidden`, and `Refusal` when there is nobody to put on it.
    """
    require(actor, Permission.EDIT_READING_PATHS)
    path = path_numbered(session, path_id, locked=True)
    if path.archived:
        raise Refusal("This path is in the archive. Nothing was changed. Bring it back first.")
    _check_terms(session, actor, terms)
    known = {one.user_id: one for one in _rows(session, path_id)}
    wanted = _members(session, group)
    new = [ident for ident in wanted if ident not in known or known[ident].ended_on is not None]
    if not new:
        raise Refusal("Nobody is left to be put on this path. Nothing was changed.")
    for user_id in new:
        _put(session, actor, known.get(user_id), Enrolment(path_id=path_id, user_id=user_id), terms)
    record(session, actor, "enrol", KIND, path_id, None, _told(session, terms, new))
    return len(new)


def _put(
    session: Session, actor: Actor, old: Enrolment | None, new: Enrolment, terms: Terms
) -> None:
    row = old or new
    row.began_on, row.mentor_id, row.ended_on = terms.began_on, _other(terms, row.user_id), None
    if old is None:
        row.created_at, row.created_by = clock.now(), actor.id
        session.add(row)


def _other(terms: Terms, user_id: int) -> int | None:
    """The mentor; nobody is their own."""
    return terms.mentor_id if terms.mentor_id != user_id else None


def change_terms(
    session: Session, actor: Actor, path_id: int, enrolment_id: int, terms: Terms
) -> None:
    """Another mentor or another first day, from which due days are counted anew."""
    row = _row(session, actor, path_id, enrolment_id)
    _check_terms(session, actor, terms)
    before = _told(session, Terms(row.began_on, row.mentor_id), [row.user_id])
    row.began_on, row.mentor_id = terms.began_on, _other(terms, row.user_id)
    after = _told(session, Terms(row.began_on, row.mentor_id), [row.user_id])
    if before != after:
        record(session, actor, "change walk", KIND, path_id, before, after)


def end_enrolment(session: Session, actor: Actor, path_id: int, enrolment_id: int) -> None:
    """Somebody no longer walks the path; what they have read stays."""
    row = _row(session, actor, path_id, enrolment_id)
    if row.ended_on is None:
        row.ended_on = clock.today(actor.time_zone)
        record(session, actor, "end walk", KIND, path_id, None, _who(session, row))


def resume_enrolment(session: Session, actor: Actor, path_id: int, enrolment_id: int) -> None:
    """Somebody walks on, from the first day that they had."""
    row = _row(session, actor, path_id, enrolment_id)
    if row.ended_on is not None:
        row.ended_on = None
        record(session, actor, "resume walk", KIND, path_id, None, _who(session, row))


def _row(session: Session, actor: Actor, path_id: int, enrolment_id: int) -> Enrolment:
    require(actor, Permission.EDIT_READING_PATHS)
    path_numbered(session, path_id, locked=True)
    row = session.get(Enrolment, enrolment_id)
    if row is None or row.path_id != path_id:
        raise Missing()
    return row


def _rows(session: Session, path_id: int) -> Sequence[Enrolment]:
    return session.scalars(select(Enrolment).where(Enrolment.path_id == path_id)).all()


def _members(session: Session, group: Group) -> Sequence[int]:
    wanted = select(User.id).where(User.deactivated_at.is_(None), _is_in(group))
    return session.scalars(wanted.order_by(User.id)).all()


def _is_in(group: Group) -> ColumnElement[bool]:
    if group.role is not None:
        return User.role == group.role
    if group.team_id is not None:
        return User.team_id == group.team_id
    return User.id.in_(group.user_ids)


def _check_terms(session: Session, actor: Actor, terms: Terms) -> None:
    today = clock.today(actor.time_zone)
    if abs(terms.began_on - today) > _FARTHEST:
        raise Refusal(
            "The first day is more than two years away. Nothing was changed. Look at the year."
        )
    if terms.mentor_id is not None and not _is_active(session, terms.mentor_id):
        raise Refusal("This mentor has left or does not exist. Nothing was changed.")


def _is_active(session: Session, user_id: int) -> bool:
    active = select(User.id).where(User.id == user_id, User.deactivated_at.is_(None))
    return session.scalar(active) is not None


def _told(session: Session, terms: Terms, people: Collection[int]) -> dict[str, object]:
    """What the history keeps: names, for people read it."""
    names = names_of(session, [*people, terms.mentor_id])
    return {
        "people": ", ".join(names[ident] for ident in sorted(people) if ident in names),
        "began_on": terms.began_on.isoformat(),
        "mentor": names.get(terms.mentor_id or 0, ""),
    }


def _who(session: Session, row: Enrolment) -> dict[str, object]:
    return {"people": names_of(session, [row.user_id])[row.user_id]}
