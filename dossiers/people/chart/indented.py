"""The chart as nested entries, for pages that are read without a drawing."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dossiers.people.chart.snapshot import Chart, Seat

#: Deeper entries are told by their number alone, so that no chain of positions is too long to nest.
DEEPEST = 40
#: Of larger charts only the top rows are listed at once.
WHOLE_UP_TO = 2_000
TOP_ROWS = 3

_Below = Mapping[int | None, list[Seat]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A position with its reports; `hidden` is how many below it are not listed."""

    seat: Seat
    reports: tuple["Entry", ...] = ()
    hidden: int = 0


def entries_of(chart: Chart, root: int | None = None) -> tuple[Entry, ...]:
    """The chart, or the branch of the position `root`; only the top rows of a large one."""
    below = chart.below()
    sizes = sizes_of(chart)
    tops = [chart.seats[root]] if root is not None and root in chart.seats else below.get(None, [])
    shown = sum(sizes[seat.id] for seat in tops)
    rows = DEEPEST if shown <= WHOLE_UP_TO else TOP_ROWS
    return tuple(_entry(seat, below, sizes, rows) for seat in tops)


def _entry(seat: Seat, below: _Below, sizes: Mapping[int, int], rows: int) -> Entry:
    reports = below.get(seat.id, [])
    if rows == 1:
        return Entry(seat, hidden=sizes[seat.id] - 1)
    return Entry(seat, tuple(_entry(one, below, sizes, rows - 1) for one in reports))


def sizes_of(chart: Chart) -> Mapping[int, int]:
    """Position id → how many stand in its branch, itself among them."""
    below = chart.below()
    order = list(below.get(None, []))
    for seat in order:
        order.extend(below.get(seat.id, []))
    sizes: Counter[int] = Counter()
    for seat in reversed(order):
        sizes[seat.id] += 1
        if seat.manager_id is not None:
            sizes[seat.manager_id] += sizes[seat.id]
    return sizes
