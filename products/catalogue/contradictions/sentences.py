"""Claims in sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from products.catalogue.contradictions.claim import Claim, Known, PageText, Where
from products.catalogue.contradictions.contexts import context_marks, product_of_context
from products.catalogue.contradictions.quantities import OWN, Named, Quantity, fits
from products.catalogue.contradictions.statements import Statement, plain
from products.catalogue.contradictions.subjects import UNSURE, Mention, hide
from products.catalogue.contradictions.tokens import (
    NEUTRAL,
    Token,
    is_name,
    is_of_now,
    narrowing,
    tokens_of,
)
from products.catalogue.contradictions.units import is_measure
from products.catalogue.contradictions.values import Value, rate_in, values_in

_CLAUSE_END = re.compile(r"[;()]|(?<!\d),|,(?!\d)|:(?!\d)")
_LABEL = re.compile(r"(?P<label>[^:—–=.!?]{2,60}?)\s*(?:[:=]|\s[—–-])\s*$")
_COMPARED = re.compile(
    r"\s*(?:легче|тяжелее|больше|меньше|дешевле|дороже|выше|ниже|быстрее|дольше|раньше|позже|"
    r"less|more|lighter|heavier|cheaper|dearer|longer|shorter|faster|off\b|назад|ago)",
    re.IGNORECASE,
)
_DENIED = re.compile(r"(?<!\w)(?:не|not|а не|вместо)\s+$", re.IGNORECASE)
_DATED = re.compile(
    r"\d\d?\.\d\d?\.\d{2,4}|(?:19|20)\d\d(?!\d)|\d\d?(?:-го)?\s+(?:январ|феврал|март|апрел|ма[яй]|"
    r"июн|июл|август|сентябр|октябр|ноябр|декабр|january|february|march|april|may|june|july|"
    r"august|september|october|november|december)",
    re.IGNORECASE,
)
_FARTHEST = 10
_FARTHEST_AFTER = 3
_SHORT = 5
_OF_PRODUCT = frozenset(["на", "у", "для", "за", "о", "об", "of", "for", "the", "a", "an", "to"])
"""Words by which a quantity is tied to the product that follows them."""


@dataclass(frozen=True)
class _Sentence:
    """A sentence taken apart; `bounds` are the places at which its parts end."""

    statement: Statement
    text: str
    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    values: Sequence[Value]
    named: Sequence[Named]
    bounds: Sequence[int]

    def part(self, place: int) -> int:
        """In which part of the sentence a letter stands."""
        return sum(bound <= place for bound in self.bounds)

    def tokens_between(self, first: int, last: int) -> tuple[int, list[Token]]:
        """The number of the first token of these parts, and the tokens without mentions."""
        found = [n for n, t in enumerate(self.tokens) if first <= self.part(t.start) <= last]
        return (found[0] if found else 0), [self.tokens[n] for n in found]


def claims_of_sentence(page: PageText, known: Known, statement: Statement) -> Iterator[Claim]:
    """The claims of a sentence that is no cell; a question claims nothing."""
    sentence = _taken_apart(page, known, statement)
    if sentence is None:
        return
    claimed = dict(_assigned(sentence))
    for number, named in claimed.items():
        claim = _claim(page, known, sentence, number, named, set(claimed))
        if claim is not None:
            yield claim


def _taken_apart(page: PageText, known: Known, statement: Statement) -> _Sentence | None:
    tokens = tokens_of(statement.text)
    mentions = known.titles.mentions(statement.text, tokens)
    text = hide(statement.text, tokens, mentions)
    values = [v for v in values_in(text, page.language) if not _is_compared(text, v)]
    covered = [_covered(tokens, mentions, n) for n in range(len(tokens))]
    if not values or text.endswith("?") or not is_of_now(covered):
        return None
    named = list(known.lexicon.named(covered))
    bounds = [match.end() for match in _CLAUSE_END.finditer(text)]
    return _Sentence(statement, text, covered, mentions, values, named, bounds)


def _covered(tokens: Sequence[Token], mentions: Sequence[Mention], number: int) -> Token:
    token = tokens[number]
    inside = any(m.first <= number <= m.last for m in mentions)
    return token._replace(term="", word="") if inside else token


def _is_compared(text: str, value: Value) -> bool:
    before, after = text[: value.start], text[value.end : value.end + 20]
    return bool(_COMPARED.match(after) or _DENIED.search(before[-10:]))


def _assigned(sentence: _Sentence) -> Iterator[tuple[int, Named]]:
    """Which value belongs to which named quantity: the nearest before it, else right after it."""
    for number, value in enumerate(sentence.values):
        named = _before(sentence, number, value) or _after(sentence, number, value)
        if named is None and len(sentence.values) == 1:
            named = _labelled(sentence, value)
        if named is not None:
            yield number, named


def _before(sentence: _Sentence, number: int, value: Value) -> Named | None:
    tokens = sentence.tokens
    for named in reversed(sentence.named):
        end = tokens[named.last].end
        if end > value.start or not fits(named.quantity, value.dimension):
            continue
        between = [v for v in sentence.values[:number] if v.start >= end]
        far = sum(end <= token.start < value.start for token in tokens) > _FARTHEST
        parts = sentence.part(value.start) - sentence.part(end - 1)
        taken = any(fits(named.quantity, one.dimension) for one in between)
        return (
            None if far or taken or parts > 1 + (":" in sentence.text[end : value.start]) else named
        )
    return None


def _after(sentence: _Sentence, number: int, value: Value) -> Named | None:
    tokens, values = sentence.tokens, sentence.values
    end = values[number + 1].start if number + 1 < len(values) else len(sentence.text)
    for named in sentence.named:
        start = tokens[named.first].start
        if start < value.end or start > end or not fits(named.quantity, value.dimension):
            continue
        far = sum(value.end <= token.start < start for token in tokens) > _FARTHEST_AFTER
        return named if not far and sentence.part(start) == sentence.part(value.end - 1) else None
    return None


def _labelled(sentence: _Sentence, value: Value) -> Named | None:
    """A quantity that is known only by its label: «Глубина врезки — 40 мм»."""
    label = _LABEL.fullmatch(sentence.text[: value.start])
    if label is None or not value.dimension or sentence.text[value.end :].strip(" .;"):
        return None
    inside = [n for n, token in enumerate(sentence.tokens) if token.end <= label.end("label")]
    terms = sorted({sentence.tokens[n].term for n in inside} - NEUTRAL - {""})
    if not terms or len(inside) > _SHORT:
        return None
    return Named(Quantity(OWN + " ".join(terms), label["label"], "*"), inside[0], inside[-1])


def _claim(
    page: PageText, known: Known, sentence: _Sentence, number: int, named: Named, claimed: set[int]
) -> Claim | None:
    value = sentence.values[number]
    product, more = _product(page, known, sentence, named, value)
    if product == UNSURE:
        return None
    but = known.titles.terms_of(product) | known.titles.terms_of(page.product)
    short = len(sentence.tokens) <= _SHORT + 2
    marks = _marks(sentence, named, value, but) | _values_beside(sentence, number, claimed)
    marks |= (more - but) | context_marks(
        known, page, sentence.statement, named.quantity, but, short
    )
    rated = _with_rate(sentence, named, value)
    return Claim(
        product, named.quantity.code, marks, rated, page.page_id, Where.TEXT,
        plain(sentence.statement.text), " › ".join(map(plain, sentence.statement.context[-1:])),
    )  # fmt: skip


def _with_rate(sentence: _Sentence, named: Named, value: Value) -> Value:
    between = sentence.text[sentence.tokens[named.last].end : value.start]
    rate = "" if "/" in value.dimension else rate_in(between)
    return value._replace(dimension=value.dimension + rate)


def _marks(sentence: _Sentence, named: Named, value: Value, but: frozenset[str]) -> frozenset[str]:
    parts = sorted((
        sentence.part(sentence.tokens[named.first].start), sentence.part(value.start)))  # fmt: skip
    offset, tokens = sentence.tokens_between(parts[0], parts[-1])
    seen = [t for t in tokens if not value.start <= t.start < value.end]
    shift = sum(value.start <= t.start < value.end for t in sentence.tokens[offset : named.first])
    first = named.first - offset - shift
    found = narrowing(seen, first, first + named.last - named.first, but)
    dates = _DATED.findall(sentence.text)
    return (found - {""}) | {f"day {one}" for one in dates}


def _values_beside(sentence: _Sentence, number: int, claimed: set[int]) -> frozenset[str]:
    """Numbers of no quantity of their own: «мешок 25 кг», «from 100 pcs»."""
    here = sentence.part(sentence.values[number].start)
    found = set()
    for n, value in enumerate(sentence.values):
        near = sentence.part(value.start) == here or is_measure(value.dimension)
        if n != number and n not in claimed and value.dimension and near:
            found.add(f"{value.low}–{value.high} {value.dimension}")
    return frozenset(found)


def _product(
    page: PageText, known: Known, sentence: _Sentence, named: Named, value: Value
) -> tuple[int, frozenset[str]]:
    """The product of which a value is said, and whose part it may be («коробки»)."""
    mentions = sentence.mentions
    if not mentions:
        return product_of_context(known, page, sentence.statement), frozenset()
    before = [m for m in mentions if sentence.tokens[m.last].end <= value.start]
    mention = before[-1] if before else mentions[0]
    if any(m.product == UNSURE for m in mentions) or (not before and len(mentions) > 1):
        return UNSURE, frozenset()
    tied, part = _tie(sentence, named, mention)
    if not before and not tied:
        own = mention.product == page.product
        return (page.product if own else UNSURE), frozenset()
    return (mention.product if part is not None else UNSURE), part or frozenset()


def _tie(sentence: _Sentence, named: Named, mention: Mention) -> tuple[bool, frozenset[str] | None]:
    """Whether a preposition ties a quantity to the mention, and the noun before both.

    `None` instead of nouns: another preposition stands there («чем», «with»), so that the
    sentence says something of another thing.
    """
    place, tied = mention.first - 1, False
    start = sentence.part(sentence.tokens[mention.first].start)
    while place >= 0 and sentence.tokens[place].word in _OF_PRODUCT:
        place, tied = place - 1, True
    if place < 0 or sentence.part(sentence.tokens[place].start) != start:
        return tied, frozenset()
    token = sentence.tokens[place]
    if named.first <= place <= named.last or token.term in NEUTRAL or not token.term:
        return tied, frozenset()
    if token.word in _OTHER_THING:
        return tied, None
    return tied, frozenset([token.term]) if is_name(token.word) else frozenset()


_OTHER_THING = frozenset(
    [
        "с",
        "со",
        "к",
        "ко",
        "под",
        "над",
        "без",
        "вместе",
        "как",
        "из",
        "от",
        "кроме",
        "with",
        "without",
        "like",
        "as",
        "under",
        "on",
        "in",
        "from",
        "to",
        "by",
        "before",
        "after",
        "в",
        "во",
    ]
)
