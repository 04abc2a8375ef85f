"""What was saved and is not yet in the index: found by looking at the documents themselves.

So a person finds their own save at once, and what was withdrawn is gone at once. Bounded: after
an import of many pages only the newest are looked at, the others come with the index.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from search.analysis import terms, tokens
from search.documents import Document, Key
from search.questions import SHORTEST_PREFIX, Beginning, Question
from wiki.outbox import OutboxRow

MOST = 40
_MOST_ROWS = 200
_LONGEST_BODY = 40_000


@dataclass(frozen=True, slots=True)
class Match:
    """A document that is not yet indexed and holds this share (0 to 1) of the question's words."""

    document: Document
    share: float


def pending_keys(session: Session) -> frozenset[Key]:
    """The newest things that wait for the index, at most `MOST`."""
    newest = select(OutboxRow.kind, OutboxRow.ident).order_by(OutboxRow.id.desc())
    rows = session.execute(newest.limit(_MOST_ROWS))
    different = dict.fromkeys(Key(kind, ident) for kind, ident in rows)
    return frozenset(list(different)[:MOST])


def matching(documents: Iterable[Document], question: Question) -> list[Match]:
    """Those of the documents that hold any word of the question."""
    shares = ((document, _share(document, question)) for document in documents)
    return [Match(document, share) for document, share in shares if share > 0]


def going_on(documents: Iterable[Document], beginning: Beginning) -> list[Document]:
    """Those whose title holds the typed words and goes on as the last one."""
    return [document for document in documents if _goes_on(document.title, beginning)]


def _share(document: Document, question: Question) -> float:
    """The share of the words found; a word of the title counts whole, one of the text less."""
    title = set(terms(document.title))
    text = set(terms(" ".join((document.body[:_LONGEST_BODY], *document.facts, *document.tags))))
    worth = [1.0 if term in title else 0.7 * (term in text) for term in question.terms]
    return sum(worth) / len(worth) if worth else 0.0


def _goes_on(title: str, beginning: Beginning) -> bool:
    found = list(tokens(title))
    held = {token.term for token in found}
    last = beginning.last
    return set(beginning.terms) <= held and (
        not last
        or beginning.last_term in held
        or (len(last) >= SHORTEST_PREFIX and any(t.word.startswith(last) for t in found))
    )
