"""Of which product a sentence speaks: the titles of pages that are mentioned in it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from products.catalogue.contradictions.statements import OPEN, SHUT
from products.catalogue.contradictions.tokens import Token, terms_of
from search.lemmas import fold_text

UNSURE = 0
"""Instead of a product: the words may mean several, or a variant that has no page."""


class Mention(NamedTuple):
    """A product that is named from one token to another."""

    product: int
    first: int
    last: int


_CODE = re.compile(r"(?<!\w)[A-ZА-ЯЁ]{1,5}[-/ ]?\d+\w*(?!\w)")
_AROUND = '«»"“”„'


class Titles:
    """The titles of all pages, and the codes in them («ТМ-30») that only one product has."""

    def __init__(self, titles: Iterable[tuple[str, int]]) -> None:
        known: dict[tuple[str, ...], set[int]] = {}
        codes: dict[tuple[str, ...], set[int]] = {}
        self._terms: dict[int, set[str]] = {}
        self._exact: dict[str, set[int]] = {}
        for title, product in titles:
            terms = terms_of(title)
            known.setdefault(terms, set()).add(product)
            self._exact.setdefault(_plain(title), set()).add(product)
            self._terms.setdefault(product, set()).update(terms)
            for code in _CODE.findall(title):
                codes.setdefault(terms_of(code), set()).add(product)
        only = {terms: of for terms, of in codes.items() if len(of) == 1}
        self._by_first = _by_first({**only, **known})

    def terms_of(self, product: int) -> frozenset[str]:
        """All terms in the titles of a product."""
        return frozenset(self._terms.get(product, ()))

    def mentions(self, text: str, tokens: Sequence[Token]) -> list[Mention]:
        """The products that a text names, the longest titles first where they overlap."""
        return list(self._mentions(text, tokens))

    def _mentions(self, text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
        place = 0
        while place < len(tokens):
            found = self._at(text, tokens, place)
            if found:
                yield found
            place = found.last + 1 if found else place + 1

    def _at(self, text: str, tokens: Sequence[Token], place: int) -> Mention | None:
        for terms, products in self._by_first.get(tokens[place].term, ()):
            last = place + len(terms) - 1
            here = tuple(token.term for token in tokens[place : last + 1])
            if here != terms:
                continue
            written = text[tokens[place].start : tokens[last].end]
            whole = OPEN not in written and SHUT not in written
            if whole and (len(terms) > 1 or _stands_out(text, tokens, place)):
                meant = self._meant(written, products)
                sure = len(meant) == 1 and not _is_variant(text, tokens, last)
                return Mention(next(iter(meant)) if sure else UNSURE, place, last)
        return None

    def _meant(self, written: str, products: set[int]) -> set[int]:
        """Of several titles that differ only in their endings, the one written so."""
        exact = self._exact.get(_plain(written), set()) & products
        return exact if len(products) > 1 and exact else products


def _plain(title: str) -> str:
    return fold_text(title).strip(_AROUND)


def _by_first(
    known: Mapping[tuple[str, ...], set[int]],
) -> dict[str, list[tuple[tuple[str, ...], set[int]]]]:
    found: dict[str, list[tuple[tuple[str, ...], set[int]]]] = {}
    for terms, products in sorted(known.items(), key=lambda one: -len(one[0])):
        if terms:
            found.setdefault(terms[0], []).append((terms, products))
    return found


def _stands_out(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether a title of one word is meant as a title: linked, quoted, a name or a code."""
    token = tokens[place]
    before = text[token.start - 1 : token.start]
    written = text[token.start : token.end]
    if before and before in OPEN + _AROUND:
        return True
    name = written[:1].isupper() and place > 0
    return name or (any(c.isdigit() for c in written) and any(c.isalpha() for c in written))


def _is_variant(text: str, tokens: Sequence[Token], last: int) -> bool:
    """Whether a name goes on after a title («СЛ-250 Про»), so that another product is meant."""
    if last + 1 >= len(tokens):
        return False
    between = text[tokens[last].end : tokens[last + 1].start]
    following = text[tokens[last + 1].start : tokens[last + 1].end]
    return between in (" ", "-", "/", "\u00a0") and following[:1].isupper()


def hide(text: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> str:
    """The text with the letters of mentions covered; places stay the same."""
    for mention in mentions:
        start, end = tokens[mention.first].start, tokens[mention.last].end
        text = text[:start] + OPEN * (end - start) + text[end:]
    return text
