"""Letters about promises, handed to a real mail server: each morning, and at once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dossiers.clients.models import Client
from tests.conftest import Cast
from tests.dossiers.renewals.calendar.postbox import Postbox, postbox
from tests.factories.dossiers import make_client
from tests.factories.renewals import make_promise
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.config import Settings
from wiki.database import Database
from wiki.mail import send_due
from wiki.pages.watching.daily import send_daily_mails

BrowserOf = Callable[[Actor | None], FlaskClient]
# In March Moscow is three hours ahead of UTC: seven in the morning is 04:00.
SEVEN = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LATE, TODAY, LATER, MADE = (
    date(2026, 2, 27),
    date(2026, 3, 2),
    date(2026, 3, 3),
    date(2026, 2, 1),
)
pytestmark = pytest.mark.usefixtures("clock", "promises")


@pytest.fixture
def promises(database: Database, cast: Cast) -> None:
    """Of anna one is late, one due today, one later; one of the restricted client is late."""
    with database.transaction() as session:
        open_one = make_client(session, cast.anna, "Romashka")
        secret = make_client(session, cast.anna, "Secret", restricted=True)
        for client, due_on, what in (
            (open_one, LATE, "Send the offer"),
            (open_one, TODAY, "Call the buyer"),
            (open_one, LATER, "Bring samples"),
            (secret, LATE, "Hidden thing"),
        ):
            make_promise(session, cast.anna, client, due_on, what, made_on=MADE)


class Morning:
    """Posts what is due and hands it to a mail server."""

    def __init__(self, app: Flask, database: Database, settings: Settings, box: Postbox) -> None:
        self.app, self.database, self.box = app, database, box
        self.settings = replace(settings, smtp_host="127.0.0.1", smtp_port=box.port, smtp_tls=False)

    def comes(self, moment: datetime = SEVEN) -> dict[str, str]:
        """The letters of the morning, by who got them."""
        with self.app.app_context():
            send_daily_mails(self.database, self.settings, moment)
        return self.delivers()

    def delivers(self) -> dict[str, str]:
        """The letters that wait, by who got them."""
        self.box.letters.clear()
        send_due(self.database, self.settings)
        return {
            str(one["To"]).partition("@")[0]: "\n".join(
                [str(one["Subject"]), *one.get_content().splitlines()]
            )
            for one in self.box.letters
        }


@pytest.fixture
def morning(app: Flask, database: Database, settings: Settings) -> Iterator[Morning]:
    with postbox() as box:
        yield Morning(app, database, settings, box)


def test_in_the_morning_one_reads_once_what_is_late_and_due_today(morning: Morning) -> None:
    letters = morning.comes()
    assert set(letters) == {"anna"}
    told = letters["anna"]
    assert told.startswith("3 promises are due\n")
    parts = ("OVERDUE (2)", "Send the offer", "DUE TODAY (1)", "Call the buyer")
    assert [told.index(words) for words in parts] == sorted(told.index(words) for words in parts)
    assert "Bring samples" not in told
    assert f"{morning.settings.base_url}/promises/1" in told
    assert "This is new" not in told
    assert morning.comes() == {}


def test_the_next_morning_what_was_not_kept_is_told_again(morning: Morning) -> None:
    morning.comes()
    next_day = morning.comes(datetime(2026, 3, 3, 4, 0, tzinfo=UTC))
    assert next_day["anna"].startswith("4 promises are due\n")


def test_the_letter_speaks_the_reader_s_language(
    morning: Morning, database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        session.get_one(User, cast.anna.id).language = "ru"
    assert "27 февраля 2026" in morning.comes()["anna"]


@pytest.mark.parametrize("change", [{"daily_mail": False}, {"deactivated_at": SEVEN}])
def test_who_wants_no_letters_or_has_left_gets_none(
    morning: Morning, database: Database, cast: Cast, change: dict[str, object]
) -> None:
    with database.transaction() as session:
        for name, value in change.items():
            setattr(session.get_one(User, cast.anna.id), name, value)
    assert morning.comes() == {}


def test_who_may_not_see_a_client_any_more_reads_nothing_of_it(
    morning: Morning, database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        session.get_one(User, cast.anna.id).team_id = cast.boris.team_id
    told = morning.comes()["anna"]
    assert told.startswith("2 promises are due\n")
    assert "Hidden thing" not in told


def test_who_is_given_a_promise_hears_of_it_at_once_and_only_once(
    morning: Morning, cast: Cast, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    handed = {"hand-user": str(cast.vera.id), "hand-words": "On leave"}
    for _time in range(2):
        assert anna.post("/promises/1/hand", data=handed).status_code == 302
    told = morning.delivers()["vera"]
    assert len(morning.box.letters) == 1
    assert "gave you a promise to look after: Send the offer" in told
    assert "Why: On leave" in told


def test_who_keeps_a_promise_hears_that_another_moved_it_but_not_of_own_moves(
    morning: Morning, cast: Cast, browser_of: BrowserOf
) -> None:
    move = {"move-due_on": "2026-03-20", "move-words": "The plant is shut"}
    assert browser_of(cast.anna).post("/promises/2/move", data=move).status_code == 302
    assert morning.delivers() == {}
    assert browser_of(cast.vera).post("/promises/1/move", data=move).status_code == 302
    told = morning.delivers()["anna"]
    assert "moved a promise of yours: Send the offer" in told
    assert "20 March 2026" in told


def test_a_promise_written_down_for_a_colleague_is_told_them_unless_they_want_no_letters(
    morning: Morning, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    said = {"what": "Visit them", "due_on": "2026-03-09", "side": "us", "user": str(cast.vera.id)}
    anna = browser_of(cast.anna)
    assert anna.post("/clients/1/promises", data=said).status_code == 302
    assert "Visit them" in morning.delivers()["vera"]
    with database.transaction() as session:
        session.get_one(User, cast.vera.id).daily_mail = False
    assert anna.post("/clients/1/promises", data=said).status_code == 302
    assert morning.delivers() == {}


def test_promises_of_a_merged_client_are_told_under_the_client_it_became(
    morning: Morning, database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        home = make_client(session, cast.anna, "Lotos")
        session.get_one(Client, 1).merged_into_id = home.id
    assert "Send the offer\nLotos" in morning.comes()["anna"]
