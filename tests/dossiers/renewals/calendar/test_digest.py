"""The weekly letter, handed to a real mail server: when, to whom, about what, and never twice."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from dossiers.renewals.calendar.digest import _send, send_digests
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.models import Contract
from tests.conftest import Cast, SetClock
from tests.dossiers.renewals.calendar.conftest import TODAY, Browser
from tests.dossiers.renewals.calendar.postbox import Postbox, postbox
from wiki.accounts.models import User
from wiki.config import Settings
from wiki.database import Database
from wiki.mail import send_due

pytestmark = pytest.mark.usefixtures("renewals")
# In March Moscow is three hours ahead of UTC: seven in the morning of Monday is 04:00.
BEFORE_SEVEN = datetime(2026, 3, 2, 3, 59, tzinfo=UTC)
SEVEN = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 3, 9, 4, 0, tzinfo=UTC)


class Week:
    """Posts what is due and hands it to a mail server."""

    def __init__(self, app: Flask, database: Database, settings: Settings, box: Postbox) -> None:
        self.app, self.database, self.box = app, database, box
        self.settings = replace(settings, smtp_host="127.0.0.1", smtp_port=box.port, smtp_tls=False)

    def at(self, moment: datetime) -> dict[str, str]:
        """The texts of the letters that went out, by who got them."""
        self.box.letters.clear()
        with self.app.app_context():
            send_digests(self.database, self.settings, moment)
        send_due(self.database, self.settings)
        return {
            str(one["To"]).partition("@")[0]: f"{one['Subject']}\n{one.get_content()}"
            for one in self.box.letters
        }


@pytest.fixture
def week(app: Flask, database: Database, settings: Settings) -> object:
    with postbox() as box:
        yield Week(app, database, settings, box)


def test_on_monday_at_seven_each_gets_what_is_pressing_for_them(week: Week) -> None:
    assert week.at(BEFORE_SEVEN) == {}
    letters = week.at(SEVEN)
    assert set(letters) == {"anna", "boris", "vera", "adam"}
    assert letters["anna"].startswith("2 renewals are too late\n")
    assert "LATE-1" in letters["anna"]
    assert "SOON-1" not in letters["anna"]
    assert letters["boris"].startswith("1 renewal this week\n")
    assert "one must begin 6 working days earlier" in letters["boris"]
    assert "CALM-1" not in letters["boris"]
    assert f"{week.settings.base_url}/contracts/2" in letters["boris"]


def test_a_restricted_client_is_in_no_letter_of_others(week: Week) -> None:
    letters = week.at(SEVEN)
    assert {name for name, text in letters.items() if "Secret" in text} == {"anna", "vera", "adam"}


def test_no_letter_goes_out_twice_and_the_next_week_has_its_own(
    week: Week, clock: SetClock
) -> None:
    assert len(week.at(SEVEN)) == 4
    assert week.at(SEVEN) == {}
    assert week.at(datetime(2026, 3, 8, 20, 0, tzinfo=UTC)) == {}
    clock.moment = NEXT_MONDAY
    assert len(week.at(NEXT_MONDAY)) == 4


def test_two_workers_at_the_same_minute_send_one_letter(week: Week, cast: Cast) -> None:
    with week.app.app_context():
        assert _send(week.database, week.settings, cast.anna.id, TODAY)
        assert not _send(week.database, week.settings, cast.anna.id, TODAY)


def test_who_wants_none_or_has_left_gets_none_and_may_want_it_again(
    week: Week, browser_of: Browser, cast: Cast, clock: SetClock
) -> None:
    assert "No more letters" in browser_of(cast.boris).get("/renewals/feed").text
    browser_of(cast.boris).post("/renewals/feed/letter")
    assert "Send me the letter" in browser_of(cast.boris).get("/renewals/feed").text
    with week.database.transaction() as session:
        session.get_one(User, cast.anna.id).deactivated_at = clock.moment
    assert set(week.at(SEVEN)) == {"vera", "adam"}
    browser_of(cast.boris).post("/renewals/feed/letter")
    assert set(week.at(SEVEN)) == {"boris"}


def test_without_anything_pressing_no_letter_comes(week: Week) -> None:
    with week.database.transaction() as session:
        for contract in session.query(Contract):
            contract.state = RenewalState.RENEWED
    assert week.at(SEVEN) == {}


def test_the_letter_is_in_the_reader_s_language(week: Week, cast: Cast) -> None:
    with week.database.transaction() as session:
        session.get_one(User, cast.boris.id).language = "ru"
    letters = week.at(SEVEN)
    assert "12 марта 2026" in letters["boris"]
    assert "20 February 2026" in letters["anna"]
