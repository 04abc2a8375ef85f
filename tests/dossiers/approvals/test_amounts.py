"""Amounts as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.approvals.amounts import amount_typed, check_currency
from wiki.errors import Refusal


@pytest.mark.parametrize(
    ("typed", "amount", "currency"),
    [
        ("2 900 000", "2900000", ""),
        ("2\u00a0900\u202f000", "2900000", ""),
        ("2,9 млн", "2900000", ""),
        ("2.9 млн. руб.", "2900000", "RUB"),
        ("2900000.50", "2900000.5", ""),
        ("2 900 000,00 ₽", "2900000", "RUB"),
        ("1,5 млрд", "1500000000", ""),
        ("300 тыс.", "300000", ""),
        ("$1.5m", "1500000", "USD"),
        ("3 million EUR", "3000000", "EUR"),
        ("2,900,000.50", "2900000.5", ""),
        ("2.900.000,50", "2900000.5", ""),
        ("1200.500", "1200.5", ""),
        ("0.125", "0.125", ""),
        ("0", "0", ""),
    ],
)
def test_plain_spellings_are_understood(typed: str, amount: str, currency: str) -> None:
    assert amount_typed(typed) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    "typed",
    [
        "", "abc", "-5", "1e5", "NaN", "Infinity", "٣", "2 9", "29 00 000", "1,2,3", "2,900,00",
        "2,9 млн млн", "5 RUB USD", "5 XYZ", "от 2 до 3 млн", "<b>5</b>", "5%", "1.23456", "2,",
        "1" + "0" * 14, "9" * 80, "5; drop table clients",
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_words(typed: str) -> None:
    with pytest.raises(Refusal):
        amount_typed(typed)


@pytest.mark.parametrize("typed", ["2,900", "2.900", "999.000"])
def test_what_can_be_read_in_two_ways_is_asked_again(typed: str) -> None:
    with pytest.raises(Refusal, match="two ways"):
        amount_typed(typed)


@given(st.text(max_size=80))
def test_whatever_is_typed_there_is_an_amount_or_a_refusal(typed: str) -> None:
    try:
        amount, _currency = amount_typed(typed)
    except Refusal:
        return
    assert 0 <= amount < 10**14


@given(st.decimals(0, 10**12, places=2))
def test_what_a_machine_writes_is_read_back(amount: Decimal) -> None:
    assert amount_typed(f"{amount:f}")[0] == amount


def test_a_currency_is_three_letters_of_the_list() -> None:
    assert check_currency(" rub ") == "RUB"
    assert check_currency("") == ""
    with pytest.raises(Refusal, match="no currency"):
        check_currency("XX1")
