"""A branch of a chart as a chart of its own."""

from dataclasses import replace

from dossiers.people.chart.snapshot import Chart


def branch_of(chart: Chart, root: int) -> Chart:
    """The position `root`, which is in the chart, with all below it.

    People without a known position are left out: nobody knows whether they belong to it.
    """
    below = chart.below()
    kept = {root: chart.seats[root]}
    order = [root]
    for ident in order:
        new = [seat for seat in below.get(ident, []) if seat.id not in kept]
        kept.update((seat.id, seat) for seat in new)
        order += [seat.id for seat in new]
    lines = tuple(line for line in chart.lines if line.from_id in kept and line.to_id in kept)
    return replace(chart, seats=kept, lines=lines, unplaced=())
