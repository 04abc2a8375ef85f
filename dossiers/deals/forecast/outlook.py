"""From open deals and what was learnt to sums by month, with a range.

The expected sum weighs each deal by the chance that it is won and ends in the month. The range is
that of eight of ten of many imagined courses: in each the rates of the stages are drawn from what
is known of them, and each deal is won or lost, in one month or later. Deals do not go each by
itself: good and bad months come to all of them. So each course is also as far off as a forecast of
an earlier month was. Chance is seeded, so the same deals give the same range. Amounts are whole
numbers throughout.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

import numpy as np
from numpy.typing import NDArray

from dossiers.deals.forecast.learning import Learnt, Rate
from dossiers.deals.forecast.stories import Standing, Story
from dossiers.deals.reports.periods import Period, Unit

COURSES = 1000
FEWEST_MISSES = 4
_LARGEST_MISS = 10_000
_OUTERMOST = 0.98
#: How far off forecasts are supposed to be until enough of them can be held against what came.
_SUPPOSED = (500, 750, 1000, 1250, 1500)
_WORK = 4_000_000
_FEWEST_COURSES = 200
_AT_ONCE = 400_000
_MILLION = 1_000_000
_Numbers = NDArray[np.int64]
_Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MonthOutlook:
    """What a month brings out of the deals that are open: in whole units, and of how many deals."""

    month: Period
    low: int
    likely: int
    high: int
    deals: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """The months, the open deals behind them, and how many do not say an amount.

    `stale` are those older than all that ever ended: no month expects them.
    """

    months: Sequence[MonthOutlook]
    deals: int
    unsaid: int
    stale: int


def months_from(day: date, count: int) -> list[Period]:
    """The month of the day and those after it."""
    first = Period(day.replace(day=1), Unit.MONTH)
    return [first.moved(step) for step in range(count)]


def outlook_of(
    standing: Standing,
    learnt: Learnt,
    months: Sequence[Period],
    misses: Sequence[int] = (),
    courses: int = COURSES,
) -> Outlook:
    """What these months bring; the first one is that of the day of the standing.

    `misses` are what earlier months brought in thousandths of what was expected of them.
    """
    deals = sorted(standing.under_way, key=lambda story: story.ident)
    edges = [(month.last - standing.day).days for month in months]
    timing = _timing(deals, learnt, standing.day, edges)
    rates = [learnt.rate_of(story.stage_on(standing.day)) for story in deals]
    amounts = np.array([_amount(story, learnt) for story in deals], dtype=np.int64)
    chances = timing * np.array([rate.chance for rate in rates]).reshape(-1, 1)
    known = [*misses, *(_SUPPOSED if len(misses) < FEWEST_MISSES else ())]
    sums = _missed(_imagined(timing, rates, amounts, courses), known)
    low, high = np.quantile(sums, _levels(len(known)), axis=0, method="nearest")
    weights = np.rint(chances * _MILLION).astype(np.int64)
    found = [
        MonthOutlook(
            month,
            int(low[place]),
            _weighed(weights[:, place], amounts),
            int(high[place]),
            float(chances[:, place].sum()),
        )
        for place, month in enumerate(months)
    ]
    stale = sum(_is_stale(story, learnt, standing.day) for story in deals)
    return Outlook(
        found, len(deals), sum(story.expected_amount() is None for story in deals), stale
    )


def _amount(story: Story, learnt: Learnt) -> int:
    known = story.expected_amount()
    return learnt.typical if known is None else known


def _weighed(weights: _Numbers, amounts: _Numbers) -> int:
    # Numbers of Python: a million times a large amount is more than 64 bits hold.
    pairs = zip(weights.tolist(), amounts.tolist(), strict=True)
    return int(sum(weight * amount for weight, amount in pairs) // _MILLION)


def _timing(deals: Sequence[Story], learnt: Learnt, day: date, edges: Sequence[int]) -> _Shares:
    """For each deal its chances of ending in the months, whose last days are so far away."""
    kept: dict[tuple[date | None, date | None], list[float]] = {}
    for story in deals:
        key = (story.began, story.planned)
        if key not in kept:
            kept[key] = _ending(story, learnt, day, edges)
    rows = [kept[story.began, story.planned] for story in deals]
    return np.array(rows, dtype=np.float64).reshape(len(deals), len(edges))


def _ending(story: Story, learnt: Learnt, day: date, edges: Sequence[int]) -> list[float]:
    starts = [0, *edges[:-1]]
    if story.planned and learnt.slips:
        late = (day - story.planned).days
        return [_slipping(learnt.slips, late, *pair) for pair in zip(starts, edges, strict=True)]
    if story.planned and story.planned > day:
        away = (story.planned - day).days
        return [float(a < away <= b) for a, b in zip(starts, edges, strict=True)]
    age = (day - story.began).days if story.began else 0
    return [learnt.lasting.between(age, a, b) for a, b in zip(starts, edges, strict=True)]


def _slipping(slips: Sequence[int], late: int, first: int, last: int) -> float:
    """The share of deals that slip past today which end in these days from today on."""
    later = len(slips) - bisect_right(slips, late)
    within = bisect_right(slips, late + last) - bisect_right(slips, late + first)
    return within / later if later else 0.0


def _is_stale(story: Story, learnt: Learnt, day: date) -> bool:
    if story.planned and (learnt.slips or story.planned > day):
        return False
    days = learnt.lasting.days
    return bool(story.began and days and (day - story.began).days >= days[-1])


def _imagined(timing: _Shares, rates: Sequence[Rate], amounts: _Numbers, courses: int) -> _Numbers:
    """The sums of each month in so many courses."""
    deals, months = timing.shape
    if not deals:
        return np.zeros((1, months), dtype=np.int64)
    courses = max(min(courses, _WORK // deals), _FEWEST_COURSES)
    chance = np.random.default_rng(courses + deals)
    different = list(dict.fromkeys(rates))
    which = np.array([different.index(rate) for rate in rates])
    ends = np.concatenate([np.zeros((deals, 1)), timing.cumsum(axis=1)], axis=1)
    parts = []
    for some in _in_parts(courses, max(1, _AT_ONCE // deals)):
        drawn = np.stack([chance.beta(r.wins, r.losses, some) for r in different], axis=1)
        won = chance.random((some, deals)) < drawn[:, which]
        when = chance.random((some, deals))
        inside = (
            won & (when >= ends[:, place]) & (when < ends[:, place + 1]) for place in range(months)
        )
        parts.append(np.stack([one @ amounts for one in inside], axis=1))
    return np.concatenate(parts)


def _levels(misses: int) -> tuple[float, float]:
    """Between which levels eight of ten come to lie when so few misses are known.

    Of few, the outermost are not yet outer enough (conformal prediction: J. Lei and others,
    "Distribution-free predictive inference for regression", JASA 113, 2018).
    """
    high = min(_OUTERMOST, ceil((misses + 1) * 0.9) / misses)
    return 1 - high, high


def _missed(sums: _Numbers, misses: Sequence[int]) -> _Numbers:
    bounded = np.minimum(np.array(misses, dtype=np.int64), _LARGEST_MISS)
    chance = np.random.default_rng(len(sums) + len(misses))
    found: _Numbers = sums * chance.choice(bounded, size=sums.shape) // 1000
    return found


def _in_parts(whole: int, most: int) -> list[int]:
    full, rest = divmod(whole, most)
    return [most] * full + ([rest] if rest else [])
