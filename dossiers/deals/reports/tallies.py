"""What some deals come to: how many were won and lost, for how much, off which list price.

Amounts are whole numbers of ten-thousandths, as they are kept, so every sum is exact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

PARTS = 10_000


@dataclass(frozen=True, slots=True)
class Tally:
    """Closed deals of one currency.

    `said` are the won deals that say their amount, `amount` is the sum of these. `at_list` is what
    they would have come to at list price; one whose list price is not known counts there with its
    amount, as sold without discount. `priced` are those whose list price is known.
    """

    won: int = 0
    lost: int = 0
    said: int = 0
    priced: int = 0
    amount: int = 0
    at_list: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.won + other.won,
            self.lost + other.lost,
            self.said + other.said,
            self.priced + other.priced,
            self.amount + other.amount,
            self.at_list + other.at_list,
        )

    @property
    def closed(self) -> int:
        """How many were decided either way."""
        return self.won + self.lost

    @property
    def win_rate(self) -> Fraction | None:
        """The won ones among those decided; `None` when there is none."""
        return Fraction(self.won, self.closed) if self.closed else None

    @property
    def average(self) -> Fraction | None:
        """The average amount of a won deal that says one, in money."""
        return Fraction(self.amount, self.said * PARTS) if self.said else None

    @property
    def average_list(self) -> Fraction | None:
        """The average of the same deals at list price, in money."""
        return Fraction(self.at_list, self.said * PARTS) if self.said else None

    @property
    def paid(self) -> Fraction | None:
        """The part of the list price that was paid; `None` when nothing has a price."""
        return Fraction(self.amount, self.at_list) if self.at_list else None

    @property
    def discount(self) -> Fraction | None:
        """The part of the list price that was not paid; less than zero for more than the list."""
        return None if self.paid is None else 1 - self.paid

    @property
    def unsaid(self) -> int:
        """How many won deals do not say their amount."""
        return self.won - self.said

    @property
    def unpriced(self) -> int:
        """How many deals with an amount have no known list price."""
        return self.said - self.priced


NOTHING = Tally()


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    return sum(tallies, NOTHING)


def tally_of(won: bool, amount: int | None, listed: int | None) -> Tally:
    """One deal: `listed` is its list price when that is known."""
    if not won:
        return Tally(lost=1)
    if amount is None:
        return Tally(won=1)
    has_price = listed is not None and listed > 0
    at_list = listed if listed is not None and listed > 0 else abs(amount)
    return Tally(1, 0, 1, int(has_price), amount, at_list)


def in_money(parts: int) -> Decimal:
    """Ten-thousandths as money, without idle zeros."""
    amount = Decimal(parts).scaleb(-4)
    whole = amount.to_integral_value()
    return whole if amount == whole else amount.normalize()
