"""Days in all spellings; the order of a whole column decides what one day does not."""

from contextlib import suppress
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.errors import Refusal
from wiki.tables.days import Order, Orders, day_in, moment_in

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-31", "2026/03/31", "2026-03-31 10:20", "2026-03-31T10:20:30.123Z", "31.03.2026",
        "31.03.26", "31.03.2026 г.", "31/03/2026", "03/31/2026", "31 мар 2026", "31-Mar-26",
        "Mar 31, 2026", "31 марта 2026", "20260331", "46112", "31.03.2026 0:00:00",
    ],
)  # fmt: skip
def test_a_day_is_read(text: str) -> None:
    assert day_in(text) == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no day"),
        ("soon", "no day"),
        ("5", "no day"),
        ("2026-02-30", "no day"),
        ("31.02.2026", "no day"),
        ("2026-03-31 25:00", None),
        ("0001-01-01", "outside the years"),
        ("01.01.0001 0:00:00", "outside the years"),
        ("9999-12-31", "outside the years"),
        ("03/04/2026", "two ways"),
        ("1\n2", "no day"),
        ("9" * 5_000, "no day"),
    ],
)
def test_what_is_no_day_is_refused(text: str, why: str | None) -> None:
    if why is None:
        with pytest.raises(Refusal):
            moment_in(text, None, MOSCOW)
        return
    with pytest.raises(Refusal, match=why):
        day_in(text)


def test_the_order_decides_and_what_contradicts_it_is_refused() -> None:
    assert day_in("03/04/2026", Order.DAY) == date(2026, 4, 3)
    assert day_in("03/04/2026", Order.MONTH) == date(2026, 3, 4)
    for text, order in (("13/04/2026", Order.MONTH), ("04/13/2026", Order.DAY)):
        with pytest.raises(Refusal, match="no day"):
            day_in(text, order)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/2026", "13/04/2026"], Order.DAY),
        (["03/04/2026", "04/13/2026"], Order.MONTH),
        (["03/04/2026", "05/06/2026"], None),
        (["13/04/2026", "04/13/2026"], None),
    ],
)
def test_a_column_shows_its_order(cells: list[str], order: Order | None) -> None:
    orders = Orders()
    for cell in cells:
        orders.look(cell)
    assert orders.decided is order


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2026-03-31 10:20", 7, 20),
        ("2026-03-31T10:20:00Z", 10, 20),
        ("31.03.2026 10:20:59+05:00", 5, 20),
        ("Mar 31, 2026 10:20 PM", 19, 20),
    ],
)
def test_a_moment_without_a_zone_is_in_that_of_the_reader(
    text: str, hour: int, minute: int
) -> None:
    found = moment_in(text, None, MOSCOW)
    assert (found.tzinfo, found.hour, found.minute) == (UTC, hour, minute)


@given(st.datetimes(datetime(1900, 1, 2), datetime(2100, 12, 30)))
def test_a_moment_is_read_back_to_the_microsecond(moment: datetime) -> None:
    assert moment_in(moment.isoformat(), None, ZoneInfo("UTC")) == moment.replace(tzinfo=UTC)


@given(st.text(max_size=70))
def test_any_text_is_a_day_or_is_refused(text: str) -> None:
    Orders().look(text)
    for order in (None, *Order):
        with suppress(Refusal):
            assert day_in(text, order).year >= 1900
