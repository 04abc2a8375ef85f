"""The words of a text with their terms, and what stands beside a quantity that narrows it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from search.lemmas import fold, fold_code, forms_of, lemmas_of, term_of


class Token(NamedTuple):
    """A word: its term (one for all its forms) and its folded spelling, and its place."""

    term: str
    word: str
    start: int
    end: int


_WORD = re.compile(r"[^\W_]+")


def tokens_of(text: str) -> list[Token]:
    """The words of a text; codes («ТМ-30») give their parts."""
    return [Token(*_known(found.group()), *found.span()) for found in _WORD.finditer(text)]


def terms_of(text: str) -> tuple[str, ...]:
    """Only the terms."""
    return tuple(token.term for token in tokens_of(text))


@lru_cache(20_000)
def _known(written: str) -> tuple[str, str]:
    word = fold(written) if written.isalpha() else fold_code(written)
    return (term_of(word) if written.isalpha() else word), word


def _set(words: str) -> frozenset[str]:
    return frozenset(term_of(fold(word)) for word in words.split())


def _words(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


NEUTRAL = _set(
    "товар продукт продукция изделие модель устройство прибор аппарат машина оборудование "
    "производитель завод клиент покупатель общий стандартный заводской обычный наш весь полный "
    "номинальный текущий указанный значение параметр характеристика величина показатель срок "
    "составлять равный прайс среднее среднем запас склад базовый нынешний сегодня сейчас каждый "
    "product item model device unit machine equipment appliance manufacturer factory standard "
    "usual our whole total rated current value parameter is are be has have stock the a an of its "
    "this that these it and или и each per supply питание client customer full now today basic"
)
"""What says nothing of the quantity that it stands beside."""
_MARKING = _set(
    "брутто нетто опт оптовый розница розничный ндс скидка акция акционный расширенный "
    "дополнительный продлённый зима зимний лето летний пустой закрытый открытый вскрытый "
    "вскрытие открытие пиковый наружный внутренний минимальный максимальный наибольший "
    "наименьший партнёр дилер "
    "gross net wholesale retail vat discount extended additional winter summer empty opened "
    "opening peak outer inner minimum maximum partner dealer shipping transport"
)
"""What narrows a quantity wherever it stands in the same part of a sentence."""
_NARROWING = _words(
    "для при без в во по на если когда после через for without in at on if when after while during"
)
"""After these words stands what the quantity is narrowed to."""
_STOPS = _words(
    "is are was be has have the a an of to and or but with from by our your its it that this "
    "costs weighs holds comes runs uses gives than как что и или а но это из с со к у за от до"
)
DROPPED = _set(
    "раньше ранее прежний прежде старый прошлый бывший конкурент аналог отличие вместо кроме "
    "например пример предполагать планировать ожидать возможно "
    "previously formerly previous former old earlier unlike instead rival competitor example "
    "until yesterday вчера"
)
DROPPED_WORDS = _words(
    "был была было были стоил стоила стоило стоили весил весила будет будут станет станут "
    "was were will would expected planned than чем used ago назад примера"
)
"""A sentence with one of these speaks of another time, of another product, or of none."""
PAST_PLACES = _set("история архив архивный history archive archived changelog конкурент "
                   "competitor rival пример example")  # fmt: skip
"""Under such headings and titles nothing is said of how it is now."""
_MOST_NARROWING = 3
_ARTICLES = _words("the a an")
_WITHOUT = _words("без without")
_DELIVERY = _set("доставка delivery")


def is_of_now(tokens: Sequence[Token]) -> bool:
    """Whether a sentence says how something is, not how it was, will be or is elsewhere."""
    return not any(token.term in DROPPED or token.word in DROPPED_WORDS for token in tokens)


def speaks_of_past(text: str) -> bool:
    """Whether a title or heading leads to what was, to others, or to examples."""
    return not PAST_PLACES.isdisjoint(terms_of(text))


def narrowing(
    tokens: Sequence[Token], first: int, last: int, but: frozenset[str]
) -> frozenset[str]:
    """What narrows the quantity that stands from token `first` to `last` of a part of a sentence.

    Words that narrow wherever they stand, what follows «for», «при», the adjective before the
    quantity and the noun after it. `but` are the terms of the product itself.
    """
    found = {token.term for token in tokens if token.term in _MARKING}
    for place, token in enumerate(tokens):
        if token.word in _NARROWING:
            found |= _after_preposition(tokens, place)
    found |= _genitive(tokens, last + 1)
    found |= set(_before(tokens, first))
    own = {token.term for token in tokens[first : last + 1]}
    return frozenset(found - own - but - NEUTRAL)


def content_terms(tokens: Sequence[Token], but: frozenset[str]) -> frozenset[str]:
    """All that a label or a short heading says beside the quantity."""
    said = (token for token in tokens if not token.word.isdigit() and token.word not in _STOPS)
    return frozenset(token.term for token in said) - but - NEUTRAL - _set_of_narrowing()


@lru_cache(1)
def _set_of_narrowing() -> frozenset[str]:
    return frozenset(term_of(word) for word in _NARROWING)


def _after_preposition(tokens: Sequence[Token], place: int) -> set[str]:
    """What a quantity is narrowed to; a price is without delivery unless it says more."""
    found: set[str] = set()
    rest = [token for token in tokens[place + 1 :] if token.word not in _ARTICLES]
    for token in rest[:_MOST_NARROWING]:
        if token.word in _STOPS or token.word in _NARROWING or not token.word:
            break
        found.add(token.term)
    return found - _DELIVERY if tokens[place].word in _WITHOUT else found


def _genitive(tokens: Sequence[Token], place: int) -> set[str]:
    """The noun after a quantity: «вес коробки», «weight of the box»."""
    found: set[str] = set()
    for token in tokens[place : place + 2]:
        if token.word in _STOPS or token.word.isascii() or not is_name(token.word, genitive=True):
            break
        found.add(token.term)
    return found or _after_of(tokens, place)


def _after_of(tokens: Sequence[Token], place: int) -> set[str]:
    rest = list(tokens[place : place + 4])
    if not rest or rest[0].word != "of":
        return set()
    named = [token for token in rest[1:] if token.word not in _ARTICLES]
    return {named[0].term} if named and named[0].word.isalpha() else set()


def _before(tokens: Sequence[Token], first: int) -> list[str]:
    """The adjective right before a quantity; in English a noun too («pump warranty»)."""
    if first == 0:
        return []
    token = tokens[first - 1]
    if token.word in _STOPS or token.word in _NARROWING or token.word.isdigit():
        return []
    if token.word.isascii():
        return [token.term] if token.word.isalpha() else []
    return [token.term] if _is_attribute(token.word) else []


@lru_cache(20_000)
def _is_attribute(word: str) -> bool:
    """Whether it is an adjective that belongs to its noun («расширенная»), not «нужна»."""
    forms = forms_of(word)
    return bool(forms) and forms[0].lemma.part == "ADJF" and bool(forms[0].case)


def is_name(word: str, genitive: bool = False) -> bool:
    """Whether a word may name a thing; in a genitive only what the dictionary knows."""
    part = _part(word)
    return part in ("NOUN", "ADJF", "") and not (genitive and part == "")


@lru_cache(20_000)
def _part(word: str) -> str:
    found = lemmas_of(word)
    return found[0].part if found else ""
