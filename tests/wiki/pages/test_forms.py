"""From the form to a draft, and back into the form."""

import pytest

from wiki.pages.facts import Field, Kind
from wiki.pages.forms import (
    number_in_address,
    reason_of,
    save_key_of,
    typed_facts,
    typed_of,
    whole_number,
)

KEY = "0b0f8f7e-6f0e-4f5e-9f57-1f3b0c9d8e7a"


@pytest.mark.parametrize(("typed", "key"), [(KEY, KEY), (KEY.upper(), KEY), (None, None)])
def test_a_key_of_ours_is_known(typed: str | None, key: str | None) -> None:
    assert save_key_of(typed) == key


@pytest.mark.parametrize("typed", ["", "x", "0", KEY + "0", "\x00" * 36])
def test_a_key_that_is_none_counts_as_none(typed: str) -> None:
    assert save_key_of(typed) is None


@pytest.mark.parametrize(("typed", "number"), [("5", 5), (" 7 ", 7), ("999999999", 999999999)])
def test_a_number_is_read(typed: str, number: int) -> None:
    assert whole_number(typed) == number_in_address(typed) == number


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "٣", "²", "1e3", "9" * 10, "9" * 5000, "x"])
def test_what_no_row_can_have_is_zero_or_an_error(typed: str) -> None:
    assert whole_number(typed) == 0
    with pytest.raises(ValueError, match="no number"):
        number_in_address(typed)


def test_a_reason_is_one_line_and_not_cut() -> None:
    assert reason_of(" a\n b\x00 ") == "a b"
    assert len(reason_of("x" * 400)) == 400
    assert reason_of(None) == ""


def test_money_comes_in_two_fields_and_goes_out_in_one() -> None:
    form = {"fact-price": "12,50", "fact-price-currency": "USD", "fact-old": " ", "title": "x"}
    assert typed_facts(form).values == {"price": "12,50 USD", "old": ""}
    field = Field("price", "Цена", "Price", Kind.MONEY)
    assert typed_of({"price": {"amount": "12.50", "currency": "USD"}}).values[field.key] == (
        "12.50 USD"
    )


def test_a_currency_without_an_amount_is_nothing() -> None:
    assert typed_facts({"fact-price": "", "fact-price-currency": "RUB"}).values == {"price": ""}
