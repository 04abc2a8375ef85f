"""The history in a browser: who, when, why; comparing, restoring, undoing."""

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast, SetClock
from tests.factories.pages import revision_of, rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]
BODY = "First part.\n\nSecond part.\n\nThird part.\n"


@pytest.fixture
def page(app: Flask, cast: Cast, clock: SetClock) -> int:
    """A page with three versions."""
    page = write_page(app, cast.anna, "Pelmeni", BODY, facts={"code": "A-1"}, tags=("a", "b"))
    clock.forward(days=1)
    second = BODY.replace("Second", "Another")
    rewrite_page(app, cast.boris, page, body=second, reason="Better so", tags=("b", "c"))
    clock.forward(days=1)
    rewrite_page(
        app, cast.vera, page, title="Best pelmeni", body=second + "\nEnd.", facts={"code": "A-2"}
    )
    return page


def words(text: str) -> str:
    """What a reader sees, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_the_history_says_who_when_why_and_how_much(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    answer = browser_of(cast.nina).get(f"/pages/{page}/history")
    rows = [words(row) for row in re.findall(r"<tr>(.*?)</tr>", answer.text, re.DOTALL)[1:]]
    assert rows[0].startswith("3 4 Mar 2026, 12:00 V Vera edited")
    assert "Better so" in rows[1]
    assert "«Pelmeni»" in rows[1]
    assert f"{len(BODY) + 1} (+1)" in rows[1]
    assert rows[2].startswith("1 2 Mar 2026, 12:00 A Anna new")
    assert f"/pages/{page}/compare?from=1&amp;to=2" in answer.text


def test_a_long_history_comes_in_parts(
    app: Flask, browser_of: Browser, cast: Cast, page: int
) -> None:
    for number in range(4, 54):
        rewrite_page(app, cast.anna, page, body=f"Text {number}.")
    nina = browser_of(cast.nina)
    first = nina.get(f"/pages/{page}/history").text
    assert f"/pages/{page}/revisions/53" in first
    assert f'/pages/{page}/revisions/3"' not in first
    before = re.findall(r"\?before=(\d+)", first)[0]
    second = nina.get(f"/pages/{page}/history?before={before}").text
    numbers = re.findall(rf"/pages/{page}/revisions/(\d+)", first + second)
    assert numbers == [str(n) for n in range(53, 0, -1)]
    assert "?before=" not in second


@pytest.mark.parametrize("view", ["", "&view=inline"])
def test_two_versions_stand_side_by_side_or_in_one_column(
    browser_of: Browser, cast: Cast, page: int, view: str
) -> None:
    answer = browser_of(cast.nina).get(f"/pages/{page}/compare?from=1&to=3{view}").text
    assert "<del>Second</del>" in answer
    assert "<ins>Another</ins>" in answer
    assert "<ins>End.</ins>" in answer
    facts = words(answer.split('class="table diff-facts"')[1].split("</table>")[0])
    assert "Title Pelmeni Best pelmeni" in facts
    assert "code A-1 A-2" in facts
    assert "Tags a c" in facts
    assert ('class="diff-old"' in answer) is (view == "")


def test_by_default_the_last_step_is_compared(browser_of: Browser, cast: Cast, page: int) -> None:
    answer = browser_of(cast.nina).get(f"/pages/{page}/compare").text
    assert "<ins>End.</ins>" in answer
    assert "<ins>Another</ins>" not in answer


def test_a_version_compared_with_itself_says_the_same(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    answer = browser_of(cast.nina).get(f"/pages/{page}/compare?from=2&to=2").text
    assert "The two versions say the same." in answer


def test_an_old_version_is_shown_as_such(browser_of: Browser, cast: Cast, page: int) -> None:
    answer = browser_of(cast.nina).get(f"/pages/{page}/revisions/1").text
    assert "This is version 1 of 2 Mar 2026, 12:00, not the newest one." in words(answer)
    assert "Second part." in answer
    assert "A-1" in answer
    assert "Restore this version" not in answer
    newest = browser_of(cast.anna).get(f"/pages/{page}/revisions/3").text
    assert "not the newest one" not in newest
    assert "Restore this version" in browser_of(cast.anna).get(f"/pages/{page}/revisions/1").text


def test_restoring_is_a_new_version_with_a_reason(
    browser_of: Browser, cast: Cast, page: int, database: Database
) -> None:
    anna = browser_of(cast.anna)
    done = anna.post(f"/pages/{page}/revisions/1/restore", follow_redirects=True)
    assert "Saved as version 4." in done.text
    assert "<h1" in done.text
    assert "Pelmeni" in done.text
    with database.reading() as session:
        assert revision_of(session, page, 4).reason == "As in version 1"
    again = anna.post(f"/pages/{page}/revisions/1/restore", follow_redirects=True)
    assert "The page already says this, so there is no new version." in again.text


def test_a_middle_version_is_undone(
    browser_of: Browser, cast: Cast, page: int, database: Database
) -> None:
    anna = browser_of(cast.anna)
    done = anna.post(f"/pages/{page}/revisions/2/undo", follow_redirects=True)
    assert "Saved as version 4." in done.text
    with database.reading() as session:
        found = revision_of(session, page, 4)
    assert found.body == BODY + "\nEnd.\n"
    assert (found.title, found.tags) == ("Best pelmeni", ["a", "b"])


def test_what_cannot_be_undone_says_why_and_shows_the_change(
    app: Flask, browser_of: Browser, cast: Cast, page: int
) -> None:
    rewrite_page(app, cast.anna, page, body="Nothing of it.")
    anna = browser_of(cast.anna)
    done = anna.post(f"/pages/{page}/revisions/2/undo", follow_redirects=True)
    assert done.request.path == f"/pages/{page}/compare"
    assert "later versions changed the same words" in done.text
    first = anna.post(f"/pages/{page}/revisions/1/undo", follow_redirects=True)
    assert "The first version cannot be undone." in first.text
    assert anna.post(f"/pages/{page}/revisions/77/undo").status_code == 404


def test_each_line_names_its_writer(browser_of: Browser, cast: Cast, page: int) -> None:
    answer = browser_of(cast.nina).get(f"/pages/{page}/authors").text
    rows = [words(row) for row in re.findall(r"<tr>(.*?)</tr>", answer, re.DOTALL)]
    assert rows[0] == "version 1 Anna 2 March 2026 First part."
    assert rows[1] == "version 2 Boris 3 March 2026 Another part."
    assert rows[-1] == "version 3 Vera 4 March 2026 End."


@pytest.mark.parametrize("deed", ["restore", "undo"])
def test_a_newcomer_changes_nothing(browser_of: Browser, cast: Cast, page: int, deed: str) -> None:
    answer = browser_of(cast.nina).post(f"/pages/{page}/revisions/2/{deed}")
    assert answer.status_code == 403
    assert "Your role does not allow this." in answer.text


def test_an_empty_page_has_a_history_too(app: Flask, browser_of: Browser, cast: Cast) -> None:
    page = write_page(app, cast.anna, "Empty", "")
    rewrite_page(app, cast.anna, page, body="Words.")
    rewrite_page(app, cast.anna, page, body="")
    for address in ("history", "authors", "compare?from=1&to=3", "compare", "revisions/1"):
        assert browser_of(cast.nina).get(f"/pages/{page}/{address}").status_code == 200
