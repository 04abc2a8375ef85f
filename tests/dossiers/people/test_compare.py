"""The change list: each kind of difference, and every random pair against a plain comparison."""

from collections.abc import Iterator
from time import perf_counter
from typing import Any

from hypothesis import given, settings

from dossiers.people.chart.compare import Difference, What, changes_between
from tests.dossiers.people.chart.snapshots import PEOPLE, Snapshot, chart_of, snapshots

BOSS = {"title": "Director", "holders": {101: (True, False)}}
BUYER = {"title": "Buyer", "manager": 1, "holders": {102: (True, False)}}
NAMES = {person: f"Person {person}" for person in range(101, 1000)}


def between(
    before: dict[int, dict[str, Any]], after: dict[int, dict[str, Any]]
) -> list[Difference]:
    return changes_between(chart_of(Snapshot(before, NAMES)), chart_of(Snapshot(after, NAMES)))


def test_two_equal_charts_have_no_differences() -> None:
    assert between({1: BOSS, 2: BUYER}, {1: BOSS, 2: BUYER}) == []


def test_a_new_position_is_told_once_with_its_holder() -> None:
    assert between({1: BOSS}, {1: BOSS, 2: BUYER}) == [Difference(What.NEW, 2, after=1)]


def test_a_position_under_another_one_has_moved_and_has_no_new_manager_besides() -> None:
    new = {"title": "Finance", "holders": {103: (True, False)}}
    moved = between({1: BOSS, 2: BUYER, 3: new}, {1: BOSS, 2: {**BUYER, "manager": 3}, 3: new})
    assert moved == [Difference(What.MOVED, 2, before=1, after=3)]


def test_another_holder_of_the_managers_position_is_a_new_manager_for_each_report() -> None:
    found = between({1: BOSS, 2: BUYER}, {1: {**BOSS, "holders": {103: (True, False)}}, 2: BUYER})
    assert found == [
        Difference(What.MANAGER, 2, before=1, after=1),
        Difference(What.HOLDER, 1, 103, after="holds"),
        Difference(What.LEFT, 1, 101, before="holds"),
    ]


def test_a_position_that_loses_its_holder_is_vacant_and_one_not_known_is_not() -> None:
    emptied = between({1: BOSS}, {1: {"title": "Director"}})
    assert [one.what for one in emptied] == [What.LEFT, What.VACANT]
    unknown = between({1: BOSS}, {1: {"title": "Director", "known": False}})
    assert [one.what for one in unknown] == [What.LEFT, What.KNOWN]


def test_who_was_acting_and_holds_it_for_good_is_no_new_holder() -> None:
    acting = {**BOSS, "holders": {101: (True, True)}}
    assert between({1: acting}, {1: BOSS}) == [Difference(What.ACTING, 1, 101, True, False)]


