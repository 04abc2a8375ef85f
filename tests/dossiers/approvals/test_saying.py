"""Conditions, durations and meetings are said in plain words."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from dossiers.approvals.kinds import StepKind
from dossiers.approvals.purchases import Condition
from dossiers.approvals.saying import (
    condition_said,
    duration_said,
    frozen_said,
    meetings_said,
    money,
    needed_said,
)
from dossiers.approvals.steps import Duration, Step
from dossiers.approvals.working_days import Frozen, Meetings
from wiki.locale import force_locale


@pytest.fixture(autouse=True)
def english(app: Flask):  # type: ignore[no-untyped-def]
    with app.test_request_context(), force_locale("en"):
        yield


def test_amounts_are_said_with_both_ends() -> None:
    low, high = Decimal(500_000), Decimal(3_000_000)
    assert condition_said(Condition("RUB", low, high), {}) == (
        "from 500,000\u00a0RUB to below 3,000,000\u00a0RUB"
    )
    assert condition_said(Condition("RUB", amount_from=high), {}) == "from 3,000,000\u00a0RUB"
    assert condition_said(Condition("RUB", amount_to=low), {}) == "below 500,000\u00a0RUB"
    assert money(Decimal("1.5"), "") == "1.5"


def test_other_conditions_are_said_and_none_says_nothing() -> None:
    condition = Condition(
        categories=frozenset({1, 7}),
        new_vendor=True,
        personal_data=False,
        tags=frozenset({"tender"}),
    )
    assert condition_said(condition, {1: "Cubes"}) == (
        "for a new vendor, without personal data, product: Cubes or № 7, «tender»"
    )
    assert condition_said(Condition(), {}) == ""


def test_durations_and_meetings_are_said() -> None:
    assert duration_said(Duration(1, 1)) == "1 working day"
    assert duration_said(Duration(3, 10)) == "usually 3, slow 10 working days"
    assert meetings_said(Meetings(1)) == "Tuesday, every week"
    assert meetings_said(Meetings(1, frozenset({2, 4}))) == "Tuesday, number 2, 4 of the month"
    assert "from 6 January 2026" in meetings_said(Meetings(1, counted_from=date(2026, 1, 6)))


def test_a_day_that_no_year_has_is_said_as_the_last_of_its_month() -> None:
    assert frozen_said([Frozen((12, 20), (2, 31))]) == "20 December – 29 February"


def test_how_many_must_say_yes_is_said_only_when_several_act() -> None:
    assert needed_said(Step("a", "A", StepKind.SIGN, positions=(1,))) == ""
    assert needed_said(Step("a", "A", StepKind.SIGN, positions=(1, 2))) == "all of them"
    assert needed_said(Step("a", "A", StepKind.SIGN, positions=(1, 2), needed=1)) == (
        "one of them is enough"
    )
    assert needed_said(Step("a", "A", StepKind.SIGN, positions=(1, 2, 3), needed=2)) == "any 2 of 3"
