"""The daily letter: once, in the morning of the reader, about what the reader may see."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import Cast, SetClock
from tests.factories.pages import make_page_row
from wiki.accounts.models import User
from wiki.config import Settings
from wiki.database import Database
from wiki.mail import Letter
from wiki.pages.models import Page
from wiki.pages.watching.daily import _send, send_daily_mails, send_due_daily_mails
from wiki.pages.watching.services import mark_all_read, notify_of_revision, watch_page

# In March Moscow is three hours ahead of UTC: seven in the morning is 04:00.
BEFORE_SEVEN = datetime(2026, 3, 3, 3, 59, tzinfo=UTC)
SEVEN = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)


@pytest.fixture
def news(database: Database, cast: Cast, clock: SetClock) -> Page:
    """Vera changed a page that anna watches, on the second of March at noon in Moscow."""
    with database.transaction() as session:
        page = make_page_row(session, "Пельмени «Домашние»", cast.vera)
        watch_page(session, cast.anna.id, page.id)
        notify_of_revision(session, cast.vera, page, 2, "edit")
        return page


class Post:
    """Sends what is due and shows what was posted."""

    def __init__(self, app: Flask, database: Database, settings: Settings) -> None:
        self.app, self.database, self.settings = app, database, settings

    def at(self, moment: datetime) -> int:
        with self.app.app_context():
            return send_daily_mails(self.database, self.settings, moment)

    @property
    def letters(self) -> list[Letter]:
        with self.database.reading() as session:
            return list(session.scalars(select(Letter).order_by(Letter.id)))


@pytest.fixture
def post(app: Flask, database: Database, settings: Settings) -> Post:
    return Post(app, database, settings)


def test_the_letter_goes_out_at_seven_and_not_before(post: Post, news: Page, cast: Cast) -> None:
    assert post.at(BEFORE_SEVEN) == 0
    assert post.at(SEVEN) == 1
    (letter,) = post.letters
    assert letter.to == cast.anna.email
    assert letter.subject == "1 page you watch"
    assert "Пельмени «Домашние»" in letter.text
    assert "edited, Vera" in letter.text
    assert f"{post.settings.base_url}/pages/{news.id}/compare?from=1&to=2" in letter.text
    assert "12:00" in letter.text


def test_the_letter_never_goes_out_twice(post: Post, news: Page) -> None:
    assert [post.at(SEVEN), post.at(SEVEN)] == [1, 0]
    assert post.at(datetime(2026, 3, 3, 20, 0, tzinfo=UTC)) == 0
    assert post.at(datetime(2026, 3, 4, 4, 0, tzinfo=UTC)) == 0
    assert len(post.letters) == 1


def test_more_news_of_the_same_page_comes_the_next_morning(
    post: Post, news: Page, database: Database, cast: Cast, clock: SetClock
) -> None:
    post.at(SEVEN)
    clock.forward(days=1)
    with database.transaction() as session:
        notify_of_revision(session, cast.vera, session.get_one(Page, news.id), 3, "edit")
    assert post.at(datetime(2026, 3, 3, 10, 0, tzinfo=UTC)) == 0
    assert post.at(datetime(2026, 3, 4, 4, 0, tzinfo=UTC)) == 1
    assert "2 times" in post.letters[1].text


def test_two_workers_at_the_same_minute_send_one_letter(
    post: Post, news: Page, database: Database, cast: Cast, clock: SetClock
) -> None:
    with post.app.app_context():
        assert _send(database, post.settings, cast.anna.id, SEVEN.date())
        clock.forward(seconds=1)
        with database.transaction() as session:
            notify_of_revision(session, cast.vera, session.get_one(Page, news.id), 3, "edit")
        assert not _send(database, post.settings, cast.anna.id, SEVEN.date())
    assert len(post.letters) == 1


def test_each_gets_it_at_their_own_seven(
    post: Post, news: Page, database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        session.get_one(User, cast.anna.id).time_zone = "Asia/Vladivostok"
    assert post.at(datetime(2026, 3, 2, 20, 59, tzinfo=UTC)) == 0
    assert post.at(datetime(2026, 3, 2, 21, 0, tzinfo=UTC)) == 1


def test_no_letter_without_news_and_none_for_what_was_read(
    post: Post, news: Page, database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        mark_all_read(session, cast.anna)
    assert post.at(SEVEN) == 0
    assert post.letters == []


@pytest.mark.parametrize("change", [{"daily_mail": False}, {"deactivated_at": SEVEN}])
def test_who_wants_none_or_has_left_gets_none(
    post: Post, news: Page, database: Database, cast: Cast, change: dict[str, object]
) -> None:
    with database.transaction() as session:
        for name, value in change.items():
            setattr(session.get_one(User, cast.anna.id), name, value)
    assert post.at(SEVEN) == 0


def test_a_page_hidden_before_the_morning_is_not_in_the_letter(
    post: Post, news: Page, database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        other = make_page_row(session, "Открытая", cast.vera)
        watch_page(session, cast.anna.id, other.id)
        notify_of_revision(session, cast.vera, other, 2, "edit")
        session.get_one(Page, news.id).audience = f"team:{cast.boris.team_id}"
    post.at(SEVEN)
    (letter,) = post.letters
    assert "Открытая" in letter.text
    assert "Домашние" not in letter.text
    assert letter.subject == "1 page you watch"


def test_the_letter_is_dated_in_the_reader_s_language(
    post: Post, news: Page, database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        session.get_one(User, cast.anna.id).language = "ru"
    post.at(SEVEN)
    assert "2 мар. 2026" in post.letters[0].text


def test_a_letter_that_cannot_be_written_is_tried_again(
    post: Post, news: Page, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_values: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr("wiki.pages.watching.daily.post", broken)
        with pytest.raises(OSError, match="disk full"):
            post.at(SEVEN)
    assert post.at(SEVEN) == 1


def test_the_bell_forgets_pages_of_a_team_the_reader_has_left(
    app: Flask, database: Database, cast: Cast, clock: SetClock
) -> None:
    clock.moment = BEFORE_SEVEN
    with database.transaction() as session:
        for title, audience in (("Северная", f"team:{cast.anna.team_id}"), ("Общая", "all")):
            page = make_page_row(session, title, cast.vera, audience=audience)
            watch_page(session, cast.anna.id, page.id)
            notify_of_revision(session, cast.vera, page, 2, "edit")
    assert _bell(database, cast) == 2
    with database.transaction() as session:
        session.get_one(User, cast.anna.id).team_id = cast.boris.team_id
    send_due_daily_mails(app)
    assert _bell(database, cast) == 1


def _bell(database: Database, cast: Cast) -> int:
    with database.reading() as session:
        return session.get_one(User, cast.anna.id).unread_notices
