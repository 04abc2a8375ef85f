"""The amount from which a step happens lies between two observed ones, few exceptions apart."""

from decimal import Decimal

import pytest

from dossiers.approvals.lessons.conditions import Seen, best_explanation, roundest, split
from dossiers.approvals.lessons.measures import differs, duration_of
from dossiers.approvals.purchases import Condition, Purchase
from dossiers.approvals.steps import Duration


def seen(*runs: tuple[int, bool], tagged: frozenset[int] = frozenset()) -> list[Seen]:
    """Purchases by their amounts in thousands, and whether they went through the step."""
    return [
        Seen(
            Purchase(
                Decimal(amount * 1000),
                "RUB",
                tags=frozenset({"software"}) if number in tagged else frozenset(),
            ),
            there,
        )
        for number, (amount, there) in enumerate(runs)
    ]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(2_900_000, 3_100_000, 3_000_000), (999, 1000, 1000), (14_999, 26_000, 20_000), (6, 7, 7)],
)
def test_a_threshold_is_as_round_as_can_be(low: int, high: int, expected: int) -> None:
    assert roundest(Decimal(low), Decimal(high)) == expected


def test_all_amounts_with_or_all_without_have_no_threshold_between_them() -> None:
    assert split([(Decimal(1), True)]) is None
    assert split([(Decimal(1), True), (Decimal(1), False)]) is None


def test_the_threshold_lies_between_the_largest_without_and_the_smallest_with() -> None:
    found = best_explanation(seen((1000, False), (2900, False), (3100, True), (9000, True)))
    assert found.condition == Condition("RUB", amount_from=Decimal(3_000_000))
    assert found.exceptions == 0


def test_a_few_exceptions_do_not_bend_it() -> None:
    below = [(amount, amount == 500) for amount in range(100, 2000, 100)]
    above = [(amount, True) for amount in range(3000, 5000, 100)]
    found = best_explanation(seen(*below, *above))
    assert found.condition.amount_from is not None
    assert 1_900_000 < found.condition.amount_from <= 3_000_000
    assert found.exceptions == 1


def test_a_property_explains_before_an_amount_does() -> None:
    runs = [(1000, False), (2000, True), (3000, False), (4000, True)]
    found = best_explanation(seen(*runs, tagged=frozenset({1, 3})))
    assert found.condition == Condition(tags=frozenset({"software"}))


def test_a_single_exception_among_many_runs_makes_no_condition() -> None:
    runs = [(100, False), *((amount, True) for amount in range(200, 2200, 100))]
    assert best_explanation(seen(*runs)).condition == Condition()


def test_durations_are_the_half_and_nine_tenths_of_the_runs() -> None:
    assert duration_of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) == Duration(5, 9)
    assert duration_of([7]) == Duration(7, 7)


def test_a_duration_differs_only_when_the_runs_leave_little_doubt() -> None:
    assert differs(Duration(5, 8), [9, 9, 9, 10])
    assert differs(Duration(5, 8), [9])
    assert not differs(Duration(5, 8), [8])
    assert not differs(Duration(5, 8), [4, 5, 6, 7, 8])
    assert differs(Duration(5, 8), [2, 2, 3, 2, 2])
