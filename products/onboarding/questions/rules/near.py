"""Values near to a true one and of the same form: as many decimals, as round, the same day.

The true value stands at any place among them by chance, so the middle one is no better a guess.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random

_SHARES = (0.04, 0.06, 0.08, 0.11)
_MONTHS = (1, 2, 3, 6, 12)
_DIGITS = re.compile(r"\d+")
_LONGEST_CODE = 30
_ROUND = ("1", "2", "5")
_HUNDRED = Decimal(100)


def near_numbers(true: str, unit: str, chance: Random, count: int) -> list[str]:
    """At most `count` other numbers, written like the true one; a share stays within 100 %."""
    number = Decimal(true)
    most = _HUNDRED if unit == "%" and abs(number) <= _HUNDRED else Decimal("1e15")
    if number < 0:
        return [f"-{one}" for one in near_numbers(true.lstrip("-"), unit, chance, count)]
    if _is_round(number):
        found = _around([one for one in _round_row(number) if one <= most], number, chance, count)
    else:
        found = _steps(number, most, chance, count)
    places = _decimals(true)
    return [f"{one:.{places}f}" for one in found if 0 <= one <= most]


def near_days(true: date, chance: Random, count: int) -> list[date]:
    """At most `count` other days, whole months away."""
    step, place = chance.choice(_MONTHS), chance.randint(0, count)
    away = [(n - place) * step for n in range(count + 1) if n != place]
    return [day for months in away if (day := _months_later(true, months)) is not None]


def near_codes(true: str, chance: Random, count: int) -> list[str]:
    """Other codes like «PL-101»: the last figure differs. None for what is no code."""
    figures = list(_DIGITS.finditer(true))
    if not figures or " " in true or len(true) > _LONGEST_CODE:
        return []
    last = figures[-1]
    width, number = len(last.group()), int(last.group())
    step, place = chance.choice((1, 2, 3, 10)), chance.randint(0, count)
    others = [number + (n - place) * step for n in range(count + 1) if n != place]
    fitting = (one for one in others if one >= 0 and len(str(one)) <= width)
    return [true[: last.start()] + f"{one:0{width}}" + true[last.end() :] for one in fitting]


def like(one: str, other: str) -> bool:
    """Whether two numbers have the same form: fractions, whole or full tens, and of like size."""
    first, second = Decimal(one), Decimal(other)
    if _fineness(first) != _fineness(second) or (first < 0) != (second < 0):
        return False
    return abs(first) <= 4 * abs(second) and abs(second) <= 4 * abs(first)


def _fineness(number: Decimal) -> tuple[bool, bool]:
    return number % 1 == 0, number % 10 == 0


def _decimals(written: str) -> int:
    return len(written.partition(".")[2])


def _grain(number: Decimal) -> Decimal:
    """The value of its last figure that is no zero: 1840 → 10, 12.50 → 0.1."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent)) if number else Decimal(1)


def _is_round(number: Decimal) -> bool:
    """Whether it is 10, 20, 50, 100 …: its neighbours would be less round and give it away."""
    figures = "".join(map(str, number.normalize().as_tuple().digits))
    return figures in _ROUND and number >= 10 and number % 10 == 0


def _round_row(number: Decimal) -> list[Decimal]:
    return [
        Decimal(figure).scaleb(zeros)
        for zeros in range(len(f"{number:f}") + 2)
        for figure in (1, 2, 5)
    ]


def _around(row: list[Decimal], number: Decimal, chance: Random, count: int) -> list[Decimal]:
    here = row.index(number)
    above = len(row) - 1 - here
    start = here - chance.randint(max(0, count - above), min(count, here))
    return [one for one in row[start : start + count + 1] if one != number]


def _steps(number: Decimal, most: Decimal, chance: Random, count: int) -> list[Decimal]:
    """Even steps below and above, as many below as chance says and as there is room."""
    grain = _grain(number)
    units = max(1, round(float(number / grain) * chance.choice(_SHARES)))
    units += units % 10 == 0
    step = grain * units
    below = min(int((number - grain) / step), count) if number >= grain else 0
    above = min(int((most - number) / step), count)
    place = chance.randint(max(0, count - above), max(0, below, count - above))
    return list(_without(number, step, place, count))


def _without(number: Decimal, step: Decimal, place: int, count: int) -> Iterator[Decimal]:
    return (number + (n - place) * step for n in range(count + 1) if n != place)


def _months_later(day: date, months: int) -> date | None:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
