"""What the change of a sum from one period to another is made of.

A sum of won deals is a product: deals decided × win rate × share that says an amount × average at
list price × part of the list price paid. Each factor has its part in the difference.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from dossiers.deals.reports.shapley import in_whole_units, shapley_parts
from dossiers.deals.reports.tallies import PARTS, Tally

_CENT = PARTS // 100


class Factor(StrEnum):
    """By what the sum of a period can differ from that of another."""

    COUNT = "count"
    WIN_RATE = "win_rate"
    SAID = "said"
    LIST = "list"
    DISCOUNT = "discount"


@dataclass(frozen=True, slots=True)
class Change:
    """The difference of two sums and the part of each factor in it, in ten-thousandths."""

    difference: int
    parts: Mapping[Factor, int]


def change_between(before: Tally, after: Tally) -> Change:
    """Divide the difference; the parts are its exact sum, in cents when both sums are.

    A factor that one of the periods does not have (a win rate without deals) did not change, so
    that what made it vanish explains the difference. `SAID` is left out where all deals of both
    periods say their amounts.
    """
    difference = after.amount - before.amount
    one, other = _filled(_factors(before), _factors(after))
    unit = _CENT if difference % _CENT == 0 else 1
    parts = [part * PARTS for part in shapley_parts(one, other)]
    found = dict(zip(Factor, in_whole_units(parts, unit), strict=True))
    if not before.unsaid and not after.unsaid:
        del found[Factor.SAID]
    return Change(difference, found)


def _factors(tally: Tally) -> Sequence[Fraction | None]:
    said = Fraction(tally.said, tally.won) if tally.won else None
    return Fraction(tally.closed), tally.win_rate, said, tally.average_list, tally.paid


def _filled(
    before: Sequence[Fraction | None], after: Sequence[Fraction | None]
) -> tuple[list[Fraction], list[Fraction]]:
    pairs = [
        (
            one if one is not None else other if other is not None else Fraction(1),
            other if other is not None else one if one is not None else Fraction(1),
        )
        for one, other in zip(before, after, strict=True)
    ]
    return [one for one, _other in pairs], [other for _one, other in pairs]
