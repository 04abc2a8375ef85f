"""Numbers with their units, as they are written in both languages."""

from decimal import Decimal

import pytest

from products.catalogue.contradictions.values import Value, differ, values_in


def value(text: str, language: str = "ru") -> Value:
    found = list(values_in(text, language))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1 кг", "1000 г"),
        ("1\u00a0350 ₽", "1350 рублей"),
        ("68 тыс. руб.", "68 000 ₽"),
        ("12 месяцев", "1 год"),
        ("два года", "24 мес."),
        ("2,2 кВт", "2200 Вт"),
        ("90 кг в час", "90 кг/ч"),
        ("4 900 ₽ в месяц", "4900 руб./мес."),
        ("20–30 дней", "от 20 до 30 дней"),
        ("180 суток", "6 месяцев"),
        ("14 штук", "14 шт."),
        ("6 противней", "6 противня"),
        ("−18 °C", "-18 °С"),
    ],
)
def test_two_spellings_of_one_value_do_not_differ(one: str, other: str) -> None:
    assert value(one).dimension == value(other).dimension != ""
    assert not differ(value(one), value(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1 кг", "1001 г"),
        ("1 350 ₽", "1 530 ₽"),
        ("180 суток", "12 месяцев"),
        ("до 10 кг", "12 кг"),
        ("до 10 кг", "до 12 кг"),
        ("5–18 °C", "20 °C"),
        ("около 10 кг", "12 кг"),
    ],
)
def test_other_values_differ(one: str, other: str) -> None:
    assert differ(value(one), value(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("до 10 кг", "8 кг"), ("20–30 дней", "25 дней"), ("около 2 кг", "2,1 кг")],
)
def test_a_number_within_a_range_does_not_differ(one: str, other: str) -> None:
    assert not differ(value(one), value(other))


def test_a_comma_groups_thousands_in_english_and_cuts_them_in_russian() -> None:
    assert value("1,100 W", "en").low == 1100
    assert value("1,100 кг", "ru").low == Decimal("1100")
    assert value("7,90 €", "ru").low == Decimal("7.90")
    assert value("$3,900", "en").low == 3900


@pytest.mark.parametrize("text", ["12 марта", "в 2026 году", "ТМ-30", "1.2.3", "за 2026 год"])
def test_days_years_and_codes_are_no_values(text: str) -> None:
    assert not [one for one in values_in(text, "ru") if one.dimension]


def test_a_word_of_one_letter_is_a_unit_only_in_its_own_case() -> None:
    assert value("380 В сети").dimension == "voltage"
    assert value("5 в сутки").dimension == ""
