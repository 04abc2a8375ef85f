"""How long facts are good, and in which order pages with money at stake stand."""

from datetime import date
from decimal import Decimal

import pytest

from products.catalogue.care.rules import Life, days_typed, good_until, usual_life, value_of
from products.catalogue.care.showing import money_text
from products.catalogue.care.stake import by_money
from wiki.errors import Refusal
from wiki.pages.facts import Kind

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("kind", "value", "until"),
    [
        (Kind.MONEY, "100 RUB", date(2026, 5, 31)),
        (Kind.NUMBER, "5 kg", date(2027, 3, 2)),
        (Kind.YES_NO, "yes", date(2027, 3, 2)),
        (Kind.TEXT, "two weeks", None),
        (Kind.DATE, "2026-12-31", date(2026, 12, 31)),
        (Kind.DATE, "2026-03-02", date(2026, 3, 2)),
        (Kind.DATE, "2019-01-01", date(2027, 3, 2)),
        (Kind.DATE, "soon", date(2027, 3, 2)),
    ],
)
def test_a_fact_is_good_as_long_as_is_usual_for_its_kind(
    kind: Kind, value: str, until: date | None
) -> None:
    assert good_until(usual_life(kind), value, DAY) == until


def test_directors_overrule_what_is_usual() -> None:
    assert good_until(Life(Kind.MONEY, 30, True), "1 RUB", DAY) == date(2026, 4, 1)
    assert good_until(Life(Kind.DATE, 10, True), "2026-12-31", DAY) == date(2026, 3, 12)
    assert good_until(Life(Kind.TEXT, 1, True), "two weeks", DAY) == date(2026, 3, 3)
    assert good_until(Life(Kind.MONEY, None, True), "1 RUB", DAY) is None


def test_days_are_typed_as_whole_numbers_and_nought_means_for_ever() -> None:
    assert days_typed(" 45 ", "Price") == 45
    assert days_typed("0", "Price") is None
    for wrong in ("-1", "1.5", "a year", "3651", "9" * 20, "٣", "00"):
        with pytest.raises(Refusal, match="Price"):
            days_typed(wrong, "Price")


def test_a_fact_reads_as_it_is_typed() -> None:
    assert value_of({"amount": "12.50", "currency": "RUB"}) == "12.50 RUB"
    assert value_of("x" * 2000) == "x" * 1000
    assert value_of(None) == ""


def test_most_money_first_and_currencies_are_not_set_against_each_other() -> None:
    stakes = {
        1: {"RUB": Decimal(5)},
        2: {"USD": Decimal(900)},
        3: {"RUB": Decimal(7)},
        4: {"RUB": Decimal(5), "USD": Decimal(1)},
    }
    assert sorted([5, 1, 2, 3, 4], key=by_money(stakes)) == [3, 4, 1, 2, 5]


def test_money_is_read_at_a_glance() -> None:
    stake = {"RUB": Decimal(1_240_000), "USD": Decimal(950), "": Decimal(3)}
    assert money_text(stake, "en") == "1.2M\u00a0RUB, 950\u00a0$, 3"
    assert money_text({}, "ru") == ""
