"""What pages said before: each revision that has been replaced, for searching as of a day.

A page's audience counts as it is now, for all of its past: whoever changes it must note the
page's revisions in the outbox as well.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, aliased, load_only

from search.documents import Document, Source
from search.wiki_pages import SHOWN, categories, fact_words
from wiki.locale import _l
from wiki.pages.models import Category, Page, Revision

_NEXT = aliased(Revision)
_REPLACED = (
    select(Page, Revision, _NEXT.at)
    .join(Revision, Revision.page_id == Page.id)
    .join(_NEXT, (_NEXT.page_id == Page.id) & (_NEXT.number == Revision.number + 1))
    .options(load_only(*SHOWN, Revision.number, raiseload=True))
    .where(Revision.archived.is_(False))
)

_Row = Row[Page, Revision, datetime]


def load_revisions(session: Session, idents: Sequence[int]) -> list[Document]:
    """The documents of these replaced revisions, in two statements."""
    shelves = {shelf.id: shelf for shelf in session.scalars(select(Category))}
    rows = session.execute(_REPLACED.where(Revision.id.in_(idents)))
    return [_document(row, shelves) for row in rows]


def revision_idents(session: Session) -> Iterable[int]:
    """The numbers of all revisions that were replaced by another."""
    found = (
        select(Revision.id)
        .join(Page, Page.id == Revision.page_id)
        .where(Revision.archived.is_(False), Revision.number < Page.current_number)
    )
    return session.scalars(found.order_by(Revision.id))


def _document(row: _Row, shelves: dict[int, Category]) -> Document:
    page, revision, replaced_at = row
    return Document(
        kind="revision",
        ident=revision.id,
        title=revision.title,
        body=revision.plain_text,
        url=f"/pages/{page.id}/revisions/{revision.number}",
        audience=page.audience,
        language=page.language,
        changed_at=revision.at,
        until=replaced_at,
        categories=categories(revision.category_id, shelves),
        tags=tuple(str(tag) for tag in revision.tags),
        facts=tuple(word for value in revision.facts.values() for word in fact_words(value)),
    )


_SIGHT = (
    select(Revision.id.label("ident"), Page.audience.label("audience"))
    .join(Page, Page.id == Revision.page_id)
    .where(Revision.archived.is_(False))
)
REVISIONS = Source(
    "revision",
    _l("Earlier versions"),
    load_revisions,
    revision_idents,
    _l("Earlier version"),
    _SIGHT,
)
