"""The steps of a path over a chart: where each stands, and which arrows lead to it; pure."""

from collections.abc import Iterator, Mapping
from itertools import product

from dossiers.approvals.steps import Step, Steps, in_order
from dossiers.people.chart.overlays import Arrow

MOST_BETWEEN = 6
"""Between two committees not everybody is joined with everybody."""

Places = Mapping[str, tuple[int, ...]]
"""The positions in the chart that act at each step, by its code; empty when nobody is there."""


def arrows_between(steps: Steps, places: Places) -> tuple[Arrow, ...]:
    """From whoever acts to whoever acts next, each arrow once, in the order of the steps.

    Steps at which nobody of the chart acts are passed over: the arrow comes from those before.
    """
    behind: dict[str, frozenset[str]] = {}
    found: dict[Arrow, None] = {}
    for step in in_order(steps):
        before = frozenset[str]().union(*(behind[code] for code in step.after))
        if not places[step.code]:
            behind[step.code] = before
            continue
        behind[step.code] = frozenset({step.code})
        for code in sorted(before, key=list(steps).index):
            found |= dict.fromkeys(_joined(places[code], places[step.code]))
    return tuple(found)


def _joined(ones: tuple[int, ...], others: tuple[int, ...]) -> Iterator[Arrow]:
    """All with all when they are few, else only the first ones; nobody with themselves."""
    if len(ones) * len(others) > MOST_BETWEEN:
        ones, others = (ones[:1], others) if len(ones) > len(others) else (ones, others[:1])
    if len(ones) * len(others) > MOST_BETWEEN:
        ones, others = ones[:1], others[:1]
    yield from (Arrow(one, other) for one, other in product(ones, others) if one != other)


def places_of(steps: Mapping[str, Step], there: frozenset[int]) -> Places:
    """The positions of each step that are in the chart."""
    return {
        code: tuple(ident for ident in step.positions if ident in there)
        for code, step in steps.items()
    }
