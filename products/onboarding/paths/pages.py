"""The pages that stand in paths, as somebody sees them, and pages that may be put into one."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, literal, or_, select
from sqlalchemy.orm import Session

from products.onboarding.models import PageToRead
from products.onboarding.paths.queries import Enrolled
from wiki.accounts.actor import DIRECTING, Actor
from wiki.errors import Refusal
from wiki.pages.addresses import page_url
from wiki.pages.models import Page, PageTitle
from wiki.rendering.titles import fold_title

LONGEST_TITLE = 300
_ADDRESS = re.compile(r"/pages/(\d{1,9})(?:\D|$)")
_UNKNOWN_SECONDS = 60


class PathPage(NamedTuple):
    """A page of a path. `seconds` is how long it takes to read."""

    id: int
    slug: str
    title: str
    title_folded: str
    language: str
    archived: bool
    audience: str
    seconds: int

    @property
    def url(self) -> str:
        """Its address."""
        return page_url(self.id, self.slug)


Pages = Mapping[int, PathPage]


def _seen_by(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Page.id,
            Page.slug,
            Page.title,
            Page.title_folded,
            Page.language,
            Page.archived,
            Page.audience,
            func.coalesce(PageToRead.seconds, _UNKNOWN_SECONDS),
        )
        .outerjoin(PageToRead, PageToRead.page_id == Page.id)
        .where(Page.audience.in_(actor.audiences), Page.room.is_(None))
    )


def pages_visible_to(session: Session, actor: Actor, page_ids: Collection[int]) -> Pages:
    """Those of the pages that the actor sees, also archived ones, in one statement."""
    if not page_ids:
        return {}
    return _by_id(session, _seen_by(actor).where(Page.id.in_(page_ids)))


def _by_id(session: Session, wanted: Select[*tuple[Any, ...]]) -> dict[int, PathPage]:
    return {row[0]: PathPage(*row) for row in session.execute(wanted)}


def pages_titled_visible_to(
    session: Session, actor: Actor, typed: Iterable[str]
) -> Mapping[str, PathPage]:
    """Living pages by what somebody typed: a title, now or before, or the address of a page.

    Of two with one title that in the reader's language. At most three statements.
    """
    typed = [text for text in typed if text]
    folded = {text: fold_title(text)[:LONGEST_TITLE] for text in typed}
    found = _titled(session, actor, set(folded.values()), Page.title_folded)
    left = {title for title in folded.values() if title not in found}
    if left:
        found = {**_titled(session, actor, left, PageTitle.title_folded), **found}
    addressed = _addressed(session, actor, typed)
    by_text = {text: addressed.get(text) or found.get(title) for text, title in folded.items()}
    return {text: page for text, page in by_text.items() if page is not None}


def _titled(
    session: Session, actor: Actor, titles: Collection[str], column: Any
) -> dict[str, PathPage]:
    wanted = _living(actor).add_columns(column)
    if column is PageTitle.title_folded:
        wanted = wanted.join(PageTitle, PageTitle.page_id == Page.id)
    own_last = case((Page.language == literal(actor.language), 1), else_=0)
    rows = session.execute(wanted.where(column.in_(titles)).order_by(own_last, Page.id.desc()))
    return {row[-1]: PathPage(*row[:-1]) for row in rows}


def _living(actor: Actor) -> Select[*tuple[Any, ...]]:
    return _seen_by(actor).where(Page.archived.is_(False))


def _addressed(session: Session, actor: Actor, typed: Iterable[str]) -> dict[str, PathPage]:
    idents = {text: int(match[1]) for text in typed if (match := _ADDRESS.search(text))}
    if not idents:
        return {}
    pages = _by_id(session, _living(actor).where(Page.id.in_(idents.values())))
    return {text: pages[ident] for text, ident in idents.items() if ident in pages}


def titles_offered_to(
    session: Session, actor: Actor, typed: str = "", limit: int = 20
) -> Sequence[str]:
    """Titles of living pages with a word that begins so, those in the reader's language first."""
    wanted = _living(actor).where(_like(typed)) if typed else _living(actor)
    own_first = case((Page.language == literal(actor.language), 0), else_=1)
    rows = session.execute(wanted.order_by(own_first, Page.title_folded).limit(limit))
    return list(dict.fromkeys(row[2] for row in rows))


def _like(typed: str) -> ColumnElement[bool]:
    folded = fold_title(typed)[:100]
    for mark in "\\%_":
        folded = folded.replace(mark, f"\\{mark}")
    return or_(
        Page.title_folded.like(f"{folded}%", escape="\\"),
        Page.title_folded.like(f"% {folded}%", escape="\\"),
    )


def pages_of_categories(
    session: Session, actor: Actor, category_ids: Collection[int], limit: int
) -> Sequence[PathPage]:
    """The living pages in the reader's language of these categories, by title."""
    wanted = (
        _living(actor)
        .where(Page.category_id.in_(category_ids), Page.language == actor.language)
        .order_by(Page.title_folded, Page.id)
        .limit(limit)
    )
    return [PathPage(*row) for row in session.execute(wanted)]


def check_may_be_read(session: Session, actor: Actor, page_ids: Collection[int]) -> None:
    """Raise `Refusal` for a page that the actor does not see or that is in the archive."""
    pages = pages_visible_to(session, actor, page_ids)
    if any(ident not in pages for ident in page_ids):
        raise Refusal(
            "One of the pages does not exist, or you may not see it. Nothing was saved: choose "
            "another page."
        )
    archived = next((page for page in pages.values() if page.archived), None)
    if archived is not None:
        raise Refusal(
            "«%(title)s» is in the archive, so nobody can be asked to read it. Nothing was "
            "saved: choose another page, or bring this one back first.",
            title=archived.title,
        )


def unseen_by(
    people: Iterable[Enrolled], pages: Pages, teams: Iterable[int]
) -> Mapping[int, list[str]]:
    """Who of the people may not see which of the pages; pages that all see are left out."""
    all_teams = tuple(teams)
    found: dict[int, list[str]] = {}
    for person in people:
        audiences = _audiences_of(person, all_teams)
        for page in pages.values():
            if page.audience not in audiences:
                found.setdefault(page.id, []).append(person.name)
    return found


def _audiences_of(person: Enrolled, teams: tuple[int, ...]) -> frozenset[str]:
    own = (person.team_id,) if person.team_id is not None else ()
    seen = teams if person.role in DIRECTING else own
    return Actor(
        person.user_id, person.name, "", person.role, person.team_id, "", "", teams=seen
    ).audiences
