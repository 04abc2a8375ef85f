"""How far everybody is: people and paths, and people and the pages of one path."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.onboarding.kinds import ItemKind
from products.onboarding.models import PageToRead
from products.onboarding.paths.queries import (
    Enrolled,
    PathLine,
    enrolments_of,
    newest_items,
    path_lines,
)
from products.onboarding.paths.rules import Item, Items, in_order, page_ids_of
from products.onboarding.progress.kept import KeptReadings, Weighed
from products.onboarding.progress.matrix_rules import (
    Column,
    Grid,
    behind,
    days_since,
    nobody_read,
    share_of_cells,
    shares_of_columns,
    together,
)
from products.onboarding.progress.queries import pages_with_questions
from products.onboarding.progress.rules import Share
from products.onboarding.progress.sight import Audiences, audiences_in, shown_to
from wiki.accounts.actor import Actor
from wiki.errors import Missing
from wiki.pages.models import Page


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the table is wanted: of one team, with those who left or have ended."""

    team_id: int | None = None
    with_left: bool = False


class PageLine(NamedTuple):
    """A page that the looker may see."""

    id: int
    slug: str
    title: str
    language: str
    audience: str
    archived: bool
    material: int | None

    @property
    def url(self) -> str:
        """Where it is read."""
        return f"/pages/{self.id}-{self.slug}"


