"""A statement's words as tokens in one spelling: numbers, dates, units, codes, words and signs.

Two spellings of one number, day or unit give the same key («1 000» and «1000», «5 марта» and
«05.03»). Words keep their form; whether another form says the same is for others to judge.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from products.onboarding.weight.words import (
    CURRENCIES,
    FILLERS,
    MONTHS,
    MULTIPLIERS,
    NUMBERS,
    PHRASES,
    UNITS,
)
from search.lemmas import fold, fold_code


class TokenKind(StrEnum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    DATE = "date"
    UNIT = "unit"
    CODE = "code"
    SIGN = "sign"


class Token(NamedTuple):
    """One word or number. `sentence` counts from 0; `joined`: an «and» or comma stood before."""

    kind: TokenKind
    key: str
    written: str
    sentence: int = 0
    name: bool = False
    joined: bool = False


_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:,?\s+(?P<{0}>(?:19|20)\d\d)(?:\s*(?:года|году|год|г)\b\.?)?)?"
_TOKEN = re.compile(
    r"(?P<iso>(?<!\d)(?P<iy>\d{4})-(?P<im>\d\d)-(?P<id>\d\d)(?!\d))"
    r"|(?P<dotted>(?<![\d.,])(?P<dd>\d{1,2})\.(?P<dm>\d{1,2})\.(?P<dy>\d{4}|\d\d)(?!\.?\d)"
    r"(?:\s*(?:года|году|г)\b\.?)?)"
    rf"|(?P<day>(?<![\d.,])(?P<md>\d{{1,2}})(?:st|nd|rd|th|-?го)?\s+(?:of\s+)?(?P<mm>{_MONTH})\b\.?"
    + _YEAR.format("my")
    + rf")|(?P<us>\b(?P<um>{_MONTH})\b\.?\s+(?P<ud>\d{{1,2}})(?:st|nd|rd|th)?\b(?![.,]?\d)"
    + _YEAR.format("uy")
    + r")|(?P<file>file=\S+)"
    r"|(?P<code>[^\W\d_]{1,40}(?:[-/.][^\W\d_]{1,40}){0,3}[-/.]?\d\w*(?:[-/.]\w+)*)"
    r"|(?P<number>\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d]+(?:[-\u2010\u2011'’][^\W\d]+)*)"
    r"|(?P<sign>[^\w\s])",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[»”\")]*\s+(?=[\"«“(]?[A-ZА-ЯЁ\d])")
_SIGNS = frozenset("~±<>≤≥=≈/×+№?°|☐☑&§^")
_SPELLED_SIGNS = {"&": "and"}
_RANGE = frozenset("-–—‐‑−")
_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_POINTS = re.compile(r"\d{1,3}(?:[.,]\d{3}){2,}")
_SHORT_DAY = re.compile(r"(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])")
_SMALL = re.compile(r"[мm](?:Вт|W|Па|Pa|Гц|Hz|А|A|В|V)$")
_YEAR_NUMBER = re.compile(r"(?:19|20)\d\d")
_LETTER_UNITS = frozenset("гтлмрсчgtlmshwvd")


def tokens_of(text: str, language: str) -> list[Token]:
    """All tokens of a statement that say something; fillers and punctuation are left out."""
    found: list[Token] = []
    for number, sentence in enumerate(sentences_of(text)):
        raw = list(_raw(_one_way(sentence), language))
        found += _clean(_settled(raw), number)
    return found


def sentences_of(text: str) -> list[str]:
    """The sentences of a statement."""
    return [part for part in _SENTENCE_END.split(text) if part.strip()]


def _one_way(text: str) -> str:
    for pattern, said in PHRASES:
        text = pattern.sub(said, text)
    return text


def _raw(text: str, language: str) -> Iterator[Token]:
    end, before = 0, None
    for match in _TOKEN.finditer(text):
        apart = match.start() > end or before is None
        token = _token(match, language, first=before is None)
        if token.kind is TokenKind.SIGN and token.key in _RANGE:
            token = token._replace(key=_dash(text, match, before, apart))
        yield token
        end, before = match.end(), token


def _dash(text: str, match: re.Match[str], before: Token | None, apart: bool) -> str:
    """What a dash is: the sign of a number, from–to, or only punctuation."""
    digit_follows = text[match.end() : match.end() + 1].isdigit()
    after_number = before is not None and before.kind is TokenKind.NUMBER
    if after_number and re.match(r"\s*\d", text[match.end() :]):
        return "–"
    return "-" if digit_follows and apart and not after_number else ""


def _token(match: re.Match[str], language: str, first: bool) -> Token:
    written = match.group()
    match match.lastgroup:
        case "file":
            return Token(TokenKind.CODE, written, written)
        case "code":
            return Token(TokenKind.CODE, fold_code(written), written)
        case "number":
            return Token(TokenKind.NUMBER, number_key(written, language), written)
        case "word":
            return _word(written, first)
        case "sign":
            return _sign(written)
    return Token(TokenKind.DATE, _day_key(match), written)


def _day_key(match: re.Match[str]) -> str:
    for year, month, day in (("iy", "im", "id"), ("dy", "dm", "dd"), ("my", "mm", "md"),
                             ("uy", "um", "ud")):  # fmt: skip
        if match[day]:
            number = match[month]
            named = int(number) if number.isdigit() else MONTHS[number.lower()]
            tail = f".{int(match[year]) % 100:02}" if match[year] else ""
            return f"{int(match[day]):02}.{named:02}{tail}"
    raise AssertionError(match)


def number_key(written: str, language: str) -> str:
    """One spelling of a number; what looks like a short date («05.03») stays as it is."""
    compact = re.sub(r"\s", "", written)
    if _SHORT_DAY.fullmatch(compact) and language == "ru":
        return compact
    if _POINTS.fullmatch(compact):
        compact = re.sub("[.,]", "", compact)
    elif language == "en" and _GROUPS.fullmatch(compact):
        compact = compact.replace(",", "")
    compact = compact.replace(",", ".")
    return plain_number(Decimal(compact)) if compact.count(".") <= 1 else compact


def plain_number(number: Decimal) -> str:
    """A number without needless zeros and without an exponent."""
    return format(number.normalize(), "f")


def _word(written: str, first: bool) -> Token:
    folded = fold(written)
    name = not first and written[0].isupper()
    if folded in UNITS and _may_be_unit(written, folded):
        small = "milli-" if _SMALL.match(written) else ""
        return Token(TokenKind.UNIT, small + UNITS[folded], folded)
    if _SMALL.match(written) or _SMALL.match(written[:1].lower() + written[1:]):
        return Token(TokenKind.UNIT, written[0] + folded[1:], folded)
    if folded in NUMBERS:
        return Token(TokenKind.NUMBER, NUMBERS[folded], folded)
    return Token(TokenKind.WORD, folded, folded, name=name)


def _may_be_unit(written: str, folded: str) -> bool:
    return folded not in _LETTER_UNITS or len(written) > 1 or written.islower() or written in "LWV"


def _sign(written: str) -> Token:
    if written in UNITS:
        return Token(TokenKind.UNIT, UNITS[written], written)
    kept = written in _SIGNS or written in _RANGE
    return Token(TokenKind.SIGN, written if kept else "", written)


def _settled(raw: Iterable[Token]) -> list[Token]:
    """Signs, multipliers and currencies put to their numbers."""
    found: list[Token] = []
    for token in raw:
        last = found[-1] if found else None
        number = last is not None and last.kind is TokenKind.NUMBER
        if last and number and token.written.lower() in MULTIPLIERS:
            found[-1] = last._replace(key=_times(last.key, MULTIPLIERS[token.written.lower()]))
        elif last and number and token.key == "g" and _YEAR_NUMBER.fullmatch(last.key):
            found.append(token._replace(key="year"))
        elif last and last.key == "-" and token.kind is TokenKind.NUMBER:
            found[-1] = token._replace(key="-" + token.key)
        elif last and _before_its_number(found, token):
            found[-1:] = [token, last]
        else:
            found.append(token)
    return found


def _before_its_number(found: list[Token], token: Token) -> bool:
    """Whether a currency stands before the number («$50») as it may after it."""
    last = found[-1]
    alone = len(found) < 2 or found[-2].kind is not TokenKind.NUMBER
    return token.kind is TokenKind.NUMBER and last.key in CURRENCIES and alone


def _times(key: str, factor: int) -> str:
    return plain_number(Decimal(key) * factor) if key.count(".") <= 1 else f"{key}×{factor}"


def _clean(tokens: Iterable[Token], sentence: int) -> Iterator[Token]:
    joined = False
    for token in tokens:
        if not token.key or token.key in FILLERS:
            joined = joined or token.written in (",", ";", "и", "and", "&")
            continue
        yield token._replace(sentence=sentence, joined=joined)
        joined = False
