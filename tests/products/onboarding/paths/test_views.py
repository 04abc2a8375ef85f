"""The pages of reading paths: the list, one path, its name, people, versions."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from products.onboarding.models import Enrolment, ReadingPath, ReadingPathVersion
from products.onboarding.paths.queries import enrolments_of, newest_items, path_lines
from products.onboarding.paths.rules import Item
from products.onboarding.paths.services import Draft, save_items, set_archived
from products.onboarding.paths.stored import as_rows
from products.onboarding.reading.services import confirm_reading
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.pages import write_page
from tests.products.onboarding.paths.making import made_path, put_on, read, to_write, written
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.clock import now
from wiki.database import Database
from wiki.pages.models import Page

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"
LIST = "/learning/paths"


@pytest.fixture
def secret(app: Flask, cast: Cast) -> int:
    """A page that only the team of Anna may see, and directors who belong to no team may not."""
    team = f"team:{cast.anna.team_id}"
    return write_page(app, cast.anna, "Hidden prices", audience=team)


@pytest.fixture
def path(app: Flask, database: Database, cast: Cast) -> int:
    one, other = written(app, cast.anna, "Prices", "Boilers")
    items = (read("a", one, due=0), read("b", other, "a", due=3), to_write("c", "Our freezers"))
    return made_path(database, cast.vera, *items)


def save_as(session: Session, path: int, items: tuple[Item, ...]) -> None:
    """A version that somebody saved who sees all of its pages."""
    row = session.get_one(ReadingPath, path)
    row.newest += 1
    version = ReadingPathVersion(
        path_id=path, number=row.newest, items=as_rows(items), saved_at=now()
    )
    session.add(version)


def test_a_path_is_made_by_its_name_and_the_editor_opens(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    vera = browser_of(cast.vera)
    assert "There is no reading path yet" in vera.get(LIST).text
    sent = {"title": HOSTILE, "purpose": "Sell boilers", "role": "newcomer", "team": ""}
    answer = vera.post(f"{LIST}/new", data=sent)
    assert answer.location.endswith("/edit")
    seen = browser_of(cast.nina).get(LIST).text
    assert "&lt;script&gt;" in seen
    assert HOSTILE not in seen
    assert "Sell boilers" in seen
    refused = vera.post(f"{LIST}/new", data={"title": " ", "purpose": "Kept words"})
    assert refused.status_code == 422
    assert "Kept words" in refused.text
    assert browser_of(cast.anna).post(f"{LIST}/new", data=sent).status_code == 403


def test_a_reader_sees_what_to_read_in_which_order_until_when_and_no_buttons(
    browser_of: Browser, cast: Cast, path: int
) -> None:
    seen = browser_of(cast.nina).get(f"{LIST}/{path}").text
    assert seen.index("Prices") < seen.index("after: Prices") < seen.index("Our freezers")
    assert "on the first day" in seen
    assert "by day 3" in seen
    assert "still to be written" in seen
    for word in ("/edit", "/pages/new?title", "Put on the path", "archive"):
        assert word not in seen
    editing = browser_of(cast.vera).get(f"{LIST}/{path}").text
    assert "/pages/new?title=Our%20freezers" in editing
    assert "Put on the path" in editing
    assert browser_of(cast.vera).get(f"{LIST}/999").status_code == 404


def test_a_page_that_the_reader_may_not_see_is_said_to_editors_and_leaves_no_trace_for_others(
    browser_of: Browser, cast: Cast, database: Database, secret: int, path: int
) -> None:
    with database.transaction() as session:
        items = (*newest_items(session)[path], read("s", secret))
        save_as(session, path, items)
    seen = browser_of(cast.nina).get(f"{LIST}/{path}").text
    assert "Hidden prices" in seen
    for person, is_told in ((cast.boris, False), (cast.vera, True)):
        unseen = browser_of(person).get(f"{LIST}/{path}").text
        assert ("A page that is not open to you" in unseen) is is_told
        places = len(items) if is_told else len(items) - 1
        assert f"{places} places" in unseen
        assert f"{places} places" in browser_of(person).get(LIST).text
        answers = [unseen, browser_of(person).get(f"{LIST}/{path}/versions/2").text]
        answers.append(browser_of(person).get(f"{LIST}/{path}/versions/compare?from=1&to=2").text)
        answers.append(browser_of(person).get(f"/api{LIST}/{path}").text)
        for answer in answers:
            assert "Hidden prices" not in answer
            assert f"/pages/{secret}-" not in answer
            assert ("not open to you" in answer or "may not see" in answer) is is_told
    assert '"page":null' in answers[-1].replace(" ", "")


def test_the_editor_is_told_who_may_not_see_a_page(
    browser_of: Browser, cast: Cast, database: Database, app: Flask
) -> None:
    page = write_page(app, cast.vera, "For directors", audience="directors")
    path = made_path(database, cast.vera, read("a", page))
    with database.transaction() as session:
        put_on(session, cast.vera, path, cast.nina, cast.adam)
    assert "May not see this page: Nina<" in browser_of(cast.vera).get(f"{LIST}/{path}").text


def test_an_archived_page_is_said_in_words_and_a_written_one_is_offered(
    browser_of: Browser, cast: Cast, database: Database, app: Flask, path: int
) -> None:
    write_page(app, cast.anna, "Our freezers")
    with database.transaction() as session:
        prices = newest_items(session)[path][0].page_id
        session.get_one(Page, prices).archived = True
    vera = browser_of(cast.vera)
    seen = vera.get(f"{LIST}/{path}").text
    assert "Nobody is asked to read it while it is in the archive." in seen
    assert "There is a page with this title:" in seen
    with database.reading() as session:
        page = session.query(Page).filter_by(title="Our freezers").one().id
    vera.post(f"{LIST}/{path}/written/c", data={"page": page})
    assert "still to be written" not in vera.get(f"{LIST}/{path}").text
    again = vera.post(f"{LIST}/{path}/written/c", data={"page": page})
    assert again.status_code == 422
    assert "has its page already" in again.text


def test_a_role_is_put_on_the_path_and_the_learner_sees_their_days_and_mentor(
    browser_of: Browser, cast: Cast, database: Database, path: int, clock: SetClock
) -> None:
    vera, people = browser_of(cast.vera), f"{LIST}/{path}/people"
    assert "Role: Newcomer (1)" in vera.get(f"{LIST}/{path}").text
    sent = {"who": "role:newcomer", "mentor": cast.anna.id, "began_on": "2026-03-02"}
    told = vera.post(people, data=sent, follow_redirects=True).text
    assert "1 colleague is on the path now." in told
    assert "mentor: Anna" in told
    seen = browser_of(cast.nina).get(f"{LIST}/{path}").text
    assert "Your mentor is Anna." in seen
    assert re.search(r"until [^<]*5[^<]*2026", seen)
    again = vera.post(people, data=sent)
    assert again.status_code == 422
    assert "Nobody is left to be put on this path" in again.text
    odd = vera.post(people, data={"who": f"user:{cast.anna.id}", "began_on": "soon"})
    assert "not a date" in odd.text
    assert browser_of(cast.anna).post(people, data=sent).status_code == 403


def test_people_who_left_and_mentors_who_left_are_said_in_words(
    browser_of: Browser, cast: Cast, database: Database, path: int, clock: SetClock
) -> None:
    with database.transaction() as session:
        put_on(session, cast.vera, path, cast.nina, mentor=cast.boris)
        put_on(session, cast.vera, path, cast.anna)
    with database.transaction() as session:
        session.get_one(User, cast.boris.id).deactivated_at = clock.moment
        session.get_one(User, cast.anna.id).deactivated_at = clock.moment
    seen = browser_of(cast.vera).get(f"{LIST}/{path}").text
    assert "the mentor Boris has left: choose another" in seen
    assert "1 was on it before" in seen
    assert "has left" in seen
    nina = browser_of(cast.nina).get(f"{LIST}/{path}").text
    assert "Boris" not in nina
    assert "Anna" not in nina


def test_a_walk_is_changed_ended_and_resumed_in_the_browser(
    browser_of: Browser, cast: Cast, database: Database, path: int, clock: SetClock
) -> None:
    with database.transaction() as session:
        put_on(session, cast.vera, path, cast.nina)
    with database.reading() as session:
        ident = session.query(Enrolment).one().id
    vera, one = browser_of(cast.vera), f"{LIST}/{path}/people/{ident}"
    assert "Take Nina off this path?" in vera.get(one).text
    odd = vera.post(one, data={"mentor": cast.anna.id, "began_on": "soon"})
    assert odd.status_code == 422
    assert 'value="soon"' in odd.text
    vera.post(one, data={"mentor": cast.anna.id, "began_on": "2026-03-09"})
    assert "mentor: Anna" in vera.get(f"{LIST}/{path}").text
    assert "What was read stays read" in vera.post(f"{one}/end", follow_redirects=True).text
    assert "Nobody walks this path yet." in vera.get(f"{LIST}/{path}").text
    vera.post(f"{one}/resume")
    with database.reading() as session:
        assert [walk.name for walk in enrolments_of(session)] == ["Nina"]
    other = made_path(database, cast.vera, title="Other")
    assert vera.post(f"{LIST}/{other}/people/{ident}/end").status_code == 404
    assert vera.get(f"{LIST}/{other}/people/{ident}").status_code == 404
    assert browser_of(cast.anna).get(one).status_code == 403


def test_versions_are_listed_compared_and_restored(
    browser_of: Browser, cast: Cast, database: Database, path: int
) -> None:
    with database.transaction() as session:
        first, second, third = newest_items(session)[path]
        changed = (second.__class__("b", second.kind, second.page_id, "", 9), first)
        save_items(session, cast.vera, path, Draft(changed, 1, "Boilers " + HOSTILE))
    nina, here = browser_of(cast.nina), f"{LIST}/{path}/versions"
    listed = nina.get(here).text
    assert "Boilers &lt;script&gt;" in listed
    told = nina.get(f"{here}/compare?from=1&to=2").text
    assert "<del>by day 3</del>" in told
    assert "<ins>by day 9</ins>" in told
    assert "<del>Prices</del>" in told
    assert third.title in told
    assert "Restore version" not in told
    assert "Our freezers" in nina.get(f"{here}/1").text
    assert "Our freezers" not in nina.get(f"{here}/2").text
    assert nina.get(f"{here}/compare?from=1&to=7").status_code == 404
    assert nina.get(f"{here}/compare?from=x").status_code == 404
    assert nina.post(f"{here}/1/restore").status_code == 403
    browser_of(cast.vera).post(f"{here}/1/restore")
    assert "Our freezers" in nina.get(f"{LIST}/{path}").text


def test_the_name_is_changed_and_two_at_once_lose_nothing(
    browser_of: Browser, cast: Cast, database: Database, path: int
) -> None:
    vera = browser_of(cast.vera)
    sent = {"title": "Week one", "role": "", "seen-title": "First week"}
    assert vera.post(f"{LIST}/{path}/about", data=sent).status_code == 302
    clash = vera.post(f"{LIST}/{path}/about", data={**sent, "title": "Week zero"})
    assert clash.status_code == 409
    assert 'value="Week zero"' in clash.text
    assert "As it is now: «Week one»" in clash.text
    again = {**sent, "title": "Week zero", "seen-title": "Week one"}
    assert vera.post(f"{LIST}/{path}/about", data=again).status_code == 302
    with database.reading() as session:
        assert path_lines(session)[0].title == "Week zero"


def test_an_archived_path_is_apart_and_comes_back(
    browser_of: Browser, cast: Cast, database: Database, path: int
) -> None:
    vera = browser_of(cast.vera)
    assert "1 path in the archive" not in vera.get(LIST).text
    vera.post(f"{LIST}/{path}/archive")
    assert "First week" not in vera.get(LIST).text.split("path in the archive")[0]
    assert "First week" in vera.get(f"{LIST}?archive=1").text
    assert "This path is in the archive" in browser_of(cast.nina).get(f"{LIST}/{path}").text
    vera.post(f"{LIST}/{path}/bring-back")
    assert "First week" in vera.get(LIST).text


def test_a_learner_sees_under_a_page_which_one_is_next_and_others_see_nothing(
    browser_of: Browser, cast: Cast, database: Database, path: int
) -> None:
    with database.transaction() as session:
        put_on(session, cast.vera, path, cast.nina)
        page = newest_items(session)[path][0].page_id
    nina = browser_of(cast.nina)
    first = nina.get(f"/pages/{page}", follow_redirects=True)
    assert "1 of 2" in first.text
    assert "Next:" in first.text
    address = first.request.path
    tag = nina.get(address).headers["ETag"]
    kept = nina.get(address, headers={"If-None-Match": tag})
    assert kept.status_code == 304
    assert "1 of 2" not in browser_of(cast.anna).get(address).text
    with database.transaction() as session:
        boilers = newest_items(session)[path][1].page_id
        assert boilers is not None
        confirm_reading(session, cast.nina, boilers, 1)
    assert "It is the last page that you had to read." in nina.get(address).text
    with database.transaction() as session:
        set_archived(session, cast.vera, path, True)
    assert "1 of 2" not in nina.get(address).text


def test_statements_do_not_grow_with_places_people_and_paths(
    app: Flask, browser_of: Browser, cast: Cast, database: Database
) -> None:
    pages = written(app, cast.anna, *(f"Page {number}" for number in range(8)))
    few = made_path(database, cast.vera, read("a", pages[0]), to_write("w", "X"), title="Few")
    with database.transaction() as session:
        put_on(session, cast.vera, few, cast.nina)
    vera, nina = browser_of(cast.vera), browser_of(cast.nina)

    def count(path: int) -> list[int]:
        counts = []
        for person, address in (
            (vera, LIST),
            (vera, f"{LIST}/{path}"),
            (nina, f"{LIST}/{path}"),
            (vera, f"{LIST}/{path}/edit"),
            (vera, f"{LIST}/{path}/versions"),
            (vera, f"{LIST}/{path}/versions/1"),
            (nina, f"/pages/{pages[0]}-page-0"),
        ):
            person.get(address)
            with counting(database) as statements:
                assert person.get(address).status_code == 200
            counts.append(len(statements))
        return counts

    before = count(few)
    items = [read(f"p{number}", page) for number, page in enumerate(pages)]
    items += [to_write(f"w{number}", f"Y{number}") for number in range(5)]
    for number in range(5):
        many = made_path(database, cast.vera, *items, title=f"Many {number}")
    with database.transaction() as session:
        put_on(session, cast.vera, many, cast.nina, cast.anna, cast.boris, mentor=cast.adam)
    assert count(many) == before
    assert max(before) < 16, before