@dataclass(frozen=True, slots=True)
class Filled:
    """A path and its learners. `cells` are those of each learner, as bytes of `Cell`."""

    path: PathLine
    columns: Sequence[Column]
    learners: Sequence[Enrolled]
    cells: Sequence[bytes]
    shares: Sequence[Share]
    to_write: Sequence[str] = ()
    archived: Sequence[PageLine] = ()

    @property
    def nobody_read(self) -> frozenset[int]:
        """The pages that nobody on the path has ever read."""
        columns = (self.columns[place] for place in nobody_read(self.cells))
        return frozenset(one.page_id for one in columns if not one.asks)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A learner over all paths, in all and by the number of the path."""

    learner: Enrolled
    total: Share
    shares: Mapping[int, Share]


@dataclass(frozen=True, slots=True)
class Overview:
    """People and paths; who is most behind comes first."""

    filled: Sequence[Filled]
    people: Sequence[PersonLine]
    shares: Mapping[int, Share]

    @property
    def nobody_read(self) -> frozenset[int]:
        """The pages that nobody has ever read on any of the paths."""
        unread = frozenset[int]().union(*(one.nobody_read for one in self.filled))
        walked = (one for one in self.filled if one.learners)
        read = ({column.page_id for column in one.columns} - one.nobody_read for one in walked)
        return unread.difference(*read)


@dataclass(frozen=True, slots=True)
class PathTable:
    """People and the pages of one path; who is most behind comes first."""

    filled: Filled
    pages: Mapping[int, PageLine]
    rows: Sequence[tuple[Enrolled, Share, bytes]]
    shares: Sequence[Share]
    """How many have read each column."""


def overview_visible_to(
    session: Session, actor: Actor, kept: KeptReadings, asked: Asked, today: date
) -> Overview:
    """Everybody whose progress the actor may see on all paths; a constant number of statements."""
    filled, _pages = _filled(session, actor, kept, asked, today, None)
    shares: dict[int, dict[int, Share]] = {}
    learners: dict[int, Enrolled] = {}
    for one in filled:
        for learner, share in zip(one.learners, one.shares, strict=True):
            learners.setdefault(learner.user_id, learner)
            shares.setdefault(learner.user_id, {})[one.path.id] = share
    people = [
        PersonLine(learner, together(shares[ident].values()), shares[ident])
        for ident, learner in learners.items()
    ]
    sums = {one.path.id: together(one.shares) for one in filled}
    return Overview(filled, sorted(people, key=lambda line: behind(line.total)), sums)


def path_table_visible_to(
    session: Session, actor: Actor, kept: KeptReadings, asked: Asked, today: date, path_id: int
) -> PathTable:
    """Everybody whose progress the actor may see on one path; raises `Missing` without a path."""
    filled, pages = _filled(session, actor, kept, asked, today, path_id)
    if not filled:
        raise Missing()
    one = filled[0]
    rows = sorted(zip(one.learners, one.shares, one.cells, strict=True), key=_behind)
    shares = shares_of_columns(one.cells) or [Share() for _column in one.columns]
    return PathTable(one, pages, rows, shares)


def _behind(row: tuple[Enrolled, Share, bytes]) -> tuple[int, int]:
    return behind(row[1])


def _filled(
    session: Session,
    actor: Actor,
    kept: KeptReadings,
    asked: Asked,
    today: date,
    path_id: int | None,
) -> tuple[list[Filled], Mapping[int, PageLine]]:
    """The paths with their learners, and the pages of them that the actor may see."""
    chosen = None if path_id is None else [path_id] if path_id < 2**31 else []
    paths = path_lines(session, chosen)
    learners = _learners(session, actor, asked, chosen)
    items = newest_items(session, [path.id for path in paths])
    pages = _pages(session, actor, frozenset().union(*map(page_ids_of, items.values())))
    asking = pages_with_questions(session, _asked_pages(items.values()))
    listed = {path.id: in_order(items.get(path.id, ())) for path in paths}
    columns = {ident: list(_columns(some, pages, asking)) for ident, some in listed.items()}
    weighed = [_weighed(column, pages) for some in columns.values() for column in some]
    states = kept.states(session, weighed, list({one.user_id for one in learners}))
    audiences = audiences_in(session)
    here = _by_path(learners)
    found, end = [], 0
    for path in paths:
        begin, end = end, end + len(columns[path.id])
        rows = [(one, states[one.user_id][begin:end]) for one in here.get(path.id, ())]
        filled = _fill(path, columns[path.id], rows, audiences, today)
        found.append(replace(filled, **_left_out(listed[path.id], pages)))
    return found, pages


def _by_path(learners: Iterable[Enrolled]) -> Mapping[int, list[Enrolled]]:
    found: dict[int, list[Enrolled]] = defaultdict(list)
    for one in learners:
        found[one.path_id].append(one)
    return found


def _weighed(column: Column, pages: Mapping[int, PageLine]) -> Weighed:
    return Weighed(column.page_id, pages[column.page_id].material or 1, column.asks)


def _learners(
    session: Session, actor: Actor, asked: Asked, path_ids: Collection[int] | None
) -> list[Enrolled]:
    found = enrolments_of(session, path_ids=path_ids, with_ended=asked.with_left)
    return [
        one
        for one in shown_to(actor, found)
        if (asked.with_left or not one.left) and asked.team_id in (None, one.team_id)
    ]


def _pages(session: Session, actor: Actor, page_ids: Collection[int]) -> Mapping[int, PageLine]:
    wanted = (
        select(
            Page.id,
            Page.slug,
            Page.title,
            Page.language,
            Page.audience,
            Page.archived,
            PageToRead.material,
        )
        .outerjoin(PageToRead, PageToRead.page_id == Page.id)
        .where(Page.id.in_(page_ids), Page.audience.in_(actor.audiences), Page.room.is_(None))
        .order_by(Page.id)
    )
    return {row.id: PageLine(*row) for row in session.execute(wanted)}


def _asked_pages(paths: Iterable[Items]) -> Collection[int]:
    return frozenset().union(
        *(page_ids_of(one for one in items if one.kind is ItemKind.QUESTION) for items in paths)
    )


def _columns(
    items: Iterable[Item], pages: Mapping[int, PageLine], asking: Collection[int]
) -> Iterator[Column]:
    """The items that can be read; questions that nobody has made count for nobody."""
    for item in items:
        page = pages.get(item.page_id or 0)
        asks = item.kind is ItemKind.QUESTION
        if page is None or page.archived or (asks and page.id not in asking):
            continue
        yield Column(page.id, item.due_day, page.audience, asks)


def _fill(
    path: PathLine,
    columns: Sequence[Column],
    rows: Sequence[tuple[Enrolled, bytes]],
    audiences: Audiences,
    today: date,
) -> Filled:
    grid = Grid(columns)
    cells = [
        grid.cells(states, _elapsed(one, today), audiences.of(one.role, one.team_id))
        for one, states in rows
    ]
    learners = [one for one, _states in rows]
    return Filled(path, columns, learners, cells, [share_of_cells(row) for row in cells])


def _elapsed(learner: Enrolled, today: date) -> int:
    """Nothing is late any more of those who left or have ended."""
    if learner.left or learner.ended_on is not None:
        return -1
    return days_since(learner.began_on, today)


class _LeftOut(TypedDict):
    to_write: Sequence[str]
    archived: Sequence[PageLine]


def _left_out(items: Items, pages: Mapping[int, PageLine]) -> _LeftOut:
    """The names of pages that are still to be written, and the archived pages."""
    to_write = [item.title for item in items if item.kind is ItemKind.PLACEHOLDER]
    found = (pages.get(item.page_id or 0) for item in items)
    return {"to_write": to_write, "archived": [page for page in found if page and page.archived]}
