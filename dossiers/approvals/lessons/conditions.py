"""For which purchases a step happened: the condition that explains it with the fewest exceptions.

Decision mining (Rozinat and van der Aalst, Decision Mining in ProM, 2006) with the smallest of
decision trees, a stump (Holte, Very simple classification rules, 1993): one test on one property,
so that a few exceptions do not bend it and people can read it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from dossiers.approvals.purchases import Condition, Purchase

#: A condition must explain all but so many of ten purchases.
EXCEPTIONS_OF_TEN = 1


@dataclass(frozen=True, slots=True)
class Seen:
    """A purchase, and whether it went through the step."""

    purchase: Purchase
    happened: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """A condition, and how many of the purchases contradict it."""

    condition: Condition
    exceptions: int


def exceptions_to(condition: Condition, seen: Iterable[Seen]) -> int:
    """How many purchases went another way.

    One that cannot be compared keeps the step, as it does in a path.
    """
    return sum((condition.holds_for(one.purchase) is not False) != one.happened for one in seen)


def is_clear(exceptions: int, of: int) -> bool:
    """Whether so few exceptions may be chance."""
    return exceptions * 10 <= of * EXCEPTIONS_OF_TEN


def explanations(seen: Sequence[Seen]) -> Iterator[Explained]:
    """All conditions of one test, from the simplest: always, a property, an amount."""
    for condition in (Condition(), *_properties(seen)):
        yield Explained(condition, exceptions_to(condition, seen))
    yield from amount_explanations(seen)


def amount_explanations(seen: Sequence[Seen]) -> Iterator[Explained]:
    """For each currency the amount from which, and the one up to which, the step happens."""
    by_currency: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        if len(one.purchase.currency) == 3:
            by_currency[one.purchase.currency].append(one)
    for currency, some in by_currency.items():
        for condition in _of_currency(currency, some):
            yield Explained(condition, exceptions_to(condition, seen))


def best_explanation(seen: Sequence[Seen]) -> Explained:
    """The one with the fewest exceptions, of equals the simplest.

    A step that nearly always happened is not tied to a condition for a single exception's sake.
    """
    always, *others = explanations(seen)
    best = min((always, *others), key=lambda one: one.exceptions)
    chance = is_clear(always.exceptions, len(seen)) and always.exceptions - best.exceptions < 2
    return always if chance else best


def _properties(seen: Sequence[Seen]) -> Iterator[Condition]:
    yield Condition(new_vendor=True)
    yield Condition(personal_data=True)
    for tag in sorted({tag for one in seen for tag in one.purchase.tags}):
        yield Condition(tags=frozenset({tag}))
    for category in sorted({number for one in seen for number in one.purchase.categories}):
        yield Condition(categories=frozenset({category}))


def _of_currency(currency: str, seen: Sequence[Seen]) -> Iterator[Condition]:
    points = sorted((one.purchase.amount, one.happened) for one in seen)
    below, above = split(points), split([(amount, not there) for amount, there in points])
    if below is not None:
        yield Condition(currency, amount_from=below)
    if above is not None:
        yield Condition(currency, amount_to=above)


def split(points: Sequence[tuple[Decimal, bool]]) -> Decimal | None:
    """The amount from which it is true, with as few of the sorted points against it as can be.

    It lies above the largest amount without and not above the smallest with, as round as can be.
    `None` when there is no amount below or none above.
    """
    above = sum(not there for _amount, there in points)
    below, best = 0, list[tuple[int, Decimal, Decimal]]()
    for (amount, there), (following, _next) in pairwise(points):
        below, above = below + there, above - (not there)
        if following > amount:
            best.append((below + above, amount, following))
    if not best:
        return None
    fewest = min(exceptions for exceptions, _low, _high in best)
    equal = [one for one in best if one[0] == fewest]
    _exceptions, low, high = equal[len(equal) // 2]
    return roundest(low, high)


def roundest(low: Decimal, high: Decimal) -> Decimal:
    """The roundest number above `low` and not above `high`: 3 000 000 before 2 950 000."""
    for step in _steps(high):
        number = (high // step) * step
        if number > low:
            whole = number.to_integral_value()
            return whole if whole == number else number
    return high


def _steps(high: Decimal) -> Iterator[Decimal]:
    """1, 0.5, 0.2 of each power of ten, from the largest that fits."""
    power = Decimal(10) ** (high.adjusted())
    while power > Decimal("0.0001"):
        for part in (Decimal(1), Decimal("0.5"), Decimal("0.2"), Decimal("0.1")):
            if power * part <= high:
                yield power * part
        power /= 10
