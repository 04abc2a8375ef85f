"""A large chart cut down to those who matter for a decision, so that it stays readable on paper."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from dossiers.people.chart.snapshot import Chart, Seat
from dossiers.people.insight.weights import weight_of


def pruned(chart: Chart, signers: Collection[int], most: int) -> Chart:
    """The chart with at most so many positions: who decides first, then whom they report to.

    `signers` are positions that act in the approval path. A position whose manager is left out
    hangs below the next one above that is shown.
    """
    if len(chart.seats) <= most:
        return chart
    kept = set(_wanted(chart, signers, most))
    seats = {ident: _hung(chart, chart.seats[ident], kept) for ident in sorted(kept)}
    lines = tuple(one for one in chart.lines if one.from_id in kept and one.to_id in kept)
    return replace(chart, seats=seats, lines=lines, unplaced=())


def _wanted(chart: Chart, signers: Collection[int], most: int) -> list[int]:
    depths = _depths(chart)
    worth = {seat.id: _worth(chart, seat, signers) for seat in chart.seats.values()}
    order = sorted(
        chart.seats.values(),
        key=lambda seat: (-worth[seat.id], depths[seat.id], seat.rank, seat.id),
    )
    return [seat.id for seat in order[:most]]


def _worth(chart: Chart, seat: Seat, signers: Collection[int]) -> int:
    heaviest = max((weight_of(chart.standings.get(h.person_id)) for h in seat.holders), default=0)
    judged = any(_is_judged(chart, holder.person_id) for holder in seat.holders)
    return heaviest + (4 if seat.id in signers else 0) + (1 if judged else 0)


def _is_judged(chart: Chart, person_id: int) -> bool:
    standing = chart.standings.get(person_id)
    return standing is not None and standing.attitude is not None


def _depths(chart: Chart) -> Mapping[int, int]:
    """How far below the top each position stands; one in a circle counts as far below."""
    below = chart.below()
    depths = {seat.id: 0 for seat in below.get(None, ())}
    order = list(depths)
    for ident in order:
        for seat in below.get(ident, ()):
            if seat.id not in depths:
                depths[seat.id] = depths[ident] + 1
                order.append(seat.id)
    return {ident: depths.get(ident, len(chart.seats)) for ident in chart.seats}


def _hung(chart: Chart, seat: Seat, kept: Collection[int]) -> Seat:
    """The position below the next one above it that is kept; what is skipped makes it a guess."""
    above, seen = seat.manager_id, {seat.id}
    while above is not None and above not in kept and above not in seen:
        seen.add(above)
        manager = chart.seats.get(above)
        above = manager.manager_id if manager else None
    return replace(seat, manager_id=above if above in kept else None)
