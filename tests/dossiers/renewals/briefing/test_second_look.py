"""What a briefing must not tell, and months that no calendar has."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from dossiers.renewals.reviews.services import Task, give_follow_up, open_review
from tests.conftest import Cast, SetClock
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]


def test_what_a_director_wants_is_told_once_the_review_is_signed(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        review = open_review(session, cast.vera, client.id)
        task = Task("Replace the manager", cast.anna.id, date(2026, 3, 20))
        give_follow_up(session, cast.vera, client.id, review.id, task)
    here = f"/clients/{client.id}/briefing"
    assert "Replace the manager" not in browser_of(cast.anna).get(here).text
    vera = browser_of(cast.vera)
    page = vera.get(f"/clients/{client.id}/reviews/{review.id}").text
    read = page.partition('name="read" value="')[2].partition('"')[0]
    signed = {"verdict": "safe", "read": read}
    vera.post(f"/clients/{client.id}/reviews/{review.id}/sign", data=signed)
    assert "Replace the manager" in browser_of(cast.anna).get(here).text


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "10000-01", "2026-13", "\x00", "2026-0١"])
def test_a_month_that_no_calendar_has_is_refused_in_words(
    cast: Cast, browser_of: BrowserOf, clock: SetClock, month: str
) -> None:
    answer = browser_of(cast.anna).post("/renewals/briefings", data={"month": month})
    assert answer.status_code == 422
    assert "Nothing was made" in answer.text
