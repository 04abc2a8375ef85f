"""Which steps a purchase goes through, and what cannot be right in a path."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.approvals.kinds import StepKind
from dossiers.approvals.purchases import AmountGap, Condition, Purchase, gaps_between
from dossiers.approvals.steps import (
    Flaw,
    Step,
    Steps,
    flaws_of,
    in_order,
    needed_for,
    steps_by_code,
)
from wiki.errors import Refusal

THREE_MILLIONS = Decimal(3_000_000)
DEAR = Condition("RUB", amount_from=THREE_MILLIONS)
CHEAP = Condition("RUB", amount_to=THREE_MILLIONS)


def rubles(amount: int | str, **more: object) -> Purchase:
    return Purchase(Decimal(amount), "RUB", **more)  # type: ignore[arg-type]


def path(*steps: Step) -> Steps:
    return steps_by_code(steps)


def a_step(
    code: str, *after: str, condition: Condition | None = None, kind: StepKind = StepKind.LEGAL
) -> Step:
    return Step(code, code.title(), kind, frozenset(after), condition=condition or Condition())


def usual_path() -> Steps:
    """Request, then lawyers and security side by side, a board for the dear ones, a signature."""
    return path(
        a_step("request", kind=StepKind.REQUEST),
        a_step("legal", "request"),
        a_step("security", "request", kind=StepKind.SECURITY),
        a_step("board", "legal", "security", condition=DEAR, kind=StepKind.BOARD),
        a_step("sign", "board", kind=StepKind.SIGN),
    )


def test_the_board_is_asked_from_three_millions_on() -> None:
    assert "board" not in needed_for(usual_path(), rubles("2999999.99")).steps
    assert "board" in needed_for(usual_path(), rubles(3_000_000)).steps


def test_what_waited_for_a_step_that_is_left_out_waits_for_those_before_it() -> None:
    needed = needed_for(usual_path(), rubles(2_900_000)).steps
    assert needed["sign"].after == {"legal", "security"}


def test_another_currency_leaves_it_open_and_keeps_the_step() -> None:
    needed = needed_for(usual_path(), Purchase(Decimal(10), "USD"))
    assert needed.unsure == {"board"}
    assert "board" in needed.steps


def test_all_that_a_condition_says_must_hold() -> None:
    condition = Condition(new_vendor=True, tags=frozenset({"foreign"}), categories=frozenset({1}))
    both = rubles(1, new_vendor=True, tags=frozenset({"foreign", "x"}), categories=frozenset({1}))
    assert condition.holds_for(both) is True
    assert condition.holds_for(rubles(1, new_vendor=True)) is False


def test_a_circle_and_a_missing_step_are_refused() -> None:
    with pytest.raises(Refusal, match="circle"):
        in_order(path(a_step("one", "two"), a_step("two", "one")))
    with pytest.raises(Refusal, match="not in the path"):
        in_order(path(a_step("one", "nowhere")))


def test_amounts_that_nobody_signs_and_steps_that_never_come_are_flaws() -> None:
    never = Condition("RUB", amount_from=Decimal(5), amount_to=Decimal(5))
    steps = path(
        a_step("small", condition=CHEAP, kind=StepKind.SIGN),
        a_step("large", condition=Condition("RUB", Decimal(4_000_000)), kind=StepKind.SIGN),
        a_step("never", condition=never),
    )
    gap = AmountGap(THREE_MILLIONS, Decimal(4_000_000), "RUB")
    assert list(flaws_of(steps, "RUB")) == [Flaw("never"), Flaw(gap=gap)]
    assert list(flaws_of(usual_path(), "RUB")) == []


bounds = st.one_of(st.none(), st.integers(0, 8).map(Decimal))
conditions = st.lists(st.builds(Condition, st.just("RUB"), bounds, bounds), max_size=5)


@given(conditions)
def test_gaps_are_just_the_amounts_for_which_no_condition_holds(given_: list[Condition]) -> None:
    gaps = list(gaps_between(given_, "RUB"))
    for amount in (Decimal(n) / 2 for n in range(20)):
        in_gap = any(g.start <= amount and (g.end is None or amount < g.end) for g in gaps)
        assert in_gap is not any(c.allows(amount) for c in given_ if c.can_be_met)


@st.composite
def some_paths(draw: st.DrawFn) -> Steps:
    steps: list[Step] = []
    for number in range(draw(st.integers(1, 8))):
        codes = [step.code for step in steps]
        after = draw(st.sets(st.sampled_from(codes))) if codes else set()
        condition = draw(st.sampled_from([Condition(), DEAR, CHEAP]))
        steps.append(a_step(f"s{number}", *after, condition=condition))
    return path(*draw(st.permutations(steps)))


def before(steps: Steps, code: str) -> Iterator[str]:
    for other in steps[code].after:
        yield other
        yield from before(steps, other)


@given(some_paths(), st.sampled_from([10, 5_000_000]))
def test_leaving_steps_out_keeps_the_order_of_the_others(steps: Steps, amount: int) -> None:
    needed = needed_for(steps, rubles(amount)).steps
    for code in needed:
        kept = set(before(steps, code)) & needed.keys()
        assert set(before(needed, code)) == kept
