"""The discount of a deal, exactly; what is not known stays unknown."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from dossiers.deals.discounts.figures import (
    Figures,
    LineFigures,
    allowed_of,
    figures_of,
    is_outside,
    kept,
)

MONEY = st.decimals(0, 10**13, places=4)
LINES = st.lists(
    st.builds(LineFigures, st.none() | MONEY, st.none() | MONEY, st.none() | MONEY), max_size=4
)
HUNDRED = Decimal(100)


def line(list_price: str, price: str | None = None, quantity: str | None = None) -> LineFigures:
    return LineFigures(
        Decimal(list_price),
        Decimal(price) if price else None,
        Decimal(quantity) if quantity else None,
    )


def test_one_line_without_price_takes_the_amount_of_the_deal() -> None:
    found = figures_of([line("5482")], Decimal("4514"), True)
    assert found.list_total == Decimal(5482)
    assert found.discount == Decimal("17.6578")


def test_several_lines_are_summed_by_their_quantities() -> None:
    found = figures_of([line("100", "90", "10"), line("0.5", "0.5", "200")], None, False)
    assert found == Figures(Decimal(1100), Decimal(1000), Decimal("9.0909"))


def test_a_price_above_the_list_is_a_discount_below_zero() -> None:
    assert figures_of([line("100")], Decimal("134.2"), True).discount == Decimal("-34.2")


def test_a_line_without_list_price_leaves_the_whole_unknown_and_not_zero() -> None:
    assert figures_of([line("10"), LineFigures()], Decimal(5), True).discount is None
    assert figures_of([], Decimal(5), True) == Figures(None, Decimal(5), None)


def test_nothing_given_is_a_whole_discount_only_when_the_deal_was_won() -> None:
    assert figures_of([line("10")], Decimal(0), True).discount == HUNDRED
    assert figures_of([line("10")], Decimal(0), False).discount is None
    assert figures_of([line("10")], None, True).discount is None


def test_what_is_too_large_to_keep_is_not_known() -> None:
    huge = Decimal("99999999999999")
    assert figures_of([LineFigures(huge, None, huge)], huge, True).list_total is None
    assert figures_of([LineFigures(Decimal("0.0001"))], huge, True).discount is None


@given(LINES, st.none() | MONEY, st.booleans())
def test_the_figures_are_those_of_exact_fractions(
    lines: list[LineFigures], amount: Decimal | None, won: bool
) -> None:
    found = figures_of(lines, amount, won)
    if found.discount is None or found.list_total is None or found.given is None:
        return
    total = sum(Fraction(one.list_price or 0) * Fraction(one.pieces) for one in lines)
    paid = (
        Fraction(amount)
        if amount is not None
        else sum(Fraction(one.price or 0) * Fraction(one.pieces) for one in lines)
    )
    half = Fraction(1, 20_000)
    assert abs(Fraction(found.list_total) - total) <= half
    assert abs(Fraction(found.discount) - (1 - paid / total) * 100) <= half


@given(LINES, st.decimals(0, 100, places=2))
def test_one_percent_for_all_products_is_that_of_the_whole(
    lines: list[LineFigures], percent: Decimal
) -> None:
    total = figures_of(lines, None, False).list_total
    found = allowed_of(lines, total, lambda _category: percent)
    assert found == (percent if total else None)


def test_what_is_allowed_is_weighed_by_what_the_lines_come_to() -> None:
    lines = [LineFigures(Decimal(300), category_id=1), LineFigures(Decimal(100), category_id=2)]
    percents: dict[int | None, Decimal] = {1: Decimal(10), 2: Decimal(2)}
    assert allowed_of(lines, Decimal(400), lambda category: percents.get(category)) == Decimal(8)
    del percents[2]
    assert allowed_of(lines, Decimal(400), lambda category: percents.get(category)) is None


def test_outside_is_more_than_allowed_and_never_what_is_not_known() -> None:
    assert is_outside(Decimal("10.0001"), Decimal(10))
    assert not is_outside(Decimal(10), Decimal(10))
    assert not is_outside(None, Decimal(0))
    assert not is_outside(Decimal(10), None)


@given(st.decimals(-(10**15), 10**15, places=8))
def test_whatever_is_kept_fits_the_column(value: Decimal) -> None:
    found = kept(value)
    if found is not None:
        assert abs(found) < 10**14
        assert found * 10_000 == int(found * 10_000)
