"""How forecasts fared: what was expected of a month, and what the deals of that day brought.

Two sorts of forecasts are held against what came: those that were kept on their day, and those that
this way of forecasting would have made, had it known what was known then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dossiers.deals.forecast.learning import learn
from dossiers.deals.forecast.outlook import MonthOutlook, months_from, outlook_of
from dossiers.deals.forecast.stories import Story, standing_on
from dossiers.deals.kinds import DealKind
from dossiers.deals.reports.periods import Period

_COURSES = 200
_FEWEST_ENDED = 30


@dataclass(frozen=True, slots=True)
class Proved:
    """A forecast of a month that is over: the day it was made, its range, and what came."""

    made_on: date
    month: Period
    low: int
    likely: int
    high: int
    came: int

    @property
    def is_within(self) -> bool:
        """Whether what came lies in the range."""
        return self.low <= self.came <= self.high


def brought(stories: Iterable[Story], made_on: date, month: Period) -> int:
    """What the deals that were under way at the end of a day brought in a month, in whole units."""
    return sum(
        story.amount or 0
        for story in stories
        if story.kind is DealKind.WON
        and story.closed is not None
        and story.closed > made_on
        and month.holds(story.closed)
        and story.began is not None
        and story.began <= made_on
    )


def backtest(stories: Sequence[Story], today: date, count: int) -> list[Proved]:
    """The last full months, each forecast on the last day before it, the earliest first.

    Months before which hardly anything had ended are left out: nothing could be learnt. Each knows
    how far off those before it were, and nothing of those after it.
    """
    present = months_from(today, 1)[0]
    found: list[Proved] = []
    for step in range(count, 0, -1):
        month = present.moved(-step)
        made_on = month.first - timedelta(days=1)
        standing = standing_on(stories, made_on)
        if len(standing.ended) < _FEWEST_ENDED:
            continue
        months = months_from(made_on, 2)
        outlook = outlook_of(standing, learn(standing), months, misses_of(found), _COURSES)
        found.append(_proved(outlook.months[1], made_on, brought(stories, made_on, month)))
    return found


def misses_of(proved: Iterable[Proved]) -> list[int]:
    """What months brought in thousandths of what was expected, where anything was."""
    return [one.came * 1000 // one.likely for one in proved if one.likely > 0]


def _proved(expected: MonthOutlook, made_on: date, came: int) -> Proved:
    return Proved(made_on, expected.month, expected.low, expected.likely, expected.high, came)
