"""The pages that the titles of a list mean, in few statements for many rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session

from products.importing.names import decided_pages
from wiki.accounts.actor import Actor
from wiki.pages.content import Content
from wiki.pages.models import Page, PageTitle, Revision
from wiki.pages.revisions import content_of

T = TypeVar("T")
_AT_ONCE = 500


class KnownPage(NamedTuple):
    """A page as it is now."""

    id: int
    number: int
    language: str
    slug: str
    content: Content


class Found(NamedTuple):
    """The page that a title means; `several` when it could mean more than one."""

    page_id: int | None
    several: bool = False


def pages_called(
    session: Session, actor: Actor, folded: Collection[str], language: str
) -> Mapping[str, Found]:
    """What titles mean: the page of that title, else what somebody decided, else a former title.

    Of pages in both languages it is the one in `language`. Pages that are a part of a dossier, are
    archived or may not be seen do not count.
    """
    now, former = _now(session, actor, folded), _former(session, actor, folded)
    decided = decided_pages(session, folded)
    seen = set(_seen(session, actor, decided.values()))
    found: dict[str, Found] = {}
    for title in folded:
        if title in now:
            found[title] = _one_of(now[title], language)
        elif decided.get(title) in seen:
            found[title] = Found(decided[title])
        else:
            found[title] = _one_of(former.get(title, []), language)
    return found


def _one_of(pages: list[tuple[int, str]], language: str) -> Found:
    own = [ident for ident, spoken in pages if spoken == language] or [i for i, _l in pages]
    return Found(own[0] if len(own) == 1 else None, len(own) > 1)


def _now(
    session: Session, actor: Actor, folded: Iterable[str]
) -> Mapping[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for some in _parts(sorted(folded)):
        wanted = select(Page.title_folded, Page.id, Page.language).where(
            Page.title_folded.in_(some), *_shown(actor)
        )
        for title, ident, language in session.execute(wanted):
            found[title].append((ident, language))
    return found


def _former(
    session: Session, actor: Actor, folded: Iterable[str]
) -> Mapping[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for some in _parts(sorted(folded)):
        wanted = (
            select(PageTitle.title_folded, Page.id, Page.language)
            .join(Page, Page.id == PageTitle.page_id)
            .where(PageTitle.title_folded.in_(some), *_shown(actor))
        )
        for title, ident, language in session.execute(wanted):
            found[title].append((ident, language))
    return found


def _seen(session: Session, actor: Actor, idents: Iterable[int]) -> Iterable[int]:
    for some in _parts(sorted(set(idents))):
        yield from session.scalars(select(Page.id).where(Page.id.in_(some), *_shown(actor)))


def _shown(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return Page.audience.in_(actor.audiences), Page.archived.is_(False), Page.room.is_(None)


def pages_of(session: Session, idents: Iterable[int]) -> Mapping[int, KnownPage]:
    """These pages as they are now."""
    found: dict[int, KnownPage] = {}
    for some in _parts(sorted(set(idents))):
        rows: Iterable[Row[Page, Revision]] = session.execute(_pages().where(Page.id.in_(some)))
        for page, revision in rows:
            found[page.id] = KnownPage(
                page.id, page.current_number, page.language, page.slug, content_of(revision)
            )
    return found


def _pages() -> Select[Page, Revision]:
    return select(Page, Revision).join(Revision, Revision.id == Page.current_revision_id)


def _parts(items: list[T]) -> Iterable[list[T]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))
