"""Facts: what people type, and the one form in which it is kept."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.errors import Refusal
from wiki.pages.facts import Choice, Field, Kind, as_date, parse, parse_all, typed_form

WEIGHT = Field("weight", "Вес", "Weight", Kind.NUMBER, unit="kg")
DENSITY = Field("density", "Плотность", "Density", Kind.NUMBER, unit="kg/m3")
PRICE = Field("price", "Цена", "Price", Kind.MONEY)
UNTIL = Field("until", "До", "Until", Kind.DATE)
HALAL = Field("halal", "Халяль", "Halal", Kind.YES_NO)
PACK = Field("pack", "Упаковка", "Pack", Kind.CHOICE, choices=(Choice("bag", "пакет", "a bag"),))
SHEET = Field("sheet", "Лист", "Sheet", Kind.LINK)
NOTE = Field("note", "Заметка", "Note", Kind.TEXT)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (WEIGHT, "12,5", {"value": "12.5", "unit": "kg"}),
        (WEIGHT, "12.5 kg", {"value": "12.5", "unit": "kg"}),
        (WEIGHT, "12,5 КГ", {"value": "12.5", "unit": "kg"}),
        (WEIGHT, "1 200", {"value": "1200", "unit": "kg"}),
        (WEIGHT, "−5", {"value": "-5", "unit": "kg"}),
        (DENSITY, "900 kg/m3", {"value": "900", "unit": "kg/m3"}),
        (PRICE, "1 200,50", {"amount": "1200.50", "currency": "RUB"}),
        (PRICE, "12 usd", {"amount": "12", "currency": "USD"}),
        (UNTIL, "31.03.2026", "2026-03-31"),
        (UNTIL, "2099-12-31", "2099-12-31"),
        (HALAL, "Да", True),
        (HALAL, "no", False),
        (PACK, "BAG", "bag"),
        (PACK, "пакет", "bag"),
        (SHEET, "/pages/17-pelmeni", {"page": 17}),
        (SHEET, "https://example.com/a?b=c", {"url": "https://example.com/a?b=c"}),
        (NOTE, "  two   words\n", "two words"),
        (NOTE, "   ", None),
    ],
)
def test_what_people_type_is_understood(field: Field, typed: str, value: object) -> None:
    assert parse(field, typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (WEIGHT, "12 lb", "measured in kg, but lb was given"),
        (WEIGHT, "heavy", "measured in kg, but heavy was given"),
        (WEIGHT, "1.2.3", "must be a number"),
        (WEIGHT, "NaN", "«Weight»"),
        (WEIGHT, "²", "must be a number"),
        (WEIGHT, "1e400", "must be a number"),
        (WEIGHT, "9" * 16, "must be a number"),
        (PRICE, "12 zorkmids", "amount with a currency"),
        (PRICE, "a lot RUB", "«Price»"),
        (UNTIL, "30.02.2026", "must be a day"),
        (UNTIL, "soon", "must be a day"),
        (HALAL, "perhaps", "must be yes or no"),
        (PACK, "barrel", "one of the given answers"),
        (SHEET, "javascript:alert(1)", "must be an address"),
        (SHEET, "https://[", "must be an address"),
        (SHEET, "/pages/99999999999", "must be an address"),
        (SHEET, "/pages/7/edit", "must be an address"),
        (NOTE, "x" * 1001, "longer than 1000"),
    ],
)
def test_what_is_wrong_is_named_in_a_sentence(field: Field, typed: str, sentence: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse(field, typed)
    assert sentence in str(caught.value)


@pytest.mark.parametrize("typed", ["1e-999999", "1e-99999999999", "0e-5000"])
def test_a_short_figure_cannot_become_a_long_one(typed: str) -> None:
    for field in (WEIGHT, PRICE):
        with pytest.raises(Refusal):
            parse(field, typed)


def test_control_characters_and_halves_of_characters_do_not_reach_a_value() -> None:
    assert parse(NOTE, "a\x00b\x1f \ud800c") == "ab \ufffdc"


@given(st.decimals(-(10**14), 10**14, places=3), st.sampled_from([WEIGHT, DENSITY, PRICE]))
def test_a_value_is_read_back_from_how_it_is_typed(number: Decimal, field: Field) -> None:
    value = parse(field, f"{number:f}")
    assert value is not None
    assert parse(field, typed_form(value)) == value


@given(st.text(max_size=60), st.sampled_from([WEIGHT, PRICE, UNTIL, HALAL, PACK, SHEET, NOTE]))
def test_any_text_is_a_value_or_a_refusal_and_a_value_is_stable(text: str, field: Field) -> None:
    values, refusals = parse_all((field,), {field.key: text}, "en")
    assert all(field.label_en in str(refusal) for refusal in refusals.values())
    typed = {key: typed_form(value) for key, value in values.items()}
    assert refusals or parse_all((field,), typed, "en") == (values, {})


def test_each_fact_has_its_own_answer() -> None:
    needed = Field("code", "Артикул", "Article", Kind.TEXT, required=True)
    values, refusals = parse_all((WEIGHT, UNTIL, needed), {"weight": "3", "until": "soon"}, "en")
    assert values == {"weight": {"value": "3", "unit": "kg"}}
    assert set(refusals) == {"until", "code"}
    assert str(refusals["code"]) == "«Article» is required here."


def test_what_was_not_touched_stays_though_the_field_has_become_another() -> None:
    before = {"weight": "about two", "pack": "barrel", "price": {"amount": "5", "currency": "USD"}}
    typed = {"weight": "about two", "pack": "barrel", "price": "5 USD"}
    assert parse_all((WEIGHT, PACK, PRICE), typed, "en", before) == (before, {})
    _values, refusals = parse_all((WEIGHT, PACK), {"weight": "about three"}, "en", before)
    assert set(refusals) == {"weight"}


def test_the_text_of_a_field_that_has_become_a_day_is_no_day() -> None:
    assert as_date("soon") is None
    assert str(as_date("2026-03-31")) == "2026-03-31"
