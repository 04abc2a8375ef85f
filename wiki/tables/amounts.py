"""Amounts in the spellings of all programs, read exactly: "1 234,50 руб.", "$1,234.5", "(7)".

A figure such as "1,234" can be read in two ways. What decides is the mark that divides decimals in
the whole file, for a file is written by one program; a cell alone never decides by likelihood.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from wiki.errors import Refusal

LARGEST = Decimal(10) ** 14
_PLACES = 4
_LONGEST = 60
_BLANKS = str.maketrans(dict.fromkeys("\xa0\u202f\u2009\u2007\u2002\u2003\t", " ") | {"−": "-"})
_SHAPE = re.compile(
    r"(?P<before>[^\d()+-]*)(?P<open>\(?)(?P<sign>[+-]?)(?P<inner>[^\d()+-]*)"
    r"(?P<figure>[.,]?\d[\d.,'’ ]*)(?P<power>[eE][+-]?\d{1,2}(?!\d))?(?P<after>[^\d(]*)"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d*)?")
_GAPS = re.compile(r"[ '’]")
_FACTORS = {
    "тыс": 10**3,
    "тысяч": 10**3,
    "k": 10**3,
    "млн": 10**6,
    "миллионов": 10**6,
    "mln": 10**6,
    "млрд": 10**9,
    "bn": 10**9,
}
_CURRENCIES = {
    "$": "USD",
    "us$": "USD",
    "долл": "USD",
    "долл.": "USD",
    "€": "EUR",
    "евро": "EUR",
    "£": "GBP",
    "₽": "RUB",
    "р": "RUB",
    "руб": "RUB",
    "рублей": "RUB",
    "rur": "RUB",
    "₴": "UAH",
    "грн": "UAH",
    "₸": "KZT",
    "тенге": "KZT",
}
_CODE = re.compile(r"[A-Za-z]{3}")


class Mark(StrEnum):
    """What divides decimals."""

    POINT = "."
    COMMA = ","


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure and, where the cell says it, its currency by ISO 4217."""

    value: Decimal
    currency: str = ""


@dataclass(slots=True)
class Marks:
    """What the figures of a file show of the mark that divides their decimals."""

    point: int = 0
    comma: int = 0
    unclear: int = 0

    def look(self, text: str) -> None:
        """Look at one cell."""
        if text.isdigit() or ("." not in text and "," not in text):
            return
        found = _SHAPE.fullmatch(text.translate(_BLANKS).strip()[:_LONGEST])
        mark = _mark_in(found["figure"].strip()) if found else None
        if mark is Mark.POINT:
            self.point += 1
        elif mark is Mark.COMMA:
            self.comma += 1
        elif found:
            self.unclear += 1

    @property
    def decided(self) -> Mark | None:
        """The mark that all clear figures have; `None` when there are none, or of both sorts."""
        if bool(self.point) == bool(self.comma):
            return None
        return Mark.POINT if self.point else Mark.COMMA


def amount_in(text: str, mark: Mark | None = None) -> Amount:
    """The amount in a cell; `mark` is the one that divides decimals in its file, once known.

    Raises `Refusal` for what is no amount, can be read in two ways, has more than four decimals
    or is 10¹⁴ and more.
    """
    if text.isascii() and text.isdigit() and len(text) < 15:
        return Amount(Decimal(text))
    bare = text.translate(_BLANKS).strip()
    found = _SHAPE.fullmatch(bare) if len(text) <= _LONGEST and bare.isprintable() else None
    if found is None or ("(" in text) != (")" in text):
        raise no_amount(text)
    factor, currency = _words(text, f"{found['before']} {found['inner']} {found['after']}")
    value = _figure(text, found["figure"].strip(), mark) * factor
    if found["power"]:
        value = value.scaleb(int(found["power"][1:]))
    if found["sign"] == "-" or found["open"]:
        value = -value
    return Amount(_kept(text, value), currency)


def no_amount(text: str) -> Refusal:
    """The sentence for what is no amount."""
    return Refusal("“%(text)s” is no amount. Write it like 1234.50.", text=text[:_LONGEST])


def currency_in(text: str) -> str:
    """The ISO 4217 code that a cell means; empty for an empty cell. Raises `Refusal`."""
    text = text.strip()
    known = _CURRENCIES.get(text.casefold().rstrip("."))
    if not text or known:
        return known or ""
    if not _CODE.fullmatch(text):
        raise Refusal(
            "“%(text)s” is no currency. Write its code of three letters, like EUR.", text=text[:60]
        )
    return text.upper()


def _mark_in(figure: str) -> Mark | None:
    """The mark that divides decimals in this figure alone; `None` when it cannot be told."""
    marks = [letter for letter in figure if letter in ".,"]
    if not marks:
        return None
    last = Mark(marks[-1])
    if len(set(marks)) == 2:
        return last
    if len(marks) > 1:
        return _other(last)
    whole, _mark, rest = figure.partition(last)
    if len(rest) != 3 or len(whole) > 3 or whole in ("", "0") or _GAPS.search(whole):
        return last
    return None


def _other(mark: Mark) -> Mark:
    return Mark.COMMA if mark is Mark.POINT else Mark.POINT


def _figure(text: str, figure: str, mark: Mark | None) -> Decimal:
    if _GAPS.search(figure) and not _THOUSANDS.fullmatch(figure):
        raise no_amount(text)
    figure = _GAPS.sub("", figure)
    if not set(figure) & set(".,"):
        return Decimal(figure)
    divider = _mark_in(figure) or mark
    if divider is None:
        raise Refusal(
            "“%(text)s” can be read in two ways. Say whether a point or a comma divides decimals "
            "in this file.",
            text=text[:_LONGEST],
        )
    grouping = _other(divider)
    whole, _mark, rest = figure.partition(divider)
    groups = whole.split(grouping)
    well = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    if grouping in rest or divider in rest or (len(groups) > 1 and not well):
        raise no_amount(text)
    return Decimal("".join(groups) + (f".{rest}" if rest else ""))


def _words(text: str, beside: str) -> tuple[int, str]:
    """The factor and the currency that stand beside a figure."""
    factor, currency = 1, ""
    for word in _parted(beside.casefold()):
        if word in _FACTORS and factor == 1:
            factor = _FACTORS[word]
        elif not currency and (word in _CURRENCIES or (word.isascii() and _CODE.fullmatch(word))):
            currency = _CURRENCIES.get(word) or word.upper()
        else:
            raise no_amount(text)
    return factor, currency


def _parted(beside: str) -> Iterable[str]:
    return (bare for word in beside.split() if (bare := word.strip(".,)")))


def _kept(text: str, value: Decimal) -> Decimal:
    if abs(value) >= LARGEST:
        raise Refusal("“%(text)s” is too large an amount.", text=text[:_LONGEST])
    if value != value.quantize(Decimal(1).scaleb(-_PLACES)):
        raise Refusal(
            "“%(text)s” has more than %(places)d decimals and would have to be rounded.",
            text=text[:_LONGEST],
            places=_PLACES,
        )
    return value
