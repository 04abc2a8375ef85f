"""Pairs of a seller and a buyer that come again and again, against what one would expect.

One would expect that a pair gets what all other deals of the report got: the same part of the list
total, the same share outside the policy. A pair above that is shown. It is no reproach: a large
client has its prices, and the deals say why.
"""

from dataclasses import dataclass
from decimal import Decimal

from dossiers.deals.discounts.figures import EXACT, kept
from dossiers.deals.discounts.measures import Facts, Groups, Ints, Sums, money, sums_of

#: Pairs with fewer deals are chance.
FEWEST = 3
MOST = 50


@dataclass(frozen=True, slots=True)
class Pair:
    """A seller and a buyer: how much was given away to them, and how much one would expect.

    What is expected is `None` when there are no other deals.
    """

    seller: int
    buyer: int
    deals: int
    outside: int
    total: Decimal
    away: Decimal
    expected_away: Decimal | None
    expected_outside: Decimal | None

    @property
    def excess(self) -> Decimal:
        """How much more was given away than one would expect."""
        return self.away - (self.expected_away or Decimal(0))


def pairs_of(facts: Facts, sellers: Ints, buyers: Ints, most: int = MOST) -> list[Pair]:
    """The pairs that were given more than one would expect, the most first."""
    whole = sums_of(facts)
    sums = Groups(facts, sellers, buyers).sums(FEWEST)
    found = [_pair(key, one, whole) for key, one in sums.items()]
    above = [pair for pair in found if pair.expected_away is not None and pair.excess > 0]
    return sorted(above, key=lambda pair: (-pair.excess, pair.seller, pair.buyer))[:most]


def _pair(key: tuple[int, ...], own: Sums, whole: Sums) -> Pair:
    seller, buyer = key
    deals, outside, total, given = (of - one for of, one in zip(whole, own, strict=True))
    away = own[2] - own[3]
    expected = (
        EXACT.divide(Decimal(own[2] * (total - given)), Decimal(total)) if total > 0 else None
    )
    often = EXACT.divide(Decimal(own[0] * outside), Decimal(deals)) if deals else None
    return Pair(
        seller=seller,
        buyer=buyer,
        deals=own[0],
        outside=own[1],
        total=money(own[2]),
        away=money(away),
        expected_away=kept(expected / 10_000) if expected is not None else None,
        expected_outside=kept(often),
    )
