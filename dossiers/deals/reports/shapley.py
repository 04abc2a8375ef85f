"""A difference of two products, divided fairly and without rest among their factors.

Each factor gets the average of what changing it adds, over all orders in which the factors could
be changed: the Shapley value. So no order is preferred, and the parts are the whole difference.
J. W. Sun, "Changes in energy consumption and energy intensity: a complete decomposition model",
Energy Economics 20 (1998); J. Albrecht, D. François, K. Schoors, "A Shapley decomposition of carbon
emissions without residuals", Energy Policy 30 (2002); A. F. Shorrocks, "Decomposition procedures
for distributional analysis", Journal of Economic Inequality 11 (2013).
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial, floor, prod


def shapley_parts(before: Sequence[Fraction], after: Sequence[Fraction]) -> list[Fraction]:
    """What each factor adds to the product; together exactly the difference of the products."""
    return [
        (after[one] - before[one]) * sum(_ways(before, after, one), Fraction(0))
        for one in range(len(before))
    ]


def _ways(before: Sequence[Fraction], after: Sequence[Fraction], one: int) -> Iterator[Fraction]:
    """The products of the others, some of them changed already, each by how often it comes."""
    others = [place for place in range(len(before)) if place != one]
    for count in range(len(others) + 1):
        orders = factorial(count) * factorial(len(others) - count)
        share = Fraction(orders, factorial(len(before)))
        for changed in combinations(others, count):
            yield share * prod(after[p] if p in changed else before[p] for p in others)


def in_whole_units(parts: Sequence[Fraction], unit: int = 1) -> list[int]:
    """The parts as whole multiples of a unit whose sum is that of the parts.

    What rounding down leaves goes to those that lost most by it (the largest remainders, first ones
    first). The sum of the parts must be a multiple of the unit.
    """
    units = [part / unit for part in parts]
    whole = [floor(part) for part in units]
    left = int(sum(units, Fraction(0))) - sum(whole)
    losers = sorted(range(len(parts)), key=lambda place: whole[place] - units[place])
    for place in losers[:left]:
        whole[place] += 1
    return [count * unit for count in whole]
