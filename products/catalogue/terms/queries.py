"""The terms of a page: kept in memory until the page or the glossary changes."""

from collections import OrderedDict
from threading import Lock

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from products.catalogue.terms.finding import Found, Index, Term, index_of, terms_in
from search.glossary.models import GlossaryStamp, SynonymGroup
from search.glossary.rules import Explanations
from wiki.pages.page_to_read import PageToRead

MOST_PAGES = 2_000
_MOST_GLOSSARIES = 4


class _Kept:
    """What was found in pages by page, its stamp and the glossary's; safe for several threads."""

    def __init__(self) -> None:
        self._indices: dict[str, Index] = {}
        self._pages: OrderedDict[tuple[int, int, str], list[Found]] = OrderedDict()
        self._lock = Lock()

    def index(self, stamp: str) -> Index | None:
        """The index of that state of the glossary, when it is known."""
        with self._lock:
            return self._indices.get(stamp)

    def keep_index(self, stamp: str, index: Index) -> None:
        """Keep it, and forget older ones when there are many."""
        with self._lock:
            if len(self._indices) >= _MOST_GLOSSARIES:
                self._indices.clear()
            self._indices[stamp] = index

    def page(self, key: tuple[int, int, str]) -> list[Found] | None:
        """What was found in a page in that state."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def keep_page(self, key: tuple[int, int, str], found: list[Found]) -> None:
        """Keep it, and forget the page that nobody asked for the longest."""
        with self._lock:
            self._pages[key] = found
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)


_kept = _Kept()


def terms_of_page(session: Session, page: PageToRead) -> list[Found]:
    """The terms in a page that the reader may see; one small statement, two after a change."""
    stamp = session.scalar(select(GlossaryStamp.value))
    if stamp is None:
        return []
    key = (page.id, page.stamp, stamp)
    found = _kept.page(key)
    if found is None:
        found = terms_in(page.html, _index(session, stamp))
        _kept.keep_page(key, found)
    return found


def _index(session: Session, stamp: str) -> Index:
    index = _kept.index(stamp)
    if index is None:
        index = index_of(_explained(session))
        _kept.keep_index(stamp, index)
    return index


def _explained(session: Session) -> list[Term]:
    told = or_(SynonymGroup.explanation_ru != "", SynonymGroup.explanation_en != "")
    in_use = select(SynonymGroup).where(SynonymGroup.archived_at.is_(None), told)
    return [
        Term(
            row.id,
            str(row.expressions[0]),
            tuple(row.expressions),
            Explanations(row.explanation_ru, row.explanation_en),
        )
        for row in session.scalars(in_use.order_by(SynonymGroup.id))
    ]
