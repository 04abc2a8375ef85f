"""Numbers with their units in a text: «1 350 ₽», «от 2 до 3 недель», «up to 90 kg per hour»."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from products.catalogue.contradictions.units import (
    NUMBER_WORDS,
    PIECES,
    TIME,
    Unit,
    counted,
    multiplier_of,
    unit_of,
)


class Value(NamedTuple):
    """A number or a range in the smallest unit; an end that is open is `None`.

    `dimension` is empty where no unit stands. `start` and `end` are places in the text.
    """

    low: Decimal | None
    high: Decimal | None
    dimension: str
    written: str
    start: int
    end: int
    about: bool = False
    calendar: bool = False


_BLANK = "[ \u00a0\u202f\u2009]"
_FIGURE = rf"\d{{1,3}}(?:{_BLANK}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_MONEY_SIGN = r"[$€£₽¥₸]|\b(?:RUB|USD|EUR|GBP|CNY|KZT|BYN)\b"
_NUMBER = re.compile(
    rf"(?P<before>(?:{_MONEY_SIGN}){_BLANK}?)?"
    rf"(?:(?<![\w.,/\u2010\u2011-])(?P<one>[-−+–]?(?:{_FIGURE}))"
    rf"(?:(?:{_BLANK}?(?:–|—|-|…|\.\.\.?){_BLANK}?|{_BLANK}(?:до|to|and){_BLANK})"
    rf"(?P<two>[-−+]?(?:{_FIGURE}))(?![\w]*\d))?"
    rf"|\b(?P<word>{_WORDS})(?={_BLANK}[^\W\d]))",
    re.IGNORECASE,
)
_UNIT = re.compile(rf"{_BLANK}?(?P<unit>°{_BLANK}?[CС]|[%°₽$€£¥₸]|(?:кВт[·-]?ч|[^\W\d_]+[²³]?)\.?)")
_ADJECTIVE = re.compile(
    rf"{_BLANK}?(?:календарн\w+|calendar|(?P<working>рабоч\w+|раб\.|business|working))(?={_BLANK})",
    re.IGNORECASE,
)
_RATE = re.compile(
    rf"{_BLANK}?(?:/{_BLANK}?|(?P<said>в|за|per|a|an|each|every){_BLANK}"
    r"(?:кажд\w+ |one |один |одну )?)"
    r"(?P<of>°|[^\W\d_]+[²³]?)",
    re.IGNORECASE,
)
_AT_MOST = (
    r"(?:до|не более|не больше|не выше|максимум|макс\.|up to|at most|no more than|max\.?|≤|<)"
)
_AT_LEAST = (
    r"(?:от|из расчёта от|не менее|не меньше|не ниже|минимум|мин\.|свыше|более|from|at least|"
    r"no less than|min\.?|over|more than|≥|>)"
)
_ABOUT = (
    r"(?:около|примерно|порядка|приблизительно|почти|about|approx\.?|around|roughly|nearly|~|≈)"
)
_BEFORE = re.compile(
    rf"(?:(?<!\w)(?:(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST})|(?P<about>{_ABOUT})){_BLANK}?)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_MONTH = re.compile(
    r"(?:январ|феврал|март|апрел|ма[йя]\b|июн|июл|август|сентябр|октябр|ноябр|декабр|january|"
    r"february|march\b|april|may\b|june|july|august|september|october|november|december)",
    re.IGNORECASE,
)
_LONGEST_LEAD = 16
_NEVER_PER = ("percent", "temperature", "noise", TIME)
_LONGEST_FIGURE = 18


def values_in(text: str, language: str) -> Iterator[Value]:
    """The values of a text in their order; days of a calendar and years are none."""
    end = 0
    for match in _NUMBER.finditer(text):
        if match.start() >= end:
            value = _value(text, match, language)
            if value is not None:
                yield value
                end = value.end


def _value(text: str, match: re.Match[str], language: str) -> Value | None:
    tail = text[match.end() : match.end() + 40]
    if _is_day(match, tail):
        return None
    numbers = _numbers(match, language)
    unit, rate, length, times = _unit_after(tail, match["before"])
    if not numbers or (unit is None and match["word"]):
        return None
    ends = [number * times * (unit.factor if unit else 1) / rate[1] for number in numbers]
    dimension = (unit.dimension if unit else "") + rate[0]
    low, high, about, start = _ends(text, match.start(), ends)
    end = match.end() + length
    written = text[start:end].strip().rstrip(".")
    return Value(low, high, dimension, written, start, end, about, bool(unit and unit.calendar))


def _numbers(match: re.Match[str], language: str) -> list[Decimal]:
    if match["word"]:
        return [Decimal(NUMBER_WORDS[match["word"].lower()])]
    found = [number_of(one, language) for one in (match["one"], match["two"]) if one]
    numbers = [number for number in found if number is not None]
    return sorted(numbers) if len(numbers) == len(found) else []


def number_of(written: str, language: str) -> Decimal | None:
    """The number as it is written in that language; `None` when it is none («1.2.3»)."""
    plain = re.sub(_BLANK, "", written).lstrip("+–−-")
    if language == "en" and _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    plain = plain.replace(",", ".")
    if plain.count(".") > 1 or len(plain) > _LONGEST_FIGURE or not plain.isascii():
        return None
    return Decimal(plain) * (-1 if written[0] in "–−-" else 1)


def _is_day(match: re.Match[str], tail: str) -> bool:
    """Whether the number is a year or a part of a date."""
    written = match["one"] or ""
    if match["before"] or match["word"]:
        return False
    year = _YEAR.fullmatch(written) and re.match(
        rf"{_BLANK}?(?:г\b|год|$|[^\w%°₽$€]|{_BLANK}*[а-яa-z]+)", tail
    )
    unit = _UNIT.match(tail)
    if year and (unit is None or unit_of(unit["unit"]) is None or unit["unit"].startswith("г")):
        return True
    return bool(_MONTH.match(tail.lstrip()) or re.match(r"(?:st|nd|rd|th|-?го)\b", tail))


def _unit_after(tail: str, before: str | None) -> tuple[Unit | None, tuple[str, Decimal], int, int]:
    """The unit, what it is per, how many letters both take, and a thousand or a million."""
    none = ("", Decimal(1))
    times, at = _times(tail)
    sign = unit_of(before.strip()) if before else None
    adjective = _ADJECTIVE.match(tail, at)
    working = adjective is not None and adjective["working"] is not None
    found = _UNIT.match(tail, adjective.end() if adjective else at)
    unit = sign or (_named(found["unit"]) if found else None)
    if unit is None:
        return None, none, at, times
    end = at if sign or not found else found.end()
    if working and unit.dimension == TIME:
        unit = unit._replace(dimension="working " + TIME)
    if unit.dimension in _NEVER_PER:
        return unit, none, end, times
    rate, end = _rate(tail, end)
    return unit, rate, end, times


def _times(tail: str) -> tuple[int, int]:
    found = _UNIT.match(tail)
    factor = multiplier_of(found["unit"]) if found else None
    return (factor, found.end()) if found and factor else (1, 0)


def _named(written: str) -> Unit | None:
    written = re.sub(_BLANK, "", written).rstrip(".")
    known = unit_of(written)
    if known or len(written) < 3 or not written[-1].isalpha() or written[0].isupper():
        return known
    return Unit("count:" + counted(written))


def _rate(tail: str, at: int) -> tuple[tuple[str, Decimal], int]:
    """What a unit is per: «/кг», «в месяц», «за цикл»; «за штуку» says nothing."""
    found, none = _RATE.match(tail, at), ("", Decimal(1))
    if not found:
        return none, at
    per = unit_of(found["of"])
    if per is None:
        loose = (found["said"] or "").lower() in ("в", "a", "an")
        return (none, at) if loose else (("/" + counted(found["of"]), Decimal(1)), found.end())
    if per.dimension == PIECES:
        return none, found.end()
    if (found["said"] or "").lower() in ("в", "a", "an") and per.dimension != TIME:
        return none, at
    return ("/" + per.dimension, per.factor), found.end()


def rate_in(label: str) -> str:
    """What the value under a label is per: «Цена за упаковку», «Price per kg»."""
    found = re.search(rf"(?:\bза{_BLANK}|\bper{_BLANK}|/{_BLANK}?)([^\W\d_]+)", label)
    if not found:
        return ""
    per = unit_of(found[1])
    name = per.dimension if per else counted(found[1])
    return "" if name == PIECES else "/" + name


def _ends(
    text: str, start: int, ends: list[Decimal]
) -> tuple[Decimal | None, Decimal | None, bool, int]:
    lead = _BEFORE.search(text, max(0, start - _LONGEST_LEAD), start)
    low, high = ends[0], ends[-1]
    if not lead or (low != high and not lead["about"]):
        return low, high, False, start
    if lead["most"]:
        return None, high, False, lead.start()
    return (low, None, False, lead.start()) if lead["least"] else (low, high, True, lead.start())


def differ(one: Value, other: Value) -> bool:
    """Whether no number fits both values; a little is allowed where months meet days."""
    if (one.low, one.high) == (other.low, other.high):
        return False
    if _open(one) is not None and _open(one) == _open(other):
        ends = (one.low or one.high, other.low or other.high)
        return ends[0] != ends[1]
    slack = _slack(one, other)
    return _below(one.high, other.low, slack) or _below(other.high, one.low, slack)


def _open(value: Value) -> str | None:
    return "low" if value.low is None else "high" if value.high is None else None


def _slack(one: Value, other: Value) -> Decimal:
    if one.about or other.about:
        return Decimal("0.1")
    if one.calendar != other.calendar:
        return Decimal("0.04")
    return Decimal("0.000001")


def _below(high: Decimal | None, low: Decimal | None, slack: Decimal) -> bool:
    return high is not None and low is not None and high + slack * max(abs(high), abs(low)) < low
