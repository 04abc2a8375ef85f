"""The table of people: who sees whom, what is said at a glance, files and programs."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.products.onboarding.progress.making import (
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
from wiki.history.models import HistoryEntry

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def standing_clock(clock: SetClock) -> SetClock:
    return clock


@pytest.fixture
def pages(database: Database, cast: Cast) -> list[int]:
    return make_pages(database, cast.anna, 3)


@pytest.fixture
def path(database: Database, cast: Cast, pages: list[int]) -> int:
    """Nina (mentor anna) is late with the first page; boris has read two."""
    items = [page_item(pages[0], due=1), *(page_item(page) for page in pages[1:])]
    path = make_path(database, items)
    enrol(database, path, cast.nina, cast.anna, days_ago=5)
    enrol(database, path, cast.boris, cast.vera, days_ago=5)
    read(database, cast.boris, *pages[:2])
    return path


def main_of(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.text.split('id="main"')[1].split())


def test_a_director_sees_at_a_glance_who_is_behind_and_what_nobody_reads(
    browser_of: Browser, cast: Cast, path: int
) -> None:
    seen = main_of(browser_of(cast.vera), "/learning/matrix")
    assert "<b>2</b> people" in seen
    assert "<b>1</b> is behind" in seen
    assert "<b>1</b> page that nobody has read" in seen
    assert "33 % read" in seen
    assert seen.index(">Nina</a>") < seen.index(">Boris</a>")
    assert '<td class="m-late">! 1 · 0 %</td>' in seen
    assert '<td class="m-unread">66 %</td>' in seen


def test_a_page_that_is_read_on_another_path_is_not_one_that_nobody_reads(
    browser_of: Browser, cast: Cast, database: Database, path: int, pages: list[int]
) -> None:
    other = make_path(database, [page_item(pages[1]), page_item(pages[2])], "Ovens")
    enrol(database, other, cast.nina)
    vera = browser_of(cast.vera)
    assert "<b>1</b> page that nobody has read" in main_of(vera, "/learning/matrix")
    assert "<b>2</b> <a" in main_of(vera, f"/learning/matrix?path={other}")
    read(database, cast.boris, pages[2])
    assert "<b>0</b> pages that nobody has read" in main_of(vera, "/learning/matrix")


def test_page_by_page_each_cell_has_a_sign_and_each_column_its_readers(
    browser_of: Browser, cast: Cast, database: Database, path: int, pages: list[int]
) -> None:
    change_materially(database, pages[1])
    seen = main_of(browser_of(cast.vera), f"/learning/matrix?path={path}")
    nina, boris = (row.split("</tr>")[0] for row in seen.split("<tbody>")[1].split("<tr>")[1:])
    assert "Nina" in nina
    assert _kinds(nina) == ["late", "late", "unread", "unread"]
    assert _kinds(boris) == ["changed", "read", "changed", "unread"]
    sums = seen.split('class="matrix-sums"')[1].split("</tr>")[0]
    assert '<td class="m-none">1</td><td class="m-none">0</td><td class="m-late">0</td>' in sums


def _kinds(row: str) -> list[str]:
    return [part.split('"')[0] for part in row.split('class="m-')[1:]]


def test_the_least_read_pages_can_stand_first(
    browser_of: Browser, cast: Cast, path: int, pages: list[int]
) -> None:
    vera = browser_of(cast.vera)
    usual = main_of(vera, f"/learning/matrix?path={path}")
    least = main_of(vera, f"/learning/matrix?path={path}&order=least")
    assert usual.index('title="Page 1"') < usual.index('title="Page 3"')
    assert least.index('title="Page 3"') < least.index('title="Page 1"')
    assert ", least read first" in least


def test_a_mentor_sees_their_own_learners_and_others_nobody(
    browser_of: Browser, cast: Cast, path: int
) -> None:
    for address in ("/learning/matrix", f"/learning/matrix?path={path}"):
        anna, boris = (main_of(browser_of(one), address) for one in (cast.anna, cast.boris))
        assert ">Nina</a>" in anna
        assert ">Boris</a>" not in anna
        assert ">Nina</a>" not in boris
        assert ">Boris</a>" not in boris
    assert "You are nobody's mentor" in main_of(browser_of(cast.boris), "/learning/matrix").replace(
        "&#39;", "'"
    )
    assert "/learning/matrix" in browser_of(cast.anna).get("/learning").text
    assert "/learning/matrix" not in browser_of(cast.boris).get("/learning").text


def test_a_page_that_the_looker_may_not_see_leaves_no_trace(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    (open_page,) = make_pages(database, cast.anna, 1)
    (secret,) = make_pages(database, cast.vera, 1, title="Margins", audience="directors")
    path = make_path(database, [page_item(open_page), page_item(secret)])
    enrol(database, path, cast.nina, cast.anna)
    enrol(database, path, cast.vera, cast.anna)
    addresses = (
        f"/learning/matrix?path={path}",
        f"/learning/matrix.csv?path={path}",
        f"/api/learning/matrix/{path}",
    )
    for address in addresses:
        assert "Margins" not in browser_of(cast.anna).get(address).text
        assert "Margins" in browser_of(cast.vera).get(address).text
    found = browser_of(cast.vera).get(addresses[2]).json
    assert found is not None
    cells = {row["name"]: row["pages"] for row in found["people"]}
    assert cells == {"Nina": ["unread", "none"], "Vera": ["unread", "unread"]}


def test_who_left_or_has_ended_is_shown_on_request_and_is_not_behind(
    browser_of: Browser, cast: Cast, database: Database, path: int
) -> None:
    with database.transaction() as session:
        session.get_one(User, cast.nina.id).deactivated_at = session.get_one(
            User, cast.nina.id
        ).created_at
    enrol(database, path, cast.anna, days_ago=9, ended_on=date(2026, 3, 1))
    vera = browser_of(cast.vera)
    usual, all_people = (main_of(vera, f"/learning/matrix{more}") for more in ("", "?left=1"))
    assert ">Nina</a>" not in usual
    assert ">Anna</a>" not in usual
    assert '>Nina</a> <span class="quiet">has left</span>' in all_people
    assert '>Anna</a> <span class="quiet">ended</span>' in all_people
    assert "<b>0</b> are behind" in all_people


def test_one_team_can_be_looked_at(browser_of: Browser, cast: Cast, path: int) -> None:
    seen = main_of(browser_of(cast.vera), f"/learning/matrix?team={cast.boris.team_id}")
    assert ">Boris</a>" in seen
    assert ">Nina</a>" not in seen


def test_what_cannot_be_read_is_said_and_does_not_count(
    browser_of: Browser, cast: Cast, database: Database, path: int, pages: list[int]
) -> None:
    (old,) = make_pages(database, cast.anna, 1, title="Old oven", archived=True)
    items = [
        page_item(pages[0]),
        page_item(old),
        placeholder("Guarantees"),
        question_item(pages[1]),
    ]
    change_path(database, path, items)
    seen = main_of(browser_of(cast.vera), f"/learning/matrix?path={path}")
    assert "1 page of this path is still to be written and does not count: Guarantees" in seen
    assert "1 page of this path is in the archive and does not count:" in seen
    assert "Old oven" in seen
    assert "Pages 1 to 1 of 1" in seen


def test_a_long_path_is_looked_at_in_parts(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    pages = make_pages(database, cast.anna, 70)
    path = make_path(database, [page_item(page) for page in pages])
    enrol(database, path, cast.nina)
    read(database, cast.nina, pages[65])
    vera = browser_of(cast.vera)
    first, last = (main_of(vera, f"/learning/matrix?path={path}&page={page}") for page in (1, 3))
    assert "Pages 1 to 30 of 70" in first
    assert 'title="Page 66"' not in first
    assert "Pages 61 to 70 of 70" in last
    assert last.count('class="m-read"') == first.count('class="m-read"') + 1
    assert 'rel="prev"' in last


def test_odd_addresses_are_answered(browser_of: Browser, cast: Cast, path: int) -> None:
    vera = browser_of(cast.vera)
    for odd in ("?path=x&team=y&page=-1&order=z", "?team=999999999", f"?path={path}&page=99"):
        assert vera.get(f"/learning/matrix{odd}").status_code == 200
    for missing in ("/learning/matrix?path=999999", "/learning/matrix.csv?path=999999"):
        assert vera.get(missing).status_code == 404
    assert vera.get("/api/learning/matrix/999999").status_code == 404


def test_the_file_has_every_page_and_leaves_a_trace(
    browser_of: Browser, cast: Cast, database: Database, path: int
) -> None:
    vera = browser_of(cast.vera)
    lines = vera.get(f"/learning/matrix.csv?path={path}").text.splitlines()
    counts = "Pages in all,Pages read,To read again,Overdue,%"
    assert lines[0] == f"\ufeffPerson,{counts},Page 1,Page 2,Page 3"
    assert lines[1] == "Nina,3,0,0,1,0,overdue,not read yet,not read yet"
    assert lines[2] == "Boris,3,2,0,0,66,read,read,not read yet"
    whole = vera.get("/learning/matrix.csv").text.splitlines()
    assert "Nina,First steps,2026-02-25,Anna,3,0,0,1,0" in whole
    with database.reading() as session:
        entries = session.query(HistoryEntry).filter_by(action="export learning").all()
    assert [entry.actor_id for entry in entries] == [cast.vera.id] * 2


def test_a_formula_in_a_name_stays_text_in_the_file(
    browser_of: Browser, cast: Cast, database: Database, path: int
) -> None:
    with database.transaction() as session:
        session.get_one(User, cast.nina.id).name = "=1+1"
    assert "\r\n'=1+1," in browser_of(cast.vera).get("/learning/matrix.csv").text


def test_hostile_words_are_shown_as_text(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    (page,) = make_pages(database, cast.anna, 1, title=f'{HOSTILE}" onload="x')
    path = make_path(database, [page_item(page), placeholder(HOSTILE)], HOSTILE)
    with database.transaction() as session:
        session.get_one(User, cast.nina.id).name = HOSTILE
    enrol(database, path, cast.nina)
    for address in ("/learning/matrix", f"/learning/matrix?path={path}"):
        seen = browser_of(cast.vera).get(address).text
        assert HOSTILE not in seen
        assert '" onload="x' not in seen
        assert "&lt;script&gt;" in seen


def test_programs_read_how_far_everybody_is(
    browser_of: Browser, cast: Cast, path: int, pages: list[int]
) -> None:
    vera = browser_of(cast.vera)
    people = vera.get("/api/learning/matrix").json
    assert people is not None
    assert [line["name"] for line in people["people"]] == ["Nina", "Boris"]
    assert people["people"][1]["paths"][str(path)]["read"] == 2
    table = vera.get(f"/api/learning/matrix/{path}").json
    assert table is not None
    assert [column["read"] for column in table["columns"]] == [1, 1, 0]
    assert table["people"][0]["pages"] == ["late", "unread", "unread"]
    own = browser_of(cast.anna).get("/api/learning/matrix").json
    assert own is not None
    assert [line["name"] for line in own["people"]] == ["Nina"]


@pytest.mark.parametrize("address", ["/learning/matrix", "/learning/matrix?path=1"])
def test_no_statement_more_for_many_people_and_pages(
    browser_of: Browser, cast: Cast, database: Database, path: int, address: str
) -> None:
    few = _statements(browser_of(cast.vera), database, address)
    pages = make_pages(database, cast.anna, 60)
    change_path(database, path, [page_item(page) for page in pages])
    for number in range(5):
        more = make_path(database, [page_item(page) for page in pages], f"Path {number}")
        for person in (cast.nina, cast.anna, cast.boris, cast.adam):
            enrol(database, more, person, cast.anna)
    for person in (cast.nina, cast.anna, cast.boris, cast.adam):
        read(database, person, *pages[:40])
    assert _statements(browser_of(cast.vera), database, address) == few
    assert few < 25


def _statements(browser: FlaskClient, database: Database, address: str) -> int:
    assert browser.get(address).status_code == 200
    with counting(database) as sent:
        browser.get(address)
    return len(sent)
