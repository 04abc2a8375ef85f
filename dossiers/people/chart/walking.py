"""Walking through a chart as one reads it: a manager, then the whole branch below."""

from collections.abc import Iterator

from dossiers.people.chart.snapshot import Chart, Seat


def seats_in_order(chart: Chart) -> Iterator[tuple[Seat, int]]:
    """Each seat with its depth. What goes in circles, in data that breaks the rule, is left out."""
    below = chart.below()
    waiting = [(seat, 0) for seat in reversed(below.get(None, []))]
    while waiting:
        seat, depth = waiting.pop()
        yield seat, depth
        waiting += [(report, depth + 1) for report in reversed(below.get(seat.id, []))]
