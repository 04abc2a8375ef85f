"""Under a page: its place in the paths that the reader walks, and which page is next."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from flask import render_template
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from products.onboarding.kinds import ItemKind
from products.onboarding.models import Enrolment, Reading, ReadingPath, ReadingPathVersion
from products.onboarding.paths.pages import Pages, PathPage, pages_visible_to
from products.onboarding.paths.rules import Items, in_order
from products.onboarding.paths.stored import items_from
from wiki.accounts.actor import Actor
from wiki.pages.page_to_read import PageToRead


class Step(NamedTuple):
    """Where a page stands in a path, and the page to read after it."""

    path_id: int
    title: str
    number: int
    total: int
    next: PathPage | None


def draw_place(session: Session, actor: Actor, page: PageToRead) -> Markup | None:
    """One statement for most readers; three for whoever walks a path with this page."""
    walked = _walked(session, actor, page.id)
    if not walked:
        return None
    asked = frozenset().union(*(_page_ids(items) for _id, _title, items in walked))
    pages, read = pages_visible_to(session, actor, asked), _read(session, actor, asked)
    steps = [
        _step(path_id, title, items, page.id, pages, read | {page.id})
        for path_id, title, items in walked
    ]
    return Markup(render_template("products/onboarding/paths/_panel.html", steps=steps))  # noqa: S704 - drawn by a template


def _walked(session: Session, actor: Actor, page_id: int) -> Sequence[tuple[int, str, Items]]:
    wanted = (
        select(ReadingPath.id, ReadingPath.title, ReadingPathVersion.items)
        .join(Enrolment, Enrolment.path_id == ReadingPath.id)
        .join(
            ReadingPathVersion,
            (ReadingPathVersion.path_id == ReadingPath.id)
            & (ReadingPathVersion.number == ReadingPath.newest),
        )
        .where(
            Enrolment.user_id == actor.id,
            Enrolment.ended_on.is_(None),
            ReadingPath.archived.is_(False),
        )
        .order_by(ReadingPath.title, ReadingPath.id)
    )
    found = [(path_id, title, items_from(rows)) for path_id, title, rows in session.execute(wanted)]
    return [one for one in found if page_id in _page_ids(one[2])]


def _page_ids(items: Items) -> Sequence[int]:
    """The pages to be read, in the order of the walk."""
    pages = (item for item in in_order(items) if item.kind is ItemKind.PAGE)
    return [item.page_id for item in pages if item.page_id is not None]


def _read(session: Session, actor: Actor, page_ids: Collection[int]) -> frozenset[int]:
    wanted = select(Reading.page_id).where(
        Reading.user_id == actor.id, Reading.page_id.in_(page_ids)
    )
    return frozenset(session.scalars(wanted))


def _step(
    path_id: int, title: str, items: Items, page_id: int, pages: Pages, read: frozenset[int]
) -> Step:
    """Next is the first page behind this one that is not read yet, else the first one before it."""
    walk = [ident for ident in _page_ids(items) if ident in pages and not pages[ident].archived]
    place = walk.index(page_id) if page_id in walk else 0
    left = [ident for ident in (*walk[place:], *walk[:place]) if ident not in read]
    following = pages[left[0]] if left else None
    return Step(path_id, title, place + 1, len(walk), following)
