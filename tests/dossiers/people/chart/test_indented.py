"""The chart as a nested list: whole when it is small, its top rows when it is large."""

from collections.abc import Iterable

from dossiers.people.chart.indented import DEEPEST, WHOLE_UP_TO, Entry, entries_of, sizes_of
from tests.dossiers.people.insight.charts import chart_with, seat_of


def drawn(entries: Iterable[Entry]) -> list[object]:
    return [(one.seat.id, drawn(one.reports)) if one.reports else one.seat.id for one in entries]


def chain(length: int) -> list[int | None]:
    return [None, *range(1, length)]


def test_reports_stand_under_their_manager_in_order() -> None:
    chart = chart_with([seat_of(1, None), seat_of(2, 1), seat_of(3, 2), seat_of(4, 1)])
    assert drawn(entries_of(chart)) == [(1, [(2, [3]), 4])]


def test_a_branch_alone_leaves_out_the_rest() -> None:
    chart = chart_with([seat_of(1, None), seat_of(2, 1), seat_of(3, 2), seat_of(4, 1)])
    assert drawn(entries_of(chart, root=2)) == [(2, [3])]
    assert drawn(entries_of(chart, root=99)) == drawn(entries_of(chart))


def test_of_a_large_chart_the_top_rows_are_listed_and_the_rest_is_counted() -> None:
    seats = [seat_of(1, None), seat_of(2, 1), seat_of(3, 2), seat_of(4, 3), seat_of(5, 4)]
    many = [seat_of(ident, 1) for ident in range(6, WHOLE_UP_TO + 2)]
    whole, large = entries_of(chart_with(seats)), entries_of(chart_with([*seats, *many]))
    assert drawn(whole) == [(1, [(2, [(3, [(4, [5])])])])]
    third = large[0].reports[0].reports[0]
    assert (third.seat.id, third.reports, third.hidden) == (3, (), 2)


def test_no_chain_is_too_long() -> None:
    seats = [seat_of(ident, manager) for ident, manager in enumerate(chain(1_500), start=1)]
    chart = chart_with(seats)
    entry = entries_of(chart)[0]
    rows = 1
    while entry.reports:
        entry = entry.reports[0]
        rows += 1
    assert (rows, entry.hidden) == (DEEPEST, 1_500 - DEEPEST)
    assert sizes_of(chart)[1] == 1_500