def test_seven_hundred_positions_are_compared_in_a_moment() -> None:
    before = {n: {**BUYER, "manager": n // 8 or None} for n in range(1, 701)}
    after = {n: {**row, "title": "Other", "manager": n // 9 or None} for n, row in before.items()}
    begun = perf_counter()
    assert len(between(before, after)) > 700
    assert perf_counter() - begun < 0.5


@settings(max_examples=400, deadline=None)
@given(snapshots(), snapshots())
def test_any_two_snapshots_differ_just_as_a_plain_comparison_of_the_rows_says(
    before: Snapshot, after: Snapshot
) -> None:
    found = changes_between(chart_of(before), chart_of(after))
    plain = [(d.what.value, d.position_id, d.person_id, d.before, d.after, d.detail) for d in found]
    expected = list(naive(before, after))
    assert sorted(plain, key=str) == sorted(expected, key=str)


Row = tuple[str, int | None, int | None, Any, Any, str]


def naive(before: Snapshot, after: Snapshot) -> Iterator[Row]:
    """The differences by looking at every number there can be, one question after the other."""
    everybody = {p for row in after.positions.values() for p in row["holders"]} | after.unplaced
    for n in sorted({*before.positions, *after.positions}):
        was, now = before.positions.get(n), after.positions.get(n)
        if was is None:
            yield ("new", n, None, None, above(after, n), "")
        elif now is None:
            yield ("gone", n, None, above(before, n), None, "")
        else:
            yield from naive_position(n, before, after, everybody)
    yield from naive_people(before, after, everybody)
    yield from naive_sets(before, after)


def above(rows: Snapshot, n: int) -> int | None:
    manager = rows.positions[n]["manager"]
    return manager if manager in rows.positions else None


def naive_position(n: int, before: Snapshot, after: Snapshot, everybody: set[int]) -> Iterator[Row]:
    was, now = before.positions[n], after.positions[n]
    old, new = above(before, n), above(after, n)
    if old != new:
        yield ("moved", n, None, old, new, "")
    if old == new and old is not None and people(before, old) != people(after, old):
        yield ("manager", n, None, old, old, "")
    for what in ("title", "unit", "kind", "code", "known"):
        if was[what] != now[what]:
            yield (what, n, None, was[what], now[what], "")
    empty_before = was["known"] and was["holders"] == {}
    if now["known"] and now["holders"] == {} and not empty_before:
        yield ("vacant", n, None, False, True, "")
    yield from naive_holders(n, was, now, everybody)


def people(rows: Snapshot, n: int) -> set[int]:
    return set(rows.positions[n]["holders"])


def naive_holders(
    n: int, was: dict[str, Any], now: dict[str, Any], everybody: set[int]
) -> Iterator[Row]:
    for person in PEOPLE:
        held, holds = was["holders"].get(person), now["holders"].get(person)
        if held is None and holds is not None:
            yield ("holder", n, person, None, "acting" if holds[1] else "holds", "")
        if held is not None and holds is None:
            yield ("left", n, person, "holds", "elsewhere" if person in everybody else None, "")
        if held and holds and held[0] != holds[0]:
            yield ("main", n, person, held[0], holds[0], "")
        if held and holds and held[1] != holds[1]:
            yield ("acting", n, person, held[1], holds[1], "")


def naive_people(before: Snapshot, after: Snapshot, everybody: set[int]) -> Iterator[Row]:
    worked = {p for row in before.positions.values() for p in row["holders"]} | before.unplaced
    for person in PEOPLE:
        if person in after.unplaced and person not in before.unplaced:
            yield ("holder", None, person, None, "holds", "")
        if person in before.unplaced and person not in everybody:
            yield ("left", None, person, "holds", None, "")
        names = before.names[person], after.names[person]
        if person in worked and person in everybody and names[0] != names[1]:
            yield ("name", place(person, before, after), person, *names, "")
        yield from naive_judged(person, before, after)


def naive_judged(person: int, before: Snapshot, after: Snapshot) -> Iterator[Row]:
    was, now = before.judged.get(person, {}), after.judged.get(person, {})
    seat = place(person, before, after)
    for role in set(now.get("roles", ())) - set(was.get("roles", ())):
        yield ("role", seat, person, None, role, "")
    for role in set(was.get("roles", ())) - set(now.get("roles", ())):
        yield ("role", seat, person, role, None, "")
    for aspect in ("attitude", "power", "orientation"):
        if was.get(aspect) != now.get(aspect):
            yield (aspect, seat, person, was.get(aspect), now.get(aspect), "")


def naive_sets(before: Snapshot, after: Snapshot) -> Iterator[Row]:
    for one, other, kind in after.lines - before.lines:
        yield ("line", one, None, None, other, kind)
    for one, other, kind in before.lines - after.lines:
        yield ("line_gone", one, None, other, None, kind)
    for one, other, kind in after.ties - before.ties:
        yield ("tie", place(one, before, after), one, None, other, kind)
    for one, other, kind in before.ties - after.ties:
        yield ("tie_gone", place(one, before, after), one, other, None, kind)


def place(person: int, before: Snapshot, after: Snapshot) -> int | None:
    """Where the person sits now, else sat before: their main position, else another one."""
    for rows in (after, before):
        for main in (True, False):
            for n, row in rows.positions.items():
                if person in row["holders"] and row["holders"][person][0] is main:
                    return n
    return None
