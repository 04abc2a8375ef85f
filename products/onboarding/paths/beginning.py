"""Paths that are meant for somebody who was never on them, and beginning one oneself."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from products.onboarding.models import Enrolment, ReadingPath, ReadingPathVersion
from products.onboarding.paths.enrolling import KIND
from products.onboarding.paths.pages import Pages, pages_visible_to
from products.onboarding.paths.rules import Items, page_ids_of
from products.onboarding.paths.shown import seconds_of_items
from products.onboarding.paths.stored import items_from
from products.onboarding.paths.versions import path_numbered
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Forbidden, Refusal
from wiki.history.services import record


class Offer(NamedTuple):
    """A path that the reader may begin. `pages` are those that they can read now."""

    path_id: int
    title: str
    purpose: str
    pages: int
    seconds: int


def offers_to(session: Session, actor: Actor, path_id: int | None = None) -> list[Offer]:
    """The paths meant for the actor on which they never were and of which they can read something.

    All of them, or that one. One statement, and a second one when there are any.
    """
    meant = _meant_for(session, actor, path_id)
    items = {row.id: items_from(row.items) for row in meant}
    pages = pages_visible_to(session, actor, page_ids_of(chain.from_iterable(items.values())))
    return [
        Offer(row.id, row.title, row.purpose, number, seconds_of_items(items[row.id], pages))
        for row in meant
        if (number := _readable(items[row.id], pages))
    ]


def _meant_for(session: Session, actor: Actor, path_id: int | None = None) -> Sequence[Any]:
    """Paths in use; one without role and team is only for whom somebody puts on it."""
    newest = (ReadingPathVersion.path_id == ReadingPath.id) & (
        ReadingPathVersion.number == ReadingPath.newest
    )
    role, team = ReadingPath.role, ReadingPath.team_id
    columns = ReadingPath.id, ReadingPath.title, ReadingPath.purpose, ReadingPathVersion.items
    wanted = (
        select(*columns)
        .join(ReadingPathVersion, newest)
        .where(
            ReadingPath.archived.is_(False),
            role.is_not(None) | team.is_not(None),
            role.is_(None) | (role == actor.role),
            team.is_(None) | (team == actor.team_id),
            ReadingPath.id.not_in(_walked_by(actor)),
        )
        .order_by(ReadingPath.title, ReadingPath.id)
    )
    return session.execute(
        wanted if path_id is None else wanted.where(ReadingPath.id == path_id)
    ).all()


def _walked_by(actor: Actor) -> Select[int]:
    return select(Enrolment.path_id).where(Enrolment.user_id == actor.id)


def _readable(items: Items, pages: Pages) -> int:
    """How many pages of the path can be read now."""
    return sum(not pages[ident].archived for ident in page_ids_of(items) if ident in pages)


def begin_path(session: Session, actor: Actor, path_id: int) -> bool:
    """Put the actor on a path that is meant for them, from today on and without a mentor.

    `False` when they are on it already. Raises `Missing`, `Forbidden` for a path that is meant for
    others, and `Refusal` for one that was taken off them or of which they can read nothing.
    """
    require(actor, Permission.READ)
    path = path_numbered(session, path_id, locked=True)
    mine = (Enrolment.path_id == path_id) & (Enrolment.user_id == actor.id)
    known = session.scalars(select(Enrolment).where(mine)).first()
    if known is not None and known.ended_on is None and not path.archived:
        return False
    _check_may_begin(session, actor, path, known)
    today = clock.today(actor.time_zone)
    session.add(
        Enrolment(
            path_id=path_id,
            user_id=actor.id,
            began_on=today,
            created_at=clock.now(),
            created_by=actor.id,
        )
    )
    record(session, actor, "begin walk", KIND, path_id, None, _told(actor, today.isoformat()))
    return True


def _check_may_begin(
    session: Session, actor: Actor, path: ReadingPath, known: Enrolment | None
) -> None:
    if path.archived:
        raise Refusal("This path is in the archive, so nobody can begin it. Nothing was changed.")
    if known is not None:
        raise Refusal(
            "You were on this path before and were taken off it. Nothing was changed, and what you "
            "read stays read. Ask a director to put you on it again."
        )
    if not _meant_for(session, actor, path.id):
        raise Forbidden(
            "This path is meant for other colleagues. Nothing was changed. If you should read it, "
            "ask a director to put you on it."
        )
    if not offers_to(session, actor, path.id):
        raise Refusal(
            "There is nothing on this path yet that you can read. Nothing was changed. Ask a "
            "director what is still to come."
        )


def _told(actor: Actor, began_on: str) -> Mapping[str, object]:
    """What the history keeps."""
    return {"people": actor.name, "began_on": began_on, "mentor": ""}
