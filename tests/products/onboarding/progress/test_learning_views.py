"""The pages of a learner: what is next, how far they are, and who may look."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.counting import counting
from tests.factories.pages import write_page
from tests.products.onboarding.progress.making import (
    ask,
    change_materially,
    change_path,
    enrol,
    make_pages,
    make_path,
    page_item,
    placeholder,
    question_item,
    read,
)
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.database import Database
from wiki.pages.models import Page

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def pages(database: Database, cast: Cast) -> list[int]:
    return make_pages(database, cast.anna, 4)


@pytest.fixture
def path(database: Database, cast: Cast, pages: list[int]) -> int:
    """Nina walks it, and anna is her mentor."""
    one, two, three, four = pages
    items = [
        page_item(one, due=1),
        page_item(two, due=5, after=[f"p{one}"]),
        page_item(three),
        page_item(four),
        placeholder("Guarantees"),
    ]
    path = make_path(database, items)
    enrol(database, path, cast.nina, cast.anna, days_ago=2)
    return path


def test_a_newcomer_sees_what_is_next_how_far_they_are_and_what_waits(
    browser_of: Browser, cast: Cast, database: Database, path: int, pages: list[int]
) -> None:
    read(database, cast.nina, pages[2])
    seen = browser_of(cast.nina).get("/learning").text
    assert f'href="/pages/{pages[0]}-page-1" data-shortcut="n"' in seen
    assert "1 of 4 read" in seen
    assert "overdue: 1" in seen
    assert "about 6 min left" in seen
    assert "after: Page 1" in " ".join(seen.replace("</span>", "").split())
    assert "Guarantees" in seen
    assert "still to be written" in seen
    assert "mentor: Anna" in seen


def test_what_changed_leads_to_the_difference_and_questions_to_their_answers(
    browser_of: Browser, cast: Cast, database: Database, pages: list[int]
) -> None:
    one, two = pages[:2]
    ask(database, two)
    enrol(database, make_path(database, [page_item(one), question_item(two)]), cast.nina, cast.anna)
    read(database, cast.nina, one)
    change_materially(database, one)
    seen = browser_of(cast.nina).get("/learning").text
    assert f'href="/questions/{two}" data-shortcut="n"' in seen
    assert f'href="/reading/{one}"' in seen
    mentor = browser_of(cast.anna).get(f"/learning/people/{cast.nina.id}").text
    assert "to read again" in mentor
    assert "/questions/" not in mentor
    assert "/reading/" not in mentor.split('id="main"')[1].split("</nav>", 2)[2]


def test_when_everything_is_read_it_says_so(
    browser_of: Browser, cast: Cast, database: Database, path: int, pages: list[int]
) -> None:
    read(database, cast.nina, *pages)
    seen = browser_of(cast.nina).get("/learning").text
    assert "Everything is read." in seen
    assert 'data-shortcut="n"' not in seen.split('id="main"')[1]


def test_a_page_taken_out_of_the_path_stays_read_and_counts_again_when_it_comes_back(
    browser_of: Browser, cast: Cast, database: Database, path: int, pages: list[int]
) -> None:
    read(database, cast.nina, *pages[:2])
    change_path(database, path, [page_item(page) for page in pages[1:]])
    seen = browser_of(cast.nina).get("/learning").text
    assert "1 of 3 read" in seen
    assert "They stay counted as read" in seen
    assert "Page 1" in seen.split('id="besides-title"')[1]
    change_path(database, path, [page_item(page) for page in pages])
    again = browser_of(cast.nina).get("/learning").text
    assert "2 of 4 read" in again
    assert "besides-title" not in again


def test_an_archived_page_is_said_and_one_that_the_learner_may_not_see_leaves_no_trace(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    (open_page,) = make_pages(database, cast.anna, 1)
    (old,) = make_pages(database, cast.anna, 1, title="Old oven", archived=True)
    (secret,) = make_pages(database, cast.vera, 1, title="Margins", audience="directors")
    path = make_path(database, [page_item(old), page_item(secret), page_item(open_page)])
    enrol(database, path, cast.nina, cast.vera)
    enrol(database, path, cast.vera)
    seen = browser_of(cast.nina).get("/learning").text
    assert "0 of 1 read" in seen
    assert "in the archive, need not be read" in seen
    assert "Margins" not in seen
    assert "Margins" not in browser_of(cast.vera).get(f"/learning/people/{cast.nina.id}").text
    own = browser_of(cast.vera).get("/learning").text
    assert "0 of 2 read" in own
    assert "Margins" in own


def test_a_mentor_who_sees_less_than_the_learner_finds_no_trace_of_it(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    (open_page,) = make_pages(database, cast.anna, 1)
    secret, read_secret = (
        make_pages(database, cast.vera, 1, title=title, audience="directors")[0]
        for title in ("Margins", "Salaries")
    )
    path = make_path(database, [page_item(secret), page_item(open_page, after=[f"p{secret}"])])
    enrol(database, path, cast.vera, cast.anna)
    read(database, cast.vera, read_secret)
    address = f"/learning/people/{cast.vera.id}"
    for door in (address, "/api" + address):
        for title in ("Margins", "Salaries"):
            assert title not in browser_of(cast.anna).get(door).text
    assert "0 of 1 read" in browser_of(cast.anna).get(address).text
    assert "Margins" in browser_of(cast.vera).get(address).text
    assert "Salaries" in browser_of(cast.vera).get(address).text


def test_mentor_and_director_look_at_a_learner_and_others_do_not(
    browser_of: Browser, cast: Cast, path: int
) -> None:
    address = f"/learning/people/{cast.nina.id}"
    for person in (cast.anna, cast.vera, cast.adam, cast.nina):
        for door in (address, "/api" + address):
            answer = browser_of(person).get(door)
            assert answer.status_code == 200, person.name
            assert "First steps" in answer.text
    for door in (address, "/api" + address):
        assert browser_of(cast.boris).get(door).status_code == 404
        assert browser_of(cast.anna).get(door.replace(str(cast.nina.id), "999")).status_code == 404


def test_a_mentor_sees_only_the_paths_on_which_they_are_the_mentor(
    browser_of: Browser, cast: Cast, database: Database, path: int, pages: list[int]
) -> None:
    other = make_path(database, [page_item(pages[0])], "Second steps")
    enrol(database, other, cast.nina, cast.boris)
    address = f"/learning/people/{cast.nina.id}"
    anna, boris = (browser_of(person).get(address).text for person in (cast.anna, cast.boris))
    assert "First steps" in anna
    assert "Second steps" not in anna
    assert "Second steps" in boris
    assert "First steps" not in boris
    assert "Second steps" in browser_of(cast.vera).get(address).text


def test_of_several_paths_each_shows_its_beginning_and_one_can_be_opened(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    pages = make_pages(database, cast.anna, 16)
    first = make_path(database, [page_item(page) for page in pages[:8]], "Ovens")
    second = make_path(database, [page_item(page) for page in pages[8:]], "Mixers")
    for path in (first, second):
        enrol(database, path, cast.nina)
    nina = browser_of(cast.nina)
    seen = nina.get("/learning").text
    assert "and 3 more" in seen
    assert "Page 8<" not in seen
    whole = nina.get(f"/learning?path={first}").text
    assert "Page 8<" in whole
    assert "Mixers" not in whole
    assert nina.get("/learning?path=99999&page=x").status_code == 200


def test_on_no_path_it_says_what_to_do(browser_of: Browser, cast: Cast) -> None:
    assert "You are on no reading path" in browser_of(cast.boris).get("/learning").text
    of_boris = browser_of(cast.vera).get(f"/learning/people/{cast.boris.id}").text
    assert "Boris is on no reading path" in of_boris


def test_the_start_page_says_what_is_next_while_there_is_something(
    browser_of: Browser, cast: Cast, database: Database, path: int, pages: list[int]
) -> None:
    nina = browser_of(cast.nina)
    assert "Next to read" in nina.get("/").text
    assert "Next to read" not in browser_of(cast.boris).get("/").text
    read(database, cast.nina, *pages)
    assert "Next to read" not in nina.get("/").text


def test_an_ended_walk_is_over(browser_of: Browser, cast: Cast, database: Database) -> None:
    (page,) = make_pages(database, cast.anna, 1)
    path = make_path(database, [page_item(page)])
    enrol(database, path, cast.boris)
    enrol(database, path, cast.nina, ended_on=date(2026, 3, 1))
    assert "First steps" in browser_of(cast.boris).get("/learning").text
    assert "First steps" not in browser_of(cast.nina).get("/learning").text


def test_hostile_words_are_shown_as_text(
    app: Flask, browser_of: Browser, cast: Cast, database: Database
) -> None:
    page = write_page(app, cast.anna, f"{HOSTILE} oven", "Hot.")
    path = make_path(database, [page_item(page), placeholder(HOSTILE)], HOSTILE)
    with database.transaction() as session:
        session.get_one(User, cast.anna.id).name = HOSTILE
    enrol(database, path, cast.nina, cast.anna)
    for address in ("/learning", "/", f"/learning/people/{cast.nina.id}"):
        seen = browser_of(cast.nina).get(address).text
        assert HOSTILE not in seen
        assert "&lt;script&gt;" in seen


def test_programs_read_the_same(
    browser_of: Browser, cast: Cast, database: Database, path: int, pages: list[int]
) -> None:
    read(database, cast.nina, pages[2])
    found = browser_of(cast.nina).get("/api/learning").json
    assert found is not None
    (way,) = found["paths"]
    assert way["share"] == {
        "total": 4, "read": 1, "changed": 0, "late": 1, "seconds": 360, "percent": 25,
    }  # fmt: skip
    assert way["next"] == f"p{pages[0]}"
    assert [step["state"] for step in way["steps"]] == [
        "open", "locked", "read", "open", "waiting",
    ]  # fmt: skip
    assert way["steps"][1]["waits_for"] == [f"p{pages[0]}"]
    assert way["steps"][0]["late"] is True


@pytest.mark.parametrize("address", ["/learning", "/learning/people/1", "/", "/api/learning"])
def test_no_statement_more_for_sixty_pages_than_for_three(
    browser_of: Browser, cast: Cast, database: Database, address: str
) -> None:
    few = make_pages(database, cast.anna, 3)
    path = make_path(database, [page_item(page) for page in few])
    enrol(database, path, cast.nina, cast.anna)
    read(database, cast.nina, few[0])
    counts = [_statements(browser_of(cast.nina), database, address)]
    many = few + make_pages(database, cast.anna, 57)
    change_path(database, path, [page_item(page) for page in many])
    for number in range(5):
        more = make_path(database, [page_item(page) for page in many], f"Path {number}")
        enrol(database, more, cast.nina, cast.anna)
    read(database, cast.nina, *many[:40], *make_pages(database, cast.anna, 20))
    counts.append(_statements(browser_of(cast.nina), database, address))
    assert counts[0] == counts[1]
    assert counts[0] < 30


def _statements(browser: FlaskClient, database: Database, address: str) -> int:
    assert browser.get(address).status_code == 200
    with counting(database) as sent:
        browser.get(address)
    return len(sent)


def test_a_page_that_comes_back_from_the_archive_counts_again(
    browser_of: Browser, cast: Cast, database: Database, path: int, pages: list[int]
) -> None:
    read(database, cast.nina, pages[0])
    _set_archived(database, pages[0], True)
    assert "0 of 3 read" in browser_of(cast.nina).get("/learning").text
    _set_archived(database, pages[0], False)
    assert "1 of 4 read" in browser_of(cast.nina).get("/learning").text


def _set_archived(database: Database, page: int, archived: bool) -> None:
    with database.transaction() as session:
        session.get_one(Page, page).archived = archived
