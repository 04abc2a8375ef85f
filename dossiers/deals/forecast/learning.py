"""What ended deals teach: how many are won from each stage, and how long deals take.

A stage at which few deals were leans on all deals (a beta prior worth `TRUST` deals). How long
deals take is the curve of E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete
observations", Journal of the American Statistical Association 53 (1958): deals that still go on
count for the days they have lasted, else slow deals would be forgotten.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from dossiers.deals.forecast.stories import Stage, Standing, Story
from dossiers.deals.kinds import DealKind

TRUST = 10
FEWEST_SLIPS = 20


@dataclass(frozen=True, slots=True)
class Rate:
    """Of how many ended deals how many were won, and the prior with which they are weighed."""

    won: int
    ended: int
    prior: float

    @property
    def wins(self) -> float:
        """The first measure of the beta distribution of the rate."""
        return self.won + TRUST * self.prior

    @property
    def losses(self) -> float:
        """The second one."""
        return self.ended - self.won + TRUST * (1 - self.prior)

    @property
    def chance(self) -> float:
        """The expected chance that such a deal is won."""
        return self.wins / (self.wins + self.losses)


@dataclass(frozen=True, slots=True)
class Lasting:
    """The share of deals that last longer than so many days: a falling staircase."""

    days: Sequence[int]
    shares: Sequence[float]

    def beyond(self, day: int) -> float:
        """The share that goes on after that day of their life."""
        place = bisect_right(self.days, day)
        return self.shares[place - 1] if place else 1.0

    def between(self, age: int, first: int, last: int) -> float:
        """The chance that one that goes on at that age ends so many days from then on.

        `first` is left out, `last` is in; nothing for one older than all that ever ended.
        """
        now = self.beyond(age)
        return (self.beyond(age + first) - self.beyond(age + last)) / now if now else 0.0


@dataclass(frozen=True, slots=True)
class Learnt:
    """All that is learnt: the rate of all deals, of each stage; how long, how late they end.

    `slips` are the days from the planned to the real end, sorted; too few of them are left out.
    `typical` is the average amount of a won deal.
    """

    overall: Rate
    stages: Mapping[Stage, Rate]
    lasting: Lasting
    slips: Sequence[int]
    typical: int

    def rate_of(self, stage: Stage | None) -> Rate:
        """The rate of a stage; of one that no ended deal was at, that of all deals."""
        return self.stages.get(stage, self.overall) if stage else self.overall


def learn(standing: Standing) -> Learnt:
    """What can be known on that day from deals that had ended, and from how long others last."""
    ended = standing.ended
    overall = _overall(ended)
    slips = sorted((s.closed - s.planned).days for s in ended if s.closed and s.planned)
    amounts = [s.amount for s in ended if s.kind is DealKind.WON and s.amount is not None]
    return Learnt(
        overall,
        _stage_rates(ended, overall.chance),
        lasting(_durations(ended), _ages(standing.under_way, standing.day)),
        slips if len(slips) >= FEWEST_SLIPS else [],
        sum(amounts) // len(amounts) if amounts else 0,
    )


def _overall(ended: Sequence[Story]) -> Rate:
    return Rate(sum(story.kind is DealKind.WON for story in ended), len(ended), 0.5)


def _stage_rates(ended: Sequence[Story], prior: float) -> dict[Stage, Rate]:
    all_ended: Counter[Stage] = Counter()
    won: Counter[Stage] = Counter()
    for story in ended:
        for stage in {(story.pipeline, name) for _since, name in story.stages}:
            all_ended[stage] += 1
            won[stage] += story.kind is DealKind.WON
    return {stage: Rate(won[stage], count, prior) for stage, count in all_ended.items()}


def _durations(ended: Iterable[Story]) -> list[int]:
    return [max(0, (s.closed - s.began).days) for s in ended if s.closed and s.began]


def _ages(under_way: Iterable[Story], day: date) -> list[int]:
    return [(day - story.began).days for story in under_way if story.began]


def lasting(durations: Iterable[int], ages: Iterable[int]) -> Lasting:
    """The staircase of Kaplan and Meier of deals that ended, and of those that go on."""
    ends, still = Counter(durations), Counter(ages)
    days = sorted(ends)
    alive = ends.total() + still.total()
    left, shares, gone = 1.0, [], sorted(still)
    before = [0, *accumulate(still[age] for age in gone)]
    ended = 0
    for day in days:
        # Who goes on at an age below the day says nothing of it any more.
        at_risk = alive - ended - before[bisect_right(gone, day - 1)]
        left *= 1 - ends[day] / at_risk
        ended += ends[day]
        shares.append(left)
    return Lasting(days, shares)
