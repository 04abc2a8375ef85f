"""Which found things are worth a notice: a hit has any word of the question, news has most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from search.analysis import tokens
from search.documents import Document
from search.expressions import PIECE
from search.glossary.queries import read_synonyms
from search.looks import Nothing
from search.parsing import parse
from search.questions import Question, Slot
from search.understanding import understand

MOST = 0.5
"""News holds more than this share of the question; a hit with less is far down in the results."""
_LONGEST_BODY = 100_000


class AmongFound(Nothing):
    """A look that knows the words of some documents, each folded word with its term."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._terms = frozenset(words.values())

    def count(self, term: str) -> int:
        """Whether the term is there."""
        return int(term in self._terms)

    def beginning_with(self, prefix: str, limit: int) -> tuple[str, ...]:
        """The words with this beginning."""
        return tuple(sorted(word for word in self._words if word.startswith(prefix))[:limit])


@dataclass(frozen=True, slots=True)
class _Read:
    """A document and its words, each with its term."""

    document: Document
    words: Mapping[str, str]


def those_that_fit(
    session: Session, documents: Sequence[Document], typed: str, instead: str | None
) -> list[Document]:
    """Those of the documents that hold most of what was asked, in their order.

    `instead` is what was searched for in place of the typed words.
    """
    if not documents:
        return []
    read = [_Read(document, _words_of(document)) for document in documents]
    look = AmongFound({word: term for one in read for word, term in one.words.items()})
    parsed = parse(instead or typed)
    question = understand(look, parsed, read_synonyms(session), literal=True).question
    return [one.document for one in read if _share(question, one.words) > MOST]


def _words_of(document: Document) -> dict[str, str]:
    labels = (*document.categories, document.client, document.owner)
    names = (name for label in labels if label for name in (label.ru, label.en))
    told = (document.title, document.body[:_LONGEST_BODY], *document.facts, *document.names)
    texts = (*told, *document.tags, *document.authors, *names)
    return {token.word: token.term for token in tokens("\n".join(texts))}


def _share(question: Question, words: Mapping[str, str]) -> float:
    """The share of the question that these words hold; all of it when no words were asked."""
    terms = frozenset(words.values())
    worth = [_worth(slot, terms) for slot in question.slots]
    return sum(worth) / len(worth) if worth else 1.0


def _worth(slot: Slot, terms: frozenset[str]) -> float:
    """1 when the word is there in any way; of an expression at least the share of its words."""
    asked = slot.ways[0].terms
    if len(asked) == 1:
        return float(any(terms.issuperset(way.terms) for way in slot.ways))
    # Below the worth of a piece stand its single words, each of which finds alone, too.
    whole = (way for way in slot.ways if way.weight > PIECE)
    if any(terms.issuperset(way.terms) for way in whole):
        return 1.0
    return len(terms.intersection(asked)) / len(asked)
