"""The bell, the list behind it, and the list of what one watches."""

from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.pages import add_revision_row, make_category, make_page_row
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.comments.services import add_comment
from wiki.pages.models import Page
from wiki.pages.watching.models import Notice
from wiki.pages.watching.services import notify_of_revision, watch_page

Browser = Callable[[Actor | None], FlaskClient]


def _watched_and_changed(database: Database, cast: Cast, title: str, **values: object) -> Page:
    """A page that anna and boris watch and that vera has changed twice."""
    with database.transaction() as session:
        page = make_page_row(session, title, cast.vera, **values)
        watch_page(session, cast.anna.id, page.id)
        watch_page(session, cast.boris.id, page.id)
        for number in (2, 3):
            add_revision_row(session, page, cast.vera, f"text {number}")
            notify_of_revision(session, cast.vera, page, number, "edit")
        return page


def _unread(database: Database) -> int:
    with database.reading() as session:
        return len(session.scalars(select(Notice).where(Notice.read_at.is_(None))).all())


def test_the_list_says_what_happened_and_opening_leads_to_the_differences(
    database: Database, browser_of: Browser, cast: Cast
) -> None:
    page = _watched_and_changed(database, cast, "Пельмени")
    anna = browser_of(cast.anna)
    shown = anna.get("/notices").text
    assert "Пельмени" in shown
    assert "Vera" in shown
    assert "2 times" in shown
    opened = anna.post("/notices/1/open")
    assert opened.location == f"/pages/{page.id}/compare?from=1&to=3"
    assert _unread(database) == 1


def test_a_notice_of_a_comment_leads_to_the_comment(
    database: Database, browser_of: Browser, cast: Cast
) -> None:
    with database.transaction() as session:
        page = make_page_row(session, "Пельмени", cast.vera)
        comment = add_comment(session, cast.nina, page.id, "Почему?")
    opened = browser_of(cast.vera).post("/notices/1/open")
    assert opened.location == f"/pages/{page.id}/comments#comment-{comment.id}"


def test_looking_marks_nothing_as_read(database: Database, browser_of: Browser, cast: Cast) -> None:
    page = _watched_and_changed(database, cast, "Пельмени")
    anna = browser_of(cast.anna)
    for address in ("/notices", f"/pages/{page.id}-{page.slug}", "/watching", "/changes"):
        assert anna.get(address).status_code == 200
    assert anna.get("/notices/1/open").status_code == 405
    assert _unread(database) == 2


def test_marking_one_and_all_empties_the_bell(
    database: Database, browser_of: Browser, cast: Cast
) -> None:
    for title in ("A", "B", "C"):
        _watched_and_changed(database, cast, title)
    anna = browser_of(cast.anna)
    assert '<span class="top-count">3</span>' in anna.get("/notices").text
    anna.post("/notices/1/read")
    assert '<span class="top-count">2</span>' in anna.get("/notices").text
    anna.post("/notices/read")
    assert "top-count" not in anna.get("/notices").text


def test_a_page_that_was_hidden_since_leaves_no_trace(
    database: Database, browser_of: Browser, cast: Cast
) -> None:
    page = _watched_and_changed(database, cast, "Южная")
    other = _watched_and_changed(database, cast, "Общая")
    with database.transaction() as session:
        session.get_one(Page, page.id).audience = f"team:{cast.boris.team_id}"
    anna, boris = browser_of(cast.anna), browser_of(cast.boris)
    for address in ("/notices", "/watching", "/changes", "/changes?only=watched"):
        assert "Южная" in boris.get(address).text
        assert "Южная" not in anna.get(address).text
        assert "Общая" in anna.get(address).text
    assert anna.post("/notices/1/open").status_code == 404
    with database.reading() as session:
        mine = select(Notice.id).where(Notice.page_id == other.id, Notice.user_id == cast.anna.id)
        anna.post(f"/notices/{session.scalars(mine).one()}/read")
    assert "top-count" not in anna.get("/notices").text


def test_watching_and_unwatching_by_the_buttons(
    database: Database, browser_of: Browser, cast: Cast
) -> None:
    with database.transaction() as session:
        page = make_page_row(session, "Пельмени", cast.vera)
        shelf = make_category(session, "Заморозка")
    nina = browser_of(cast.nina)
    assert nina.post(f"/pages/{page.id}/watch").location == f"/pages/{page.id}"
    assert nina.post(f"/categories/{shelf.id}/watch").location == "/watching"
    shown = nina.get("/watching").text
    assert "Пельмени" in shown
    assert "Заморозка" in shown
    assert (
        nina.post(f"/pages/{page.id}/unwatch", data={"next": "/watching"}).location == "/watching"
    )
    evil = nina.post(f"/categories/{shelf.id}/unwatch", data={"next": "//evil.example"})
    assert evil.location == "/watching"
    assert "You watch nothing yet" in nina.get("/watching").text


def test_the_bell_and_the_list_cost_the_same_for_one_notice_and_for_many(
    database: Database, browser_of: Browser, cast: Cast, clock: SetClock
) -> None:
    anna, counts = browser_of(cast.anna), []
    for size in (1, 60):
        for n in range(size):
            clock.forward(minutes=1)
            _watched_and_changed(database, cast, f"Страница {size} {n}")
        with counting(database) as sent:
            shown = anna.get("/notices").text
        counts.append(len(sent))
    assert counts[0] == counts[1]
    url = shown.split('rel="next" href="')[1].split('"')[0]
    second = anna.get(url).text
    assert "Страница 1 0" in second
    assert "Страница 60 59" not in second
