"""Finding contradictions: one quantity of one product, with numbers that cannot both be right.

No guessing: a product is named by its title, a quantity by its words or by the label of a fact, a
number has a unit. Only claims whose sentences are narrowed by the same words and sizes are
compared, and a page that itself gives several numbers is taken to speak of several things.
"""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import combinations
from typing import NamedTuple

from products.catalogue.contradictions.cells import claims_of_cell
from products.catalogue.contradictions.claim import Claim, Known, PageText, Where
from products.catalogue.contradictions.contexts import is_past
from products.catalogue.contradictions.sentences import claims_of_sentence
from products.catalogue.contradictions.statements import Statement, statements_of
from products.catalogue.contradictions.values import differ

FACT = "fact:"
"""Before the key of a fact, where two facts are compared."""
MOST_OF_ONE = 10
"""Pairs that are told of one quantity of one product; who mends them is told of the others."""
_LONGEST_FACT = 80
_Group = tuple[int, str, frozenset[str], str]


class Found(NamedTuple):
    """Two claims that contradict each other; `key` is the same as long as both numbers stay."""

    key: str
    one: Claim
    other: Claim


def claims_of(page: PageText, known: Known) -> list[Claim]:
    """All that a page claims in its facts, its text and its tables."""
    said = (*_of_facts(page, known), *_of_body(page, known))
    return [claim._replace(language=page.language) for claim in said]


def contradictions_in(claims: Iterable[Claim]) -> list[Found]:
    """The contradictions between different pages."""
    groups: dict[_Group, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(_group(claim), []).append(claim)
    return [found for group in groups.values() if len(group) > 1 for found in _in_group(group)]


def _of_facts(page: PageText, known: Known) -> Iterator[Claim]:
    """Each fact as its label says, and under its key, by which a translation has it too."""
    for fact in page.facts:
        if len(fact.text) <= _LONGEST_FACT:
            cell = Statement(fact.text, (), row=fact.label, is_cell=True)
            for claim in claims_of_cell(page, known, cell, Where.FACT):
                yield claim._replace(fact=fact.key)
                yield claim._replace(fact=fact.key, quantity=FACT + fact.key, marks=frozenset())


def _of_body(page: PageText, known: Known) -> Iterator[Claim]:
    for statement in statements_of(page.body):
        if not is_past(page, statement):
            read = claims_of_cell if statement.is_cell else claims_of_sentence
            yield from read(page, known, statement)


def _group(claim: Claim) -> _Group:
    return claim.product, claim.quantity, claim.marks, claim.value.dimension


def _in_group(group: list[Claim]) -> Iterator[Found]:
    pages: dict[int, list[Claim]] = {}
    for claim in group:
        pages.setdefault(claim.page_id, []).append(claim)
    settled = [claim for _page, said in sorted(pages.items()) for claim in _settled(said)]
    pairs = (
        (a, b)
        for a, b in combinations(settled, 2)
        if _contradict(a, b) and not (_is_told(a, b, settled) or _is_told(b, a, settled))
    )
    for _number, (one, other) in zip(range(MOST_OF_ONE), pairs, strict=False):
        yield Found(key_of(one, other), one, other)


def _settled(said: list[Claim]) -> list[Claim]:
    """The one claim of a page: its fact, else its text if that does not vary."""
    facts = [claim for claim in said if claim.where is Where.FACT]
    if facts:
        return facts[:1]
    varies = any(differ(a.value, b.value) for a, b in combinations(said[:20], 2))
    return [] if varies else said[:1]


def _contradict(one: Claim, other: Claim) -> bool:
    facts = one.where is other.where is Where.FACT
    if one.page_id == other.page_id or facts is not one.quantity.startswith(FACT):
        return False
    return differ(one.value, other.value)


def _is_told(fact: Claim, other: Claim, settled: list[Claim]) -> bool:
    """Whether the same fact stands on a translation in the language of the other place.

    Then one contradiction is told, not one for each language.
    """
    if fact.where is not Where.FACT or fact.language == other.language:
        return False
    return any(
        one.where is Where.FACT and one.language == other.language and one.page_id != other.page_id
        for one in settled
        if not differ(one.value, fact.value)
    )


def key_of(one: Claim, other: Claim) -> str:
    """One key for a pair, whatever the words around both numbers."""
    ends = [(c.page_id, c.where == Where.FACT, c.value.low, c.value.high) for c in (one, other)]
    parts = (
        *map(str, _group(one)[:2]),
        sorted(one.marks),
        one.value.dimension,
        sorted(map(str, ends)),
    )
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()
