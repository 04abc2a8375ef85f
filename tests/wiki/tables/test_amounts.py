"""Amounts in all spellings, exactly; what can be read in two ways is not read."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.errors import Refusal
from wiki.tables.amounts import Amount, Mark, Marks, amount_in, currency_in

READ = [
    ("0", "0", ""),
    ("1234", "1234", ""),
    ("1 234,50 руб.", "1234.50", "RUB"),
    ("1\u00a0234\u202f567,89 ₽", "1234567.89", "RUB"),
    ("$1,234.5", "1234.5", "USD"),
    ("USD 1,000.00", "1000", "USD"),
    ("5 €", "5", "EUR"),
    ("1.234.567", "1234567", ""),
    ("1,234,567", "1234567", ""),
    ("1.000,00", "1000", ""),
    ("1'234.50", "1234.5", ""),
    ("0,500", "0.5", ""),
    ("12,5 тыс. руб.", "12500", "RUB"),
    ("1.5 млн", "1500000", ""),
    ("1e5", "100000", ""),
    ("(7)", "-7", ""),
    ("−5", "-5", ""),
    ("99999999999999.9999", "99999999999999.9999", ""),
]


@pytest.mark.parametrize(("text", "value", "currency"), READ)
def test_an_amount_is_read_exactly(text: str, value: str, currency: str) -> None:
    found = amount_in(text)
    assert (found.value, found.currency) == (Decimal(value), currency)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no amount"),
        ("abc", "no amount"),
        ("NaN", "no amount"),
        ("Infinity", "no amount"),
        ("12 34", "no amount"),
        ("1,00,000", "no amount"),
        ("1.2.3,4", "no amount"),
        ("5 parrots", "no amount"),
        ("=1+1", "no amount"),
        ("1\n2", "no amount"),
        ("9" * 5_000, "no amount"),
        ("1.23456", "more than 4 decimals"),
        ("100000000000000", "too large"),
        ("1e99", "too large"),
        ("1e-9", "more than 4 decimals"),
        ("1,234", "two ways"),
        ("1.234", "two ways"),
    ],
)
def test_what_is_no_amount_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        amount_in(text)


def test_the_mark_of_the_file_decides_what_a_cell_alone_does_not() -> None:
    assert amount_in("1,234", Mark.POINT) == Amount(Decimal(1234))
    assert amount_in("1,234", Mark.COMMA) == Amount(Decimal("1.234"))


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1,234", "5,5"], Mark.COMMA),
        (["1,234", "1,234,567"], Mark.POINT),
        (["1,234", "7.25"], Mark.POINT),
        (["1,234", "12"], None),
        (["1,5", "1.5"], None),
    ],
)
def test_the_figures_of_a_file_show_its_mark(cells: list[str], mark: Mark | None) -> None:
    marks = Marks()
    for cell in cells:
        marks.look(cell)
    assert marks.decided is mark


@given(st.decimals(0, 10**13, places=4, allow_nan=False), st.sampled_from(Mark))
def test_what_is_written_in_either_way_is_read_back_to_the_last_digit(
    value: Decimal, mark: Mark
) -> None:
    text = f"{value:,.4f}"
    if mark is Mark.COMMA:
        text = text.translate(str.maketrans(",.", ".,"))
    assert amount_in(text, mark).value == value


@given(st.text(max_size=70))
def test_any_text_is_an_amount_or_is_refused(text: str) -> None:
    marks = Marks()
    marks.look(text)
    with suppress(Refusal):
        assert amount_in(text).value.is_finite()


@pytest.mark.parametrize(
    ("text", "code"), [("", ""), ("руб.", "RUB"), ("eur", "EUR"), ("$", "USD"), ("RUR", "RUB")]
)
def test_currencies_are_known_by_their_codes_and_signs(text: str, code: str) -> None:
    assert currency_in(text) == code
    with pytest.raises(Refusal, match="no currency"):
        currency_in("money")
