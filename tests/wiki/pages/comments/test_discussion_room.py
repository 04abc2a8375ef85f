"""The tab «Discussion» as a browser without scripts sees it."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.counting import counting
from tests.factories.pages import make_page_row
from wiki import clock as wiki_clock
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.database import Database
from wiki.pages.comments.services import add_comment
from wiki.pages.models import Page

Browser = Callable[[Actor | None], FlaskClient]


@pytest.fixture
def page(database: Database, cast: Cast) -> Page:
    with database.transaction() as session:
        return make_page_row(session, "Пельмени", cast.vera)


def test_a_comment_comes_back_escaped_with_its_links(
    browser_of: Browser, cast: Cast, page: Page
) -> None:
    nina = browser_of(cast.nina)
    text = "<script>alert(1)</script>\nсм. https://example.com/?a=1&b=2.\n\nВторой абзац"
    sent = nina.post(f"/pages/{page.id}/comments", data={"text": text})
    assert sent.status_code == 302
    assert sent.location.endswith("#comment-1")
    shown = nina.get(f"/pages/{page.id}/comments").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>alert" not in shown
    assert 'href="https://example.com/?a=1&amp;b=2"' in shown
    assert "<p>Второй абзац</p>" in shown


def test_what_was_too_long_stands_in_the_form_again(
    browser_of: Browser, cast: Cast, page: Page
) -> None:
    answer = browser_of(cast.nina).post(f"/pages/{page.id}/comments", data={"text": "ю" * 5001})
    assert answer.status_code == 422
    assert "ю" * 5001 in answer.text
    assert "5001 characters" in answer.text


def test_a_too_long_answer_stands_in_the_form_of_its_thread(
    browser_of: Browser, cast: Cast, page: Page
) -> None:
    nina, address = browser_of(cast.nina), f"/pages/{page.id}/comments"
    nina.post(address, data={"text": "Вопрос"})
    answer = nina.post(address, data={"text": "ю" * 5001, "parent": "1"})
    assert 'id="answer-1-error"' in answer.text
    assert 'id="text-error"' not in answer.text


def test_resolving_reopening_and_withdrawing_are_plain_forms(
    browser_of: Browser, cast: Cast, page: Page
) -> None:
    nina, anna = browser_of(cast.nina), browser_of(cast.anna)
    address = f"/pages/{page.id}/comments"
    nina.post(address, data={"text": "Тайный вопрос"})
    assert f"{address}/1/withdraw" in nina.get(address).text
    assert f"{address}/1/withdraw" not in anna.get(address).text
    assert anna.post(f"{address}/1/resolve").status_code == 302
    assert "1 discussion is settled" in anna.get(address).text
    assert nina.post(f"{address}/1/reopen").status_code == 302
    assert nina.post(f"{address}/1/withdraw").status_code == 302
    shown = anna.get(address).text
    assert "Withdrawn by its author." in shown
    assert "Тайный вопрос" not in shown


def test_who_has_left_keeps_the_name(
    browser_of: Browser, cast: Cast, page: Page, database: Database
) -> None:
    with database.transaction() as session:
        add_comment(session, cast.boris, page.id, "До свидания")
        session.get_one(User, cast.boris.id).deactivated_at = wiki_clock.now()
    assert "Boris" in browser_of(cast.anna).get(f"/pages/{page.id}/comments").text


def test_the_discussion_of_a_hidden_page_is_as_absent_as_one_that_never_was(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    with database.transaction() as session:
        hidden = make_page_row(session, "Юг", cast.boris, audience=f"team:{cast.boris.team_id}")
    anna, address = browser_of(cast.anna), f"/pages/{hidden.id}/comments"
    assert browser_of(cast.boris).get(address).status_code == 200
    assert anna.get(address).status_code == anna.get("/pages/999/comments").status_code == 404
    assert anna.post(address, data={"text": "?"}).status_code == 404
    assert "Юг" not in anna.get(address).text


def test_a_hundred_comments_cost_as_many_statements_as_one(
    browser_of: Browser, cast: Cast, page: Page, database: Database
) -> None:
    nina, counts = browser_of(cast.nina), []
    for size in (1, 100):
        with database.transaction() as session:
            for n in range(size):
                add_comment(session, cast.anna, page.id, f"{size} {n}")
        with counting(database) as sent:
            nina.get(f"/pages/{page.id}/comments")
        counts.append(len(sent))
    assert counts[0] == counts[1]
