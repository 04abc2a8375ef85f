"""The parts of a change are the whole change, whatever the deals."""

from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from dossiers.deals.reports.change import Factor, change_between
from dossiers.deals.reports.shapley import in_whole_units, shapley_parts
from dossiers.deals.reports.tallies import Tally, tally_of, total

AMOUNTS = st.one_of(st.none(), st.integers(-(10**18), 10**18), st.integers(-100, 100))
DEALS = st.lists(st.tuples(st.booleans(), AMOUNTS, AMOUNTS), max_size=12)
FRACTIONS = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)
PAIRS = st.lists(st.tuples(FRACTIONS, FRACTIONS), min_size=1, max_size=4)


def tally(deals: list[tuple[bool, int | None, int | None]]) -> Tally:
    return total(tally_of(*deal) for deal in deals)


def by_all_orders(before: list[Fraction], after: list[Fraction]) -> list[Fraction]:
    """The Shapley value as it is defined: the average over every order of changing."""
    orders = list(permutations(range(len(before))))
    found = [Fraction(0)] * len(before)
    for order in orders:
        now = list(before)
        for place in order:
            was = product(now)
            now[place] = after[place]
            found[place] += product(now) - was
    return [part / len(orders) for part in found]


def product(factors: list[Fraction]) -> Fraction:
    found = Fraction(1)
    for factor in factors:
        found *= factor
    return found


@given(PAIRS)
def test_shapley_parts_are_the_average_over_all_orders(
    pairs: list[tuple[Fraction, Fraction]],
) -> None:
    before, after = [one for one, _ in pairs], [other for _, other in pairs]
    assert shapley_parts(before, after) == by_all_orders(before, after)


@given(DEALS, DEALS)
def test_the_parts_are_the_whole_difference_for_any_deals(
    before: list[tuple[bool, int | None, int | None]],
    after: list[tuple[bool, int | None, int | None]],
) -> None:
    one, other = tally(before), tally(after)
    change = change_between(one, other)
    sums = [sum(a for won, a, _ in deals if won and a is not None) for deals in (before, after)]
    assert change.difference == sums[1] - sums[0]
    assert sum(change.parts.values()) == change.difference


@given(DEALS, DEALS, st.randoms())
def test_the_order_of_the_deals_does_not_matter(
    before: list[tuple[bool, int | None, int | None]],
    after: list[tuple[bool, int | None, int | None]],
    chance: object,
) -> None:
    mixed = list(before)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert change_between(tally(before), tally(after)) == change_between(tally(mixed), tally(after))


@given(DEALS, DEALS)
def test_the_way_back_is_the_way_there_with_other_signs(
    before: list[tuple[bool, int | None, int | None]],
    after: list[tuple[bool, int | None, int | None]],
) -> None:
    there, back = (
        change_between(tally(before), tally(after)),
        change_between(tally(after), tally(before)),
    )
    # Rounding to whole units may differ by one in a part; without it both are the same.
    assert there.difference == -back.difference
    assert all(abs(there.parts[f] + back.parts[f]) <= 100 for f in there.parts)


@given(st.lists(st.integers(-(10**18), 10**18), min_size=1), st.integers(1, 100))
def test_whole_units_differ_from_the_parts_by_less_than_a_unit(parts: list[int], unit: int) -> None:
    thirds = [Fraction(part, 3) for part in parts]
    rest = -sum(thirds) % unit
    thirds.append(Fraction(rest))
    whole = in_whole_units(thirds, unit)
    assert sum(whole) == sum(thirds)
    assert all(abs(a - b) < unit and a % unit == 0 for a, b in zip(whole, thirds, strict=True))


def test_only_what_changed_has_a_part() -> None:
    deals = [(True, 900_0000, 1000_0000), (False, None, None)]
    twice = change_between(tally(deals), tally(deals * 2))
    assert twice.parts[Factor.COUNT] == twice.difference == 900_0000
    dearer = change_between(tally(deals), tally([(True, 800_0000, 1000_0000), deals[1]]))
    assert dearer.parts[Factor.DISCOUNT] == -100_0000
    worse = change_between(tally(deals * 2), tally([deals[0], deals[1], deals[1], deals[1]]))
    assert worse.parts[Factor.WIN_RATE] == -900_0000


def test_a_first_period_without_deals_leaves_all_to_their_number() -> None:
    change = change_between(Tally(), tally([(True, 100_0000, None), (False, None, None)]))
    assert change.parts[Factor.COUNT] == change.difference == 100_0000
    assert Factor.SAID not in change.parts


def test_won_deals_without_an_amount_have_a_part_of_their_own() -> None:
    said, unsaid = (True, 100_0000, None), (True, None, None)
    change = change_between(tally([said, said]), tally([said, unsaid]))
    assert change.parts[Factor.SAID] == change.difference == -100_0000


def test_parts_are_in_cents_when_the_sums_are() -> None:
    change = change_between(
        tally([(True, 100_0000, 300_0000)] * 3), tally([(True, 77_7700, 301_0000), (False, 0, 0)])
    )
    assert all(part % 100 == 0 for part in change.parts.values())
