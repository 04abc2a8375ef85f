"""How well our search finds, next to simpler ones on the same questions."""

from collections.abc import Callable, Sequence
from itertools import groupby

from bench.figures import Figure
from bench.search.baselines import BASELINES
from bench.search.chain import Ours
from bench.search.finders import Finder
from bench.search.making import every_set
from bench.search.metrics import DEPTH, mean, ndcg, success
from bench.search.sets import Asked, QuestionSet

TUNING, HELD_OUT, AT_ONCE = "ours, tuning half", "ours, held-out half", "ours, first hit right"
Tell = Callable[[str], None]


def quality_figures(tell: Tell) -> list[Figure]:
    """For each set our nDCG@10 on both halves, and that of each baseline on the held-out half."""
    figures: list[Figure] = []
    for name, sets in groupby(every_set(), key=lambda one: one.collection.name):
        some = list(sets)
        theirs = _baselines(some)
        ours = Ours(some[0].collection)
        for one in some:
            figures += _figures(one, ours, theirs[one.name])
        ours.close()
        tell(f"{name}: {len(some)} sets")
    return figures


def _baselines(sets: Sequence[QuestionSet]) -> dict[str, dict[str, float]]:
    """Name of the set → name of the baseline → its value."""
    found: dict[str, dict[str, float]] = {one.name: {} for one in sets}
    for name, make in BASELINES.items():
        finder = make(sets[0].collection)
        for one in sets:
            found[one.name][name] = quality(finder, one.halves()[1])
        finder.close()
    return found


def _figures(one: QuestionSet, ours: Finder, theirs: dict[str, float]) -> list[Figure]:
    tuning, held_out = one.halves()
    best = round(max(theirs.values()), 3)

    def figure(who: str, value: float, least: float | None = None) -> Figure:
        return Figure(f"quality {one.row}", who, one.name, round(value, 3), "", least=least)

    return [
        figure(HELD_OUT, quality(ours, held_out), best),
        figure(TUNING, quality(ours, tuning)),
        *(figure(name, value) for name, value in theirs.items()),
        figure(AT_ONCE, right_at_once(ours, held_out)),
    ]


def quality(finder: Finder, asked: Sequence[Asked]) -> float:
    """The mean nDCG@10."""
    return mean(ndcg(finder.find(one.text, DEPTH), one.gains) for one in asked)


def right_at_once(finder: Finder, asked: Sequence[Asked]) -> float:
    """The share of questions whose first hit is relevant."""
    return mean(success(finder.find(one.text, 1), one.gains) for one in asked)
