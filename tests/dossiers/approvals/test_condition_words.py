"""The fields of steps as people read them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from dossiers.approvals.condition_words import (
    condition_words,
    duration_words,
    frozen_words,
    meetings_words,
    signers_words,
)
from dossiers.approvals.flaw_words import flaws_words
from dossiers.approvals.purchases import Condition
from dossiers.approvals.steps import Duration
from dossiers.approvals.working_days import Frozen, Meetings
from tests.factories.approvals import usual_document
from wiki.locale import force_locale

MILLION = Decimal(1_000_000)


@pytest.fixture(autouse=True)
def _english(app: Flask) -> Iterator[None]:
    with app.app_context(), force_locale("en"):
        yield


def _words(**what: object) -> str:
    return condition_words(
        Condition("RUB", **what),  # type: ignore[arg-type]
        {1: "Printers", 2: "Inks"},
    ).replace("\u00a0", " ")


def test_a_condition_says_all_that_must_hold() -> None:
    assert _words() == ""
    assert _words(amount_from=3 * MILLION) == "from 3,000,000 RUB"
    assert _words(amount_to=MILLION) == "less than 1,000,000 RUB"
    assert _words(amount_from=MILLION, amount_to=3 * MILLION, new_vendor=True) == (
        "from 1,000,000 to less than 3,000,000 RUB, new vendor"
    )
    assert _words(categories=frozenset({1, 2}), personal_data=False) == (
        "Inks or Printers, no personal data"
    )
    assert _words(tags=frozenset({"lease"}), categories=frozenset({9})) == (
        "a product category that is gone, «lease»"
    )


def test_meetings_are_told_by_weekday_number_and_second_week() -> None:
    assert meetings_words(None) == ""
    assert meetings_words(Meetings(1)) == "every Tuesday"
    assert meetings_words(Meetings(1, frozenset({3, 1}))) == "Tuesday, No. 1 and 3 in the month"
    assert meetings_words(Meetings(1, counted_from=date(2025, 3, 4))) == (
        "every second Tuesday, counted from 4 March 2025"
    )


def test_frozen_days_lead_over_new_year() -> None:
    assert frozen_words((Frozen((12, 20), (1, 10)),)) == "20 December – 10 January"


def test_how_many_must_agree_is_told_when_there_is_a_choice() -> None:
    step = usual_document().steps[0]

    assert signers_words(replace(step, positions=(1,))) == ""
    assert signers_words(replace(step, positions=(1, 2, 3))) == "all 3"
    assert signers_words(replace(step, positions=(1, 2, 3), needed=1)) == "any one of 3"
    assert signers_words(replace(step, positions=(1, 2, 3), needed=2)) == "any 2 of 3"
    assert signers_words(replace(step, positions=(1, 2), needed=5)) == "all 2"


def test_durations_have_one_or_two_figures() -> None:
    assert duration_words(Duration(1, 1)) == "1 working day"
    assert duration_words(Duration(3, 5)) == "3–5 working days"
    assert duration_words(Duration(5, 3)) == "5 working days"


def test_amounts_that_nobody_signs_are_told_in_a_sentence() -> None:
    document = usual_document()
    dear = Condition("RUB", amount_from=MILLION)
    signs_dear = replace(
        document, steps=(replace(document.steps[4], condition=dear, after=frozenset()),)
    )

    assert flaws_words(document) == []
    assert flaws_words(signs_dear) == ["Nobody is sure to sign below 1,000,000\u00a0RUB."]


def test_a_condition_that_is_never_met_is_told_by_the_title_of_its_step() -> None:
    document = usual_document()
    never = Condition("RUB", amount_from=MILLION, amount_to=MILLION)
    steps = tuple(
        replace(one, condition=never) if one.code == "legal" else one for one in document.steps
    )

    (sentence,) = flaws_words(replace(document, steps=steps))
    assert "«Legal»" in sentence
