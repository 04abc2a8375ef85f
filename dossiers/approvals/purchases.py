"""What is being bought, and under which conditions a step is needed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from dossiers.approvals.plain import Amount, Currency, Line, Ordered

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Purchase:
    """One purchase of the client: what the answer "who must sign" depends on.

    `tags` are the client's own conditions that hold for it, such as "foreign software".
    """

    amount: Decimal
    currency: str
    categories: frozenset[int] = frozenset()
    new_vendor: bool = False
    personal_data: bool = False
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Condition:
    """When a step is needed: all that is said must hold; what is not said does not matter.

    Amounts are in `currency` and reach from `amount_from`, included, to `amount_to`, not included.
    An amount in another currency is not compared: whether the step is needed is then not known.
    """

    currency: Currency = ""
    amount_from: Amount | None = None
    amount_to: Amount | None = None
    categories: Ordered[int] = frozenset()
    new_vendor: bool | None = None
    personal_data: bool | None = None
    tags: Ordered[Line] = frozenset()

    @property
    def is_about_amount(self) -> bool:
        """Whether the amount matters."""
        return self.amount_from is not None or self.amount_to is not None

    @property
    def can_be_met(self) -> bool:
        """Whether there is any amount for which it holds."""
        low = self.amount_from if self.amount_from is not None else ZERO
        return self.amount_to is None or self.amount_to > max(low, ZERO)

    def holds_for(self, purchase: Purchase) -> bool | None:
        """Whether it holds; `None` when the amount is in a currency it says nothing about."""
        if not self._others_hold(purchase):
            return False
        if not self.is_about_amount:
            return True
        if purchase.currency != self.currency:
            return None
        return self.allows(purchase.amount)

    def allows(self, amount: Decimal) -> bool:
        """Whether the amount, in the condition's own currency, is within its bounds."""
        above = self.amount_from is None or amount >= self.amount_from
        return above and (self.amount_to is None or amount < self.amount_to)

    def excludes(self, other: "Condition") -> bool:
        """Whether no purchase can meet both, by what they say of amount, vendor, personal data."""
        if {self.new_vendor, other.new_vendor} == {True, False}:
            return True
        if {self.personal_data, other.personal_data} == {True, False}:
            return True
        if self.currency != other.currency:
            return False
        return _ends_before(self, other) or _ends_before(other, self)

    def _others_hold(self, purchase: Purchase) -> bool:
        return (
            (not self.categories or bool(self.categories & purchase.categories))
            and self.new_vendor in (None, purchase.new_vendor)
            and self.personal_data in (None, purchase.personal_data)
            and self.tags <= purchase.tags
        )


def _ends_before(one: Condition, other: Condition) -> bool:
    """Whether all amounts of the one are below those of the other."""
    if one.amount_to is None or other.amount_from is None:
        return False
    return one.amount_to <= other.amount_from


@dataclass(frozen=True, slots=True)
class AmountGap:
    """Amounts for which nothing holds: from `start`, included, to `end` (`None`: without end)."""

    start: Decimal
    end: Decimal | None
    currency: str


def gaps_between(conditions: Iterable[Condition], currency: str) -> Iterator[AmountGap]:
    """The amounts in a currency for which none of these conditions is sure to hold.

    Only conditions on the amount alone (or on nothing) close a gap: any other may fail.
    """
    sure = [(c.amount_from or ZERO, c.amount_to) for c in conditions if _closes(c, currency)]
    reached = ZERO
    for start, end in sorted(sure, key=lambda bounds: bounds[0]):
        if start > reached:
            yield AmountGap(reached, start, currency)
        if end is None:
            return
        reached = max(reached, end)
    yield AmountGap(reached, None, currency)


def _closes(condition: Condition, currency: str) -> bool:
    only_amount = not (condition.categories or condition.tags) and (
        condition.new_vendor is None and condition.personal_data is None
    )
    comparable = not condition.is_about_amount or condition.currency == currency
    return only_amount and comparable and condition.can_be_met
