"""Which found things are worth a notice: a hit has any word of the question, news has most."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from search.documents import Document, Key
from search.glossary.queries import read_synonyms
from search.looks import Nothing
from search.parsing import parse
from search.pending import matching
from search.understanding import understand

SMALLEST_SHARE = 0.5
"""Of the question's words; below it a hit is far down in the results and no news."""


def those_that_fit(
    session: Session, documents: Sequence[Document], typed: str, instead: str | None
) -> list[Document]:
    """Those of the documents that hold at least half of what was asked, in their order.

    `instead` is what was searched for in place of the typed words.
    """
    if not documents:
        return []
    parsed = parse(instead or typed)
    # What was found was understood with the index; here its words need no correction any more.
    question = understand(Nothing(), parsed, read_synonyms(session), literal=True).question
    if not question.slots:
        return list(documents)
    return list(_held(documents, {m.document.key: m.share for m in matching(documents, question)}))


def _held(documents: Iterable[Document], shares: Mapping[Key, float]) -> Iterable[Document]:
    return (doc for doc in documents if shares.get(doc.key, 0.0) >= SMALLEST_SHARE)
