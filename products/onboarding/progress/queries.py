"""How far one learner is, for the learner, their mentor and those who see everybody."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from products.onboarding.kinds import ItemKind
from products.onboarding.models import CheckQuestion, PageToRead, Reading
from products.onboarding.paths.queries import (
    Enrolled,
    PathLine,
    enrolments_of,
    newest_items,
    path_lines,
)
from products.onboarding.paths.rules import Items, in_order, page_ids_of
from products.onboarding.progress.rules import (
    Known,
    Share,
    State,
    Step,
    next_of,
    share_of,
    steps_of,
)
from products.onboarding.progress.sight import audiences_in, sees_everybody
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing
from wiki.pages.models import Page


class Titled(NamedTuple):
    """A page that learner and looker may both see, and how the learner stands to it."""

    id: int
    slug: str
    title: str
    language: str
    read_at: datetime | None
    known: Known

    @property
    def url(self) -> str:
        """Where it is read."""
        return f"/pages/{self.id}-{self.slug}"


@dataclass(frozen=True, slots=True)
class Way:
    """A path as somebody walks it: how much is done, and what to do next."""

    path: PathLine
    enrolled: Enrolled
    steps: Sequence[Step]
    share: Share
    next: Step | None

    @property
    def to_do(self) -> list[Step]:
        """What is not read, or not any more."""
        return [step for step in self.steps if step.state is not State.READ]

    @property
    def done(self) -> list[Step]:
        """What is read."""
        return [step for step in self.steps if step.state is State.READ]


@dataclass(frozen=True, slots=True)
class Learning:
    """Everything that somebody learns; `besides` are read pages that stand in none of the paths."""

    name: str
    ways: Sequence[Way]
    pages: Mapping[int, Titled]
    besides: Sequence[Titled]
    next: tuple[Way, Step] | None


def _first(ways: Iterable[Way]) -> tuple[Way, Step] | None:
    """What to do next of all: what is due first; what has no day comes last."""
    steps = [(way, way.next) for way in ways if way.next is not None]
    return min(steps, key=lambda pair: _haste(pair[1]), default=None)


def _haste(step: Step) -> tuple[bool, date]:
    again = step.state is State.CHANGED
    return (again, step.due_on or date.max)


def learning_of(session: Session, actor: Actor, today: date) -> Learning:
    """What the actor learns; a constant number of statements."""
    enrolments = enrolments_of(session, user_ids=[actor.id])
    return _learning(session, actor.name, actor.id, enrolments, actor.audiences, today)


def paths_of(session: Session, actor: Actor, today: date) -> Learning | None:
    """The same without what was read besides, for the start page.

    `None`, after one statement, for who is on no path.
    """
    found = enrolments_of(session, user_ids=[actor.id])
    if not found:
        return None
    audiences, besides = actor.audiences, False
    return _learning(session, actor.name, actor.id, found, audiences, today, besides=besides)


def learning_visible_to(session: Session, actor: Actor, user_id: int, today: date) -> Learning:
    """What a colleague learns, for their mentor and those who see everybody.

    Raises `Missing` for others. Pages that only one of the two may see are left out; a mentor sees
    the paths on which they are the mentor.
    """
    if user_id == actor.id:
        return learning_of(session, actor, today)
    found = enrolments_of(session, user_ids=[user_id])
    if sees_everybody(actor):
        person = _person(session, user_id)
    else:
        found = [one for one in found if one.mentor_id == actor.id]
        person = next(((one.name, one.role, one.team_id) for one in found), None)
    if person is None:
        raise Missing()
    name, role, team_id = person
    audiences = audiences_in(session).of(role, team_id) & actor.audiences
    return _learning(session, name, user_id, found, audiences, today)


def _person(session: Session, user_id: int) -> Any:
    who = select(User.name, User.role, User.team_id).where(User.id == user_id)
    return session.execute(who).first() if user_id < 2**31 else None


def _learning(
    session: Session,
    name: str,
    user_id: int,
    enrolments: Sequence[Enrolled],
    audiences: Iterable[str],
    today: date,
    *,
    besides: bool = True,
) -> Learning:
    path_ids = {one.path_id for one in enrolments}
    items = newest_items(session, path_ids)
    paths = {path.id: path for path in path_lines(session, path_ids)}
    wanted = frozenset[int]().union(*(page_ids_of(some) for some in items.values()))
    asking = _asking(session, items)
    pages = _pages(session, user_id, audiences, asking, Page.id.in_(wanted))
    read = Reading.page_id.is_not(None) & Page.id.not_in(wanted)
    others = _pages(session, user_id, audiences, asking, read) if besides else {}
    known = {ident: page.known for ident, page in pages.items()}
    ways = [
        _way(paths[one.path_id], one, items.get(one.path_id, ()), known, today)
        for one in enrolments
    ]
    return Learning(name, ways, pages, list(others.values()), _first(ways))


def _way(
    path: PathLine, enrolled: Enrolled, items: Items, known: Mapping[int, Known], today: date
) -> Way:
    steps = steps_of(in_order(items), known, enrolled.began_on, today)
    return Way(path, enrolled, steps, share_of(steps), next_of(steps))


def _asking(session: Session, items: Mapping[int, Items]) -> Collection[int]:
    """Of the pages whose questions stand in the paths, those that have any."""
    asked = {
        item.page_id
        for some in items.values()
        for item in some
        if item.kind is ItemKind.QUESTION and item.page_id is not None
    }
    return pages_with_questions(session, asked)


def pages_with_questions(session: Session, page_ids: Collection[int]) -> Collection[int]:
    """Those of the pages that have living questions."""
    wanted = select(CheckQuestion.page_id).distinct()
    wanted = wanted.where(CheckQuestion.archived.is_(False), CheckQuestion.page_id.in_(page_ids))
    return frozenset(session.scalars(wanted))


def _pages(
    session: Session,
    user_id: int,
    audiences: Iterable[str],
    asking: Collection[int],
    which: ColumnElement[bool],
) -> Mapping[int, Titled]:
    """The pages as the person stands to them, those confirmed last first."""
    mine = (Reading.page_id == Page.id) & (Reading.user_id == user_id)
    rows: Select[*tuple[Any, ...]] = (
        select(
            Page.id,
            Page.slug,
            Page.title,
            Page.language,
            Reading.at,
            func.coalesce(PageToRead.material, Known().material),
            func.coalesce(PageToRead.seconds, Known().seconds),
            Page.archived,
            func.coalesce(Reading.revision, 0),
            func.coalesce(Reading.by_questions, False),
        )
        .outerjoin(Reading, mine)
        .outerjoin(PageToRead, PageToRead.page_id == Page.id)
        .where(which, Page.audience.in_(audiences), Page.room.is_(None))
        .order_by(Reading.at.desc(), Page.id)
    )
    return {row[0]: _titled(row, asking) for row in session.execute(rows)}


def _titled(row: Sequence[Any], asking: Collection[int]) -> Titled:
    ident, slug, title, language, read_at, material, seconds, archived, confirmed, by = row
    known = Known(material, seconds, archived, ident in asking, confirmed, bool(by))
    return Titled(ident, slug, title, language, read_at, known)
