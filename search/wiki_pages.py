"""The pages of the wiki as documents: current revision, not archived."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from search.documents import Document, Label, Source
from wiki.accounts.models import User
from wiki.locale import _l
from wiki.pages.addresses import page_url
from wiki.pages.models import Category, Page, Revision

_WANTED = (
    select(Page, Revision.title, Revision.plain_text, Revision.facts, Revision.tags, User.name)
    .join(Revision, Revision.id == Page.current_revision_id)
    .outerjoin(User, User.id == Page.owner_id)
    .where(Page.archived.is_(False))
)

_Row = Row[Page, str, str, dict[str, Any], list[Any], str]


def load_pages(session: Session, idents: Sequence[int]) -> list[Document]:
    """The documents of these pages, in two statements."""
    shelves = {shelf.id: shelf for shelf in session.scalars(select(Category))}
    rows = session.execute(_WANTED.where(Page.id.in_(idents)))
    return [_document(row, shelves) for row in rows]


def page_idents(session: Session) -> Iterable[int]:
    """The numbers of all pages that can be found."""
    found = select(Page.id).where(Page.archived.is_(False), Page.current_revision_id.is_not(None))
    return session.scalars(found.order_by(Page.id))


def _document(row: _Row, shelves: Mapping[int, Category]) -> Document:
    page, title, text, facts, tags, owner = row
    return Document(
        kind="page",
        ident=page.id,
        title=title,
        body=text,
        url=page_url(page.id, page.slug),
        audience=page.audience,
        language=page.language,
        changed_at=page.changed_at,
        categories=_categories(page.category_id, shelves),
        owner=Label(page.owner_id or 0, owner, owner) if owner else None,
        tags=tuple(str(tag) for tag in tags),
        facts=tuple(word for value in facts.values() for word in _words(value)),
        path=page.source_path,
    )


def _categories(category_id: int | None, shelves: Mapping[int, Category]) -> tuple[Label, ...]:
    """The category and all above it, the outermost first."""
    path: list[Category] = []
    shelf = shelves.get(category_id) if category_id is not None else None
    while shelf is not None and shelf not in path:
        path.insert(0, shelf)
        shelf = shelves.get(shelf.parent_id) if shelf.parent_id is not None else None
    return tuple(Label(shelf.id, shelf.name_ru, shelf.name_en) for shelf in path)


def _words(value: object) -> Iterator[str]:
    """What people would look for in a fact's value: its texts, numbers, units and addresses."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield " ".join(part for part in value.values() if isinstance(part, str))


PAGES = Source("page", _l("Pages"), load_pages, page_idents)
