"""Glossary terms in the text of a page: where each stands first, in whatever form of the word."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from itertools import pairwise
from typing import NamedTuple

from search.analysis import Token, chains
from search.glossary.rules import Explanations, terms_of_expression
from search.parsing.slots import is_code

LONGEST_HTML = 400_000
"""Letters of a page that are looked through; further below nobody looks for an explanation."""
_LEFT_OUT = frozenset(
    ["a", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "pre", "samp", "script",
     "style", "summary"]
)  # fmt: skip
_LONGEST_GAP = 2
_CAPITALS = 6
"""A shorter expression of capitals («КП») is found in capitals only."""


class Term(NamedTuple):
    """A group of the glossary that is explained; its name is its first expression."""

    group_id: int
    name: str
    expressions: tuple[str, ...]
    explanations: Explanations


class Found(NamedTuple):
    """A term and the words, as they stand in the text, by which it was found first."""

    term: Term
    words: str


Index = Mapping[str, Sequence[tuple[tuple[str, ...], bool, Term]]]
"""By the first word: all words, whether in capitals only, and the term; the longest first."""


def index_of(terms: Iterable[Term]) -> Index:
    """What texts are searched by; made once for each state of the glossary."""
    index: dict[str, list[tuple[tuple[str, ...], bool, Term]]] = {}
    for term in terms:
        for expression in term.expressions:
            words = terms_of_expression(expression)
            loud = expression.isupper() and len(expression) <= _CAPITALS
            if words:
                index.setdefault(words[0], []).append((words, loud, term))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index


def terms_in(html: str, index: Index) -> list[Found]:
    """The terms of a drawn text in the order in which they stand first.

    Not within headings, links and code. A term that is broken by other marks (half of it bold) is
    not found there.
    """
    found: dict[int, Found] = {}
    for text in _texts_of(html):
        for one in _in_text(text, index):
            found.setdefault(one.term.group_id, one)
    return list(found.values())


def _texts_of(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html[:LONGEST_HTML])
    return reader.texts


class _Reader(HTMLParser):
    """Gathers the pieces of text in which terms are explained."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._inside += tag in _LEFT_OUT

    def handle_endtag(self, tag: str) -> None:
        self._inside = max(0, self._inside - (tag in _LEFT_OUT))

    def handle_data(self, data: str) -> None:
        if not self._inside and not data.isspace():
            self.texts.append(data)


def _in_text(text: str, index: Index) -> Iterator[Found]:
    tokens = list(_tokens(text))
    place = 0
    while place < len(tokens):
        found = _at(text, tokens, place, index)
        if found is not None:
            yield found[0]
        place += found[1] if found else 1


def _tokens(text: str) -> Iterator[Token]:
    """The words as the glossary compares them: a code is one, other things are their parts."""
    for chain in chains(text):
        yield from chain.wholes[:1] if is_code(chain) else chain.parts


def _at(text: str, tokens: Sequence[Token], place: int, index: Index) -> tuple[Found, int] | None:
    for words, loud, term in index.get(tokens[place].term, ()):
        here = tokens[place : place + len(words)]
        said = text[here[0].start : here[-1].end]
        together = tuple(token.term for token in here) == words and _is_whole(text, here)
        if together and (not loud or said.isupper()):
            return Found(term, said), len(words)
    return None


def _is_whole(text: str, tokens: Sequence[Token]) -> bool:
    """Whether no sentence ends between the words."""
    gaps = [text[one.end : other.start] for one, other in pairwise(tokens)]
    return all(len(gap) <= _LONGEST_GAP and not set(gap) & set(".!?;") for gap in gaps)
