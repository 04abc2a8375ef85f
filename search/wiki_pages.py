"""The pages of the wiki as documents: current revision, not archived."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, load_only

from search.documents import Document, Label, Source
from wiki.accounts.models import User
from wiki.locale import _l
from wiki.pages.addresses import page_url
from wiki.pages.models import Category, Page, PageTitle, Revision
from wiki.pages.rooms import Place, places_of

SHOWN = (
    Revision.at,
    Revision.title,
    Revision.plain_text,
    Revision.facts,
    Revision.tags,
    Revision.category_id,
)
"""The columns of a revision that search knows of."""

_WANTED = (
    select(Page, Revision, User.name)
    .join(Revision, Revision.id == Page.current_revision_id)
    .outerjoin(User, User.id == Page.owner_id)
    .options(load_only(*SHOWN, raiseload=True))
    .where(Page.archived.is_(False))
)
_LONGEST_NAME = 60

_Row = Row[Page, Revision, str]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands in other tables about some pages, by page number."""

    shelves: Mapping[int, Category]
    authors: Mapping[int, Sequence[str]]
    former: Mapping[int, Sequence[str]]
    places: Mapping[int, Place]


def load_pages(session: Session, idents: Sequence[int]) -> list[Document]:
    """The documents of these pages, in four statements and one more for those of a client."""
    rows = session.execute(_WANTED.where(Page.id.in_(idents))).all()
    around = Around(
        {shelf.id: shelf for shelf in session.scalars(select(Category))},
        _authors(session, idents),
        _former_titles(session, idents),
        places_of(session, ((page.id, page.room) for page, _revision, _owner in rows)),
    )
    return [_document(row, around) for row in rows]


def _authors(session: Session, idents: Sequence[int]) -> Mapping[int, Sequence[str]]:
    wrote = (
        select(Revision.page_id, User.name)
        .join(User, User.id == Revision.author_id)
        .where(Revision.page_id.in_(idents))
        .distinct()
        .order_by(User.name)
    )
    return _grouped(session.execute(wrote))


def _former_titles(session: Session, idents: Sequence[int]) -> Mapping[int, Sequence[str]]:
    former = select(PageTitle.page_id, PageTitle.title_folded).where(PageTitle.page_id.in_(idents))
    return _grouped(session.execute(former.order_by(PageTitle.id)))


def _grouped(rows: Iterable[Row[int, str]]) -> Mapping[int, Sequence[str]]:
    found: dict[int, list[str]] = {}
    for ident, words in rows:
        found.setdefault(ident, []).append(words)
    return found


def page_idents(session: Session) -> Iterable[int]:
    """The numbers of all pages that can be found."""
    found = select(Page.id).where(Page.archived.is_(False), Page.current_revision_id.is_not(None))
    return session.scalars(found.order_by(Page.id))


def _document(row: _Row, around: Around) -> Document:
    page, revision, owner = row
    facts = tuple(word for value in revision.facts.values() for word in fact_words(value))
    return Document(
        kind="page",
        ident=page.id,
        title=revision.title,
        body=revision.plain_text,
        url=page_url(page.id, page.slug),
        audience=page.audience,
        language=page.language,
        changed_at=revision.at,
        categories=categories(revision.category_id, around.shelves),
        client=_client(page, around.places),
        owner=Label(page.owner_id, owner, owner) if page.owner_id and owner else None,
        authors=tuple(around.authors.get(page.id, ())),
        tags=tuple(str(tag) for tag in revision.tags),
        names=(*around.former.get(page.id, ()), *codes(facts)),
        facts=facts,
        path=page.source_path,
    )


def _client(page: Page, places: Mapping[int, Place]) -> Label | None:
    """The client whose notes the page is."""
    place = places.get(page.id) if page.room == "client" else None
    return Label(place.ident, place.name, place.name) if place else None


def categories(category_id: int | None, shelves: Mapping[int, Category]) -> tuple[Label, ...]:
    """The category and all above it, the outermost first."""
    path: list[Category] = []
    shelf = shelves.get(category_id) if category_id is not None else None
    while shelf is not None and shelf not in path:
        path.insert(0, shelf)
        shelf = shelves.get(shelf.parent_id) if shelf.parent_id is not None else None
    return tuple(Label(shelf.id, shelf.name_ru, shelf.name_en) for shelf in path)


def codes(facts: Iterable[str]) -> Iterator[str]:
    """Those of the facts by which the thing may be called: article and tax numbers, models."""
    for fact in facts:
        if len(fact) <= _LONGEST_NAME and any(character.isdigit() for character in fact):
            yield fact


def fact_words(value: object) -> Iterator[str]:
    """What people would look for in a fact's value: its texts, numbers, units and addresses."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield " ".join(part for part in value.values() if isinstance(part, str))


_SIGHT = select(Page.id.label("ident"), Page.audience.label("audience")).where(
    Page.archived.is_(False)
)
PAGES = Source("page", _l("Pages"), load_pages, page_idents, _l("Page"), _SIGHT)
