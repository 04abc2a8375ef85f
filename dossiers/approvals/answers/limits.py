"""Whether the one who says yes may sign so much, and who above them may."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dossiers.approvals.actors import ActorSeat
from dossiers.approvals.kinds import Right, StepKind
from dossiers.approvals.purchases import Purchase
from dossiers.approvals.signature import signs
from dossiers.approvals.steps import Step, Steps

Managers = Mapping[int, Sequence[int]]
"""The positions above a position, the nearest first."""


@dataclass(frozen=True, slots=True)
class Above:
    """Who could sign instead: at another step of the path, or a manager in the chart.

    `limit` is `None` when theirs is not known. `number` is that of the step, empty for a manager.
    """

    number: str
    title: str
    seat: ActorSeat | None
    limit: Decimal | None


@dataclass(frozen=True, slots=True)
class TooSmall:
    """A signing limit below the amount, and who could sign; nobody is known when `above` is empty.

    `is_covered` tells that another step of this path signs above it anyhow.
    """

    limit: Decimal
    above: tuple[Above, ...] = ()
    is_covered: bool = False


def is_too_small(step: Step, purchase: Purchase, currency: str) -> bool | None:
    """Whether whoever acts may not sign so much; `None` when the currencies cannot be compared.

    `currency` is that of the path, in which limits are.
    """
    if step.limit is None or step.right is not Right.MUST_SIGN:
        return False
    return step.limit < purchase.amount if purchase.currency == currency else None


def limits_of(steps: Steps) -> Mapping[int, Decimal]:
    """The largest limit that the path knows of each position."""
    found: dict[int, Decimal] = {}
    for step in steps.values():
        for ident in step.positions if step.limit is not None else ():
            found[ident] = max(found.get(ident, Decimal(0)), step.limit or Decimal(0))
    return found


def _may_sign(step: Step, amount: Decimal) -> bool:
    """Whether the step signs such an amount; a committee only when its limit is known."""
    if step.limit is None:
        return signs(step) and step.kind is not StepKind.COMMITTEE
    return signs(step) and step.limit >= amount


@dataclass(frozen=True, slots=True)
class Ladder:
    """What is known of whom one can turn to: the steps that apply, all limits, the chart above."""

    needed: Steps
    numbers: Mapping[str, str]
    limits: Mapping[int, Decimal]
    managers: Managers
    seats: Mapping[int, ActorSeat]

    def above(self, step: Step, amount: Decimal) -> TooSmall:
        """Who could sign an amount for which the step's own limit is too small."""
        others = list(self._steps(step, amount))
        sure = any(one.limit is not None for one in others)
        managers = [] if sure else list(self._managers(step, amount))
        return TooSmall(step.limit or Decimal(0), (*others, *managers), bool(others))

    def _steps(self, step: Step, amount: Decimal) -> Iterator[Above]:
        for one in self.needed.values():
            if one.code != step.code and _may_sign(one, amount):
                seat = self.seats[one.positions[0]] if one.positions else None
                yield Above(self.numbers[one.code], one.title, seat, one.limit)

    def _managers(self, step: Step, amount: Decimal) -> list[Above]:
        """The nearest one with a limit that is large enough; else the nearest of all."""
        chain = [ident for own in step.positions for ident in self.managers.get(own, ())]
        able = [ident for ident in chain if self.limits.get(ident, Decimal(0)) >= amount]
        unknown = [ident for ident in chain if ident not in self.limits]
        return [
            Above("", self.seats[ident].title, self.seats[ident], self.limits.get(ident))
            for ident in (able or unknown)[:1]
        ]
