"""How many facts of the pages that were found are stale, so that a hit can say so."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from search.documents import Key
from search.queries import Found
from search.wiki_pages import PAGES
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.pages.fact_marks import fact_marks_of


def stale_facts(session: Session, actor: Actor, hits: Iterable[Found]) -> Mapping[Key, int]:
    """The number of stale facts of each found page that has any; one statement for all hits."""
    pages = [hit.document.ident for hit in hits if hit.document.kind == PAGES.kind]
    marks = fact_marks_of(session, pages, clock.today(actor.time_zone))
    return {Key(PAGES.kind, page_id): len(own) for page_id, own in marks.items()}
