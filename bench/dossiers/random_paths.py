"""Random paths of a client: blocks one after another, some with steps side by side."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import Right, StepKind
from dossiers.approvals.purchases import Condition, Purchase
from dossiers.approvals.steps import Duration, Step
from dossiers.approvals.working_days import Frozen, Meetings

POSITIONS = tuple(range(101, 131))
"""Positions of the client's chart that may act."""
LARGEST = 10_000_000
_KINDS = [kind for kind in StepKind if kind is not StepKind.SIGN]


def random_path(random: Random, conditions: bool = True) -> PathDocument:
    """A path of five to twelve steps that ends with a signature."""
    steps: list[Step] = []
    before: frozenset[str] = frozenset()
    for _block in range(random.randint(3, 6)):
        width = random.choice((1, 1, 2, 3))
        block = [_step(random, len(steps) + place, before, conditions) for place in range(width)]
        steps += block
        before = frozenset(step.code for step in block)
    last = replace(_step(random, len(steps), before, False), kind=StepKind.SIGN)
    return PathDocument("RUB", (*steps, last), _frozen(random))


def _frozen(random: Random) -> tuple[Frozen, ...]:
    return (Frozen((12, 20), (1, 12)),) if random.random() < 0.3 else ()


def _step(random: Random, number: int, before: frozenset[str], conditions: bool) -> Step:
    who = random.sample(POSITIONS, 4)
    median = random.randint(1, 6)
    return Step(
        f"s{number}",
        f"Step {number}",
        random.choice(_KINDS),
        before,
        tuple(who[: random.choice((1, 1, 1, 2))]),
        right=random.choice((Right.MUST_SIGN, Right.MUST_SIGN, Right.MAY_VETO, Right.CONSULTED)),
        condition=_condition(random) if conditions and number else Condition(),
        duration=Duration(median, median + random.randint(1, 4)),
        meetings=Meetings(random.randrange(5)) if random.random() < 0.1 else None,
        deputy=who[3] if random.random() < 0.5 else None,
    )


def _condition(random: Random) -> Condition:
    chance = random.random()
    if chance < 0.2:
        return Condition("RUB", amount_from=Decimal(random.randint(1, 8) * 1_000_000))
    if chance < 0.25:
        return Condition("RUB", amount_to=Decimal(random.randint(2, 9) * 1_000_000))
    if chance < 0.3:
        return Condition(new_vendor=True)
    return Condition(tags=frozenset({"software"})) if chance < 0.35 else Condition()


def random_purchase(random: Random) -> Purchase:
    """A purchase of up to ten millions, sometimes of a new vendor, sometimes tagged."""
    return Purchase(
        Decimal(random.randint(1, LARGEST // 1000) * 1000),
        "USD" if random.random() < 0.03 else "RUB",
        new_vendor=random.random() < 0.3,
        tags=frozenset({"software"}) if random.random() < 0.4 else frozenset(),
    )
