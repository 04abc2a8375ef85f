"""The morning letter about saved searches: once, at seven, about what the reader may see."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from search.saved.letters import send_due_letters
from search.saved.services import change_search, mark_read, remove_search
from tests.conftest import Cast
from tests.search.conftest import WritePage
from tests.search.saved.conftest import Keep, Worker
from wiki.accounts.models import User
from wiki.config import Settings
from wiki.mail import Letter
from wiki.pages.models import Page

# In March Moscow is three hours ahead of UTC: seven in the morning is 04:00.
BEFORE_SEVEN = datetime(2026, 3, 3, 3, 59, tzinfo=UTC)
SEVEN = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
NEXT_SEVEN = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)


class Post:
    """Sends what is due and shows what was posted."""

    def __init__(self, worker: Worker, settings: Settings) -> None:
        self.worker, self.settings = worker, settings

    def at(self, moment: datetime) -> int:
        self.worker.clock.moment = moment
        with self.worker.app.app_context():
            return send_due_letters(self.worker.database, self.worker.search, self.settings)

    @property
    def letters(self) -> list[Letter]:
        with self.worker.database.reading() as session:
            return list(session.scalars(select(Letter).order_by(Letter.id)))


@pytest.fixture
def post(worker: Worker, settings: Settings) -> Post:
    return Post(worker, settings)


@pytest.fixture
def found(worker: Worker, cast: Cast, keep: Keep, write_page: WritePage) -> int:
    """Anna's search, for which a page was found on the second of March at noon in Moscow."""
    ident = keep(cast.anna, "договор", "mail")
    write_page("Договор поставки")
    worker.look()
    return ident


def test_the_letter_goes_out_at_seven_and_never_twice(post: Post, found: int, cast: Cast) -> None:
    assert post.at(BEFORE_SEVEN) == 0
    assert post.at(SEVEN) == 1
    assert [post.at(SEVEN), post.at(NEXT_SEVEN)] == [0, 0]
    (letter,) = post.letters
    assert letter.to == cast.anna.email
    assert letter.subject == "1 new thing in your searches"
    assert "Договор поставки" in letter.text
    assert f"{post.settings.base_url}/pages/1-" in letter.text
    assert f"{post.settings.base_url}/search?q=" in letter.text
    assert f"{post.settings.base_url}/search/saved" in letter.text


def test_what_is_found_after_seven_comes_the_next_morning(
    post: Post, found: int, worker: Worker, write_page: WritePage
) -> None:
    post.at(SEVEN)
    write_page("Договор аренды")
    worker.look()
    assert post.at(datetime(2026, 3, 3, 20, tzinfo=UTC)) == 0
    assert post.at(NEXT_SEVEN) == 1
    assert "Договор поставки" not in post.letters[1].text
    assert "Договор аренды" in post.letters[1].text


def test_one_letter_holds_all_searches_and_each_thing_counts_once(
    post: Post, found: int, worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    keep(cast.anna, "аренда", "mail")
    write_page("Договор аренды")
    worker.look()
    assert post.at(SEVEN) == 1
    (letter,) = post.letters
    assert letter.subject == "2 new things in your searches"
    assert letter.text.count("— Договор аренды") == 2


def test_each_gets_it_at_their_own_seven(post: Post, found: int, cast: Cast) -> None:
    with post.worker.database.transaction() as session:
        session.get_one(User, cast.anna.id).time_zone = "Asia/Vladivostok"
    assert post.at(datetime(2026, 3, 2, 20, 59, tzinfo=UTC)) == 0
    assert post.at(datetime(2026, 3, 2, 21, 0, tzinfo=UTC)) == 1


def test_what_may_no_longer_be_seen_is_in_no_letter(
    post: Post, found: int, worker: Worker, write_page: WritePage
) -> None:
    write_page("Договор аренды")
    worker.look()
    with worker.database.transaction() as session:
        session.get_one(Page, 1).audience = "directors"
    post.at(SEVEN)
    (letter,) = post.letters
    assert letter.subject == "1 new thing in your searches"
    assert "поставки" not in letter.text
    with worker.database.transaction() as session:
        session.get_one(Page, 2).audience = "directors"
    assert post.at(NEXT_SEVEN) == 0


def test_nothing_is_sent_when_all_of_it_is_hidden_or_read(
    post: Post, found: int, worker: Worker, cast: Cast
) -> None:
    with worker.database.transaction() as session:
        mark_read(session, cast.anna)
    assert post.at(SEVEN) == 0
    assert post.letters == []


@pytest.mark.parametrize("how", ["list", "off"])
def test_who_wants_no_letters_gets_none(
    post: Post, found: int, worker: Worker, cast: Cast, how: str
) -> None:
    with worker.database.transaction() as session:
        change_search(session, cast.anna, found, "x", how)
    assert post.at(SEVEN) == 0


def test_a_removed_search_and_a_person_who_left_get_none(
    post: Post, found: int, worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    keep(cast.boris, "договор", "mail")
    write_page("Договор аренды")
    worker.look()
    with worker.database.transaction() as session:
        remove_search(session, cast.anna, found)
        session.get_one(User, cast.boris.id).deactivated_at = SEVEN
    assert post.at(SEVEN) == 0


def test_the_letter_speaks_the_reader_s_language_and_names_nobody_else_s_search(
    post: Post, found: int, worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    keep(cast.boris, "поставка борису", "mail")
    write_page("Поставка Борису")
    worker.look()
    assert post.at(SEVEN) == 2
    letters = {letter.to: letter.text for letter in post.letters}
    assert "борису" not in letters[cast.anna.email]
    assert "Договор" not in letters[cast.boris.email]


def test_a_letter_that_cannot_be_written_is_tried_again(
    post: Post, found: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_values: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr("search.saved.letters.post", broken)
        with pytest.raises(OSError, match="disk full"):
            post.at(SEVEN)
    assert post.at(SEVEN) == 1


def test_what_was_read_and_what_is_only_for_the_list_is_left_out(
    post: Post, found: int, worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    keep(cast.anna, "пельмени", "list")
    write_page("Пельмени")
    write_page("Договор аренды")
    with worker.database.transaction() as session:
        mark_read(session, cast.anna)
    worker.look()
    post.at(SEVEN)
    (letter,) = post.letters
    assert letter.subject == "1 new thing in your searches"
    assert "Договор аренды" in letter.text
    assert "Пельмени" not in letter.text
    assert "поставки" not in letter.text
