"""Values, places and waits of the connector to Tryton, without a server."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dossiers.deals.connectors.backing_off import FIRST_WAIT, LONGEST_WAIT, wait_after
from dossiers.deals.connectors.problems import PullError, kept_sentence, plain_sentence
from dossiers.deals.connectors.tryton.records import record_of
from dossiers.deals.connectors.tryton.streams import OVERLAP, STREAMS, rewound
from dossiers.deals.connectors.tryton.values import (
    amount_in,
    day_in,
    moment_in,
    moment_out,
    plain,
    rounded_in,
    text_in,
)
from dossiers.deals.kinds import DealKind

NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
ROW = {"id": 7, "number": "12", "description": None, "create_date": moment_out(NOW)}


@given(some.decimals(-(10**13), 10**13, places=4))
def test_an_amount_stays_exact(amount: Decimal) -> None:
    assert amount_in({"__class__": "Decimal", "decimal": str(amount)}) == amount


@pytest.mark.parametrize("year", [1, 217, 9999])
def test_a_day_that_no_report_could_hold_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match="before 1900"):
        day_in({"__class__": "date", "year": year, "month": 1, "day": 1})


def test_letters_that_cannot_be_kept_are_left_out() -> None:
    assert text_in("a\0b\x01 \ud800", 9) == "a b \ufffd"
    assert plain({"x": ["\0\ud800"]}) == {"x": [" \ufffd"]}


@pytest.mark.parametrize("value", ["1.00001", "1e20", "NaN", "Infinity", "x"])
def test_what_cannot_be_kept_exactly_is_refused(value: str) -> None:
    with pytest.raises((ValueError, ArithmeticError)):
        amount_in({"__class__": "Decimal", "decimal": value})


@pytest.mark.parametrize("value", [True, "5", [], {"__class__": "date"}, {}])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises((ValueError, KeyError)):
        amount_in(value)


def test_floats_come_as_decimals_with_four_digits() -> None:
    assert rounded_in(Decimal("0.30000000000000004")) == Decimal("0.3")


@given(some.datetimes(timezones=some.just(UTC)))
def test_moments_keep_their_microseconds(moment: datetime) -> None:
    assert moment_in(moment_out(moment)) == moment


def test_empty_zero_and_not_said_are_three_things() -> None:
    empty = record_of({**ROW, "amount": None}, ())
    zero = record_of({**ROW, "amount": {"__class__": "Decimal", "decimal": "0.00"}}, ())
    unsaid = record_of(ROW, ())
    assert (empty.amount, "amount" in empty.said) == (None, True)
    assert (zero.amount, "amount" in zero.said) == (Decimal(0), True)
    assert "amount" not in unsaid.said


def test_before_the_first_edit_a_deal_is_as_new_as_its_making() -> None:
    assert record_of({**ROW, "write_date": None}, ()).updated_at == NOW
    later = NOW + timedelta(days=1)
    assert record_of({**ROW, "write_date": moment_out(later)}, ()).updated_at == later


def test_a_deal_without_words_is_called_by_its_number() -> None:
    assert record_of(ROW, ()).title == "12"
    assert record_of({**ROW, "reference": "R\0\n1"}, ()).title == "R 1"


@pytest.mark.parametrize(
    ("state", "stage", "kind", "closed"),
    [
        ("lead", "Lead", DealKind.OPEN, False),
        ("converted", "Converted", DealKind.OPEN, False),
        ("won", "Won", DealKind.WON, True),
        ("lost", "Lost", DealKind.LOST, True),
        ("cancelled", "Cancelled", DealKind.LOST, True),
        ("house_made", "house_made", None, False),
    ],
)
def test_states_mean_kinds(state: str, stage: str, kind: DealKind | None, closed: bool) -> None:
    end = {"__class__": "date", "year": 2026, "month": 5, "day": 1}
    record = record_of({**ROW, "state": state, "end_date": end}, ())
    assert (record.stage, record.kind, record.closed_on is not None) == (stage, kind, closed)
    assert ("planned_on" in record.said) is not closed


def test_the_next_visit_goes_back_before_the_end_and_before_the_begin_of_the_last() -> None:
    place = {"edited": [(NOW + timedelta(hours=2)).isoformat(), 9], "made": None}
    assert rewound(place, NOW.isoformat()) == {"edited": [(NOW - OVERLAP).isoformat(), 0]}
    early = {"edited": [(NOW - timedelta(days=9)).isoformat(), 9]}
    then = (NOW - timedelta(days=9) - OVERLAP).isoformat()
    assert rewound(early, NOW.isoformat()) == {"edited": [then, 0]}


def test_deals_that_are_edited_meanwhile_come_later_in_the_order_of_streams() -> None:
    assert [(stream.model, stream.edited) for stream in STREAMS] == [
        ("sale.opportunity", False),
        ("sale.opportunity", True),
        ("sale.opportunity.line", False),
        ("sale.opportunity.line", True),
    ]


@given(some.integers(1, 10**6), some.floats(0, 1), some.integers(0, 10**5))
def test_waits_lie_between_a_half_and_the_whole(failures: int, chance: float, asked: int) -> None:
    wait = wait_after(failures, timedelta(seconds=asked), lambda: chance)
    assert wait >= max(FIRST_WAIT / 2, timedelta(seconds=asked))
    assert wait <= max(LONGEST_WAIT, timedelta(seconds=asked))


@given(some.text(max_size=2000))
def test_a_kept_sentence_fits_its_column(text: str) -> None:
    kept = kept_sentence(PullError("Why: %(why)s.", why=text))
    assert len(kept) <= 1000
    assert plain_sentence(kept)
