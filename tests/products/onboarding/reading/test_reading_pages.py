"""Reading in the browser and for programs: lists, the difference, panels."""

from collections.abc import Callable, Mapping, Sequence

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from products.onboarding.reading import due
from products.onboarding.reading.services import confirm_reading
from products.onboarding.weight.services import overrule
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.pages import make_category, rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.models import FactField, Page

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"
PRICE = "The oven costs %d USD, with delivery."


@pytest.fixture
def page(app: Flask, cast: Cast, database: Database, clock: SetClock) -> int:
    """A page that nina confirmed at 900 USD; it costs 950 USD now."""
    page = write_page(app, cast.anna, "Oven", PRICE % 900)
    confirm(database, cast.nina, page, 1)
    clock.forward(days=1)
    rewrite_page(app, cast.anna, page, body=PRICE % 950)
    return page


@pytest.fixture(autouse=True)
def questions(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[int, int]:
    """Questions that wait, by page; a test fills it. Those that the wiki makes take no part."""
    waiting: dict[int, int] = {}

    def count(_session: Session, _user: int, pages: Sequence[int]) -> Mapping[int, int]:
        return {page: waiting[page] for page in pages if page in waiting}

    monkeypatch.setattr(due, "_counters", {})
    due.register_questions_due(count)
    return waiting


def confirm(database: Database, actor: Actor, page: int, revision: int) -> None:
    with database.transaction() as session:
        confirm_reading(session, actor, page, revision)


def read(browser: FlaskClient, page: int) -> str:
    return browser.get(f"/pages/{page}", follow_redirects=True).text


def test_after_twenty_versions_the_difference_is_from_the_version_that_the_reader_confirmed(
    app: Flask, browser_of: Browser, cast: Cast, page: int
) -> None:
    for price in range(951, 971):
        rewrite_page(app, cast.anna, page, body=PRICE % price)
    nina = browser_of(cast.nina)
    seen = nina.get(f"/reading/{page}?view=inline").text
    assert "You know version 1, read on" in seen
    assert "what version 22 says differently" in seen
    assert "<del>900</del><ins>970</ins>" in seen.split('class="diff"')[1]
    assert "969" not in seen.split('class="diff"')[1]
    told = nina.get("/reading").text.split('class="told-line"')[1].split("</p>")[0]
    assert "<del>900</del> <ins>970</ins>" in told
    assert "more" not in told
    assert nina.post(f"/reading/{page}/confirm", data={"revision": 22}).status_code == 302
    nina.get("/reading")
    assert "Oven" not in nina.get("/reading").text
    rewrite_page(app, cast.anna, page, body=PRICE % 999)
    seen = nina.get(f"/reading/{page}?view=inline").text
    assert "<del>970</del><ins>999</ins>" in seen


def test_a_comma_between_does_not_ask_but_can_be_looked_at(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, page: int
) -> None:
    confirm(database, cast.nina, page, 2)
    rewrite_page(app, cast.anna, page, body=(PRICE % 950).replace(",", ""))
    nina = browser_of(cast.nina)
    assert "You know everything that is new" in nina.get("/reading").text
    assert "Changed since you last read" not in nina.get("/").text
    shown = read(nina, page)
    assert "since then only small things changed" in shown
    assert "you know version" not in shown
    assert "Only small things changed" in nina.get(f"/reading/{page}").text


def test_the_list_says_in_a_line_what_changed_with_facts_by_their_names(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, page: int
) -> None:
    with database.transaction() as session:
        shelf = make_category(session, "Things")
        field = {"kind": "money", "position": 0, "choices": []}
        session.add(
            FactField(category_id=shelf.id, key="price", label_ru="Цена", label_en="Price", **field)
        )
        number = shelf.id
    for amount in ("900", "950", "990"):
        facts = {"price": {"amount": amount, "currency": "USD"}}
        rewrite_page(app, cast.anna, page, facts=facts, category_id=number)
        if amount == "900":
            with database.reading() as session:
                newest = session.get_one(Page, page).current_number
            confirm(database, cast.nina, page, newest)
    seen = browser_of(cast.nina).get("/reading").text
    told = seen.split('class="told-line"')[1].split("</p>")[0]
    assert "Price" in told
    assert "<del>$900.00</del> <ins>$990.00</ins>" in told
    assert "950" not in told


def test_after_the_first_twenty_pages_that_changed_often_the_steps_are_told(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, clock: SetClock
) -> None:
    for number in range(22):
        clock.forward(days=1)
        _another(app, cast, database, number)
    lines = browser_of(cast.nina).get("/reading").text.split('class="told-line"')[1:]
    assert len(lines) == 22
    assert all("<del>900</del> <ins>960</ins>" in line for line in lines[:20])
    assert all("<del>950</del> <ins>960</ins>" in line for line in lines[20:])


def test_what_was_changed_back_is_told_so(
    app: Flask, browser_of: Browser, cast: Cast, page: int
) -> None:
    rewrite_page(app, cast.anna, page, body=PRICE % 900)
    nina = browser_of(cast.nina)
    assert "What had changed was taken back" in nina.get("/reading").text
    assert "The two versions say the same" in nina.get(f"/reading/{page}").text


def test_an_editors_word_says_why_a_change_is_read_that_the_rule_would_not_ask(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, page: int
) -> None:
    confirm(database, cast.nina, page, 2)
    rewrite_page(app, cast.anna, page, body=(PRICE % 950).replace(",", ""))
    with database.transaction() as session:
        overrule(session, cast.anna, page, 3, True, "Delivery is dearer now")
    nina = browser_of(cast.nina)
    assert "Anna: “Delivery is dearer now”" in nina.get("/reading").text
    confirm(database, cast.nina, page, 3)
    rewrite_page(app, cast.anna, page, body=PRICE % 999)
    after = nina.get("/reading").text
    assert "<del>950</del> <ins>999</ins>" in after
    assert "Delivery is dearer now" not in after


def test_reading_goes_from_one_page_to_the_next_until_all_is_read(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, page: int, clock: SetClock
) -> None:
    other = write_page(app, cast.anna, "Table", "Two years of warranty.")
    confirm(database, cast.nina, other, 1)
    clock.forward(days=1)
    rewrite_page(app, cast.anna, other, body="Three years of warranty.")
    nina = browser_of(cast.nina)
    assert f'href="/reading/{other}" data-shortcut="n ArrowRight"' in nina.get("/").text
    first = nina.get(f"/reading/{other}").text
    assert "1 of 2" in first
    assert f'href="/reading/{page}" data-shortcut="n ArrowRight"' in first
    gone = nina.post(f"/reading/{other}/confirm", data={"revision": 2})
    assert gone.location == f"/reading/{page}"
    assert "“Table” counts as read by you." in nina.get(gone.location).text
    last = nina.get(f"/reading/{page}").text
    assert "ArrowRight" not in last
    gone = nina.post(f"/reading/{page}/confirm", data={"revision": 2})
    assert gone.location == "/reading"
    assert "You know everything that is new" in nina.get("/reading").text


def test_who_confirmed_nothing_is_told_how_and_has_no_panel_at_the_start(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    boris = browser_of(cast.boris)
    assert "You have not confirmed any page yet" in boris.get("/reading").text
    assert "Changed since you last read" not in boris.get("/").text
    assert "Changed since you last read" in browser_of(cast.nina).get("/").text


def test_a_page_has_a_button_a_notice_of_a_change_and_the_day_on_which_it_was_read(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    boris, nina = browser_of(cast.boris), browser_of(cast.nina)
    new = read(boris, page)
    assert "I have read this version" in new
    assert "changed since you read it" not in new
    changed = read(nina, page)
    assert "This page changed since you read it: you know version 1" in changed
    assert changed.index("you know version 1") < changed.index('<article class="prose"')
    gone = boris.post(f"/reading/{page}/confirm", data={"revision": 2, "from": "page"})
    assert gone.location == f"/pages/{page}-oven#reading"
    after = read(boris, page)
    assert "You read this version on" in after
    assert "I have read this version" not in after


def test_an_unchanged_page_is_not_sent_again_and_a_confirmation_sends_it(
    browser_of: Browser, cast: Cast, database: Database, page: int
) -> None:
    nina = browser_of(cast.nina)
    address = nina.get(f"/pages/{page}").location
    nina.get(address)
    etag = nina.get(address).headers["ETag"]
    assert nina.get(address, headers={"If-None-Match": etag}).status_code == 304
    confirm(database, cast.nina, page, 2)
    assert nina.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_who_never_read_it_or_knows_it_all_is_led_to_the_page(
    browser_of: Browser, cast: Cast, database: Database, page: int
) -> None:
    assert browser_of(cast.boris).get(f"/reading/{page}").location == f"/pages/{page}-oven"
    confirm(database, cast.nina, page, 2)
    assert browser_of(cast.nina).get(f"/reading/{page}").location == f"/pages/{page}-oven"


def test_an_archived_page_asks_nobody_and_shows_no_button(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    boris, nina = browser_of(cast.boris), browser_of(cast.nina)
    assert f"/reading/{page}" in read(nina, page)
    assert "I have read this version" in read(boris, page)
    assert browser_of(cast.vera).post(f"/pages/{page}/archive").status_code == 302
    for reader in (boris, nina):
        shown = read(reader, page)
        assert "This page is archived" in shown
        assert f"/reading/{page}" not in shown
    assert nina.get(f"/reading/{page}").location == f"/pages/{page}-oven"
    assert "Oven" not in nina.get("/reading").text
    assert "Changed since you last read" not in nina.get("/").text


def test_a_page_that_changes_while_it_is_read_shows_what_is_new_at_once(
    app: Flask, browser_of: Browser, cast: Cast, page: int
) -> None:
    nina = browser_of(cast.nina)
    rewrite_page(app, cast.anna, page, body=PRICE % 980)
    gone = nina.post(f"/reading/{page}/confirm", data={"revision": 2})
    assert gone.location == f"/reading/{page}"
    seen = nina.get(gone.location + "?view=inline").text
    assert "changed while you read" in seen
    assert "<del>950</del><ins>980</ins>" in seen


def test_while_questions_wait_their_answers_take_the_place_of_the_button(
    browser_of: Browser, cast: Cast, page: int, questions: dict[int, int]
) -> None:
    questions[page] = 2
    nina = browser_of(cast.nina)
    for shown in (read(nina, page), nina.get(f"/reading/{page}").text):
        assert "Answer 2 questions" in shown
        assert "I have read this version" not in shown
    assert "2 questions" in nina.get("/reading").text
    gone = nina.post(f"/reading/{page}/confirm", data={"revision": 2}, follow_redirects=True)
    assert "Questions about this page wait for you" in gone.text
    assert nina.post(f"/api/pages/{page}/reading", json={"revision": 2}).status_code == 422


@pytest.mark.parametrize("revision", ["", "0", "-1", "x", "99", "9" * 30])
def test_a_version_that_is_not_there_is_told_in_words(
    browser_of: Browser, cast: Cast, page: int, revision: str
) -> None:
    nina = browser_of(cast.nina)
    gone = nina.post(f"/reading/{page}/confirm", data={"revision": revision}, follow_redirects=True)
    assert gone.status_code == 200
    assert "has no version" in gone.text
    assert "Oven" in nina.get("/reading").text


def test_what_one_may_not_see_is_not_there_and_leaves_no_trace(
    app: Flask, browser_of: Browser, cast: Cast, database: Database
) -> None:
    team = next(one for one in cast.anna.audiences if one not in cast.boris.audiences)
    secret = write_page(app, cast.anna, "Secret", PRICE % 900, audience=team)
    confirm(database, cast.anna, secret, 1)
    rewrite_page(app, cast.anna, secret, body=PRICE % 950)
    anna, boris = browser_of(cast.anna), browser_of(cast.boris)
    for number in (secret, 99999):
        assert boris.get(f"/reading/{number}").status_code == 404
        assert boris.post(f"/reading/{number}/confirm", data={"revision": 1}).status_code == 404
        assert boris.get(f"/api/pages/{number}/reading").status_code == 404
        posted = boris.post(f"/api/pages/{number}/reading", json={"revision": 1})
        assert posted.status_code == 404
    for address in ("/reading", "/", "/api/reading"):
        assert "Secret" in anna.get(address).text
        assert "Secret" not in boris.get(address).text


def test_a_page_that_is_taken_out_of_sight_leaves_no_trace(
    browser_of: Browser, cast: Cast, database: Database, page: int
) -> None:
    nina = browser_of(cast.nina)
    assert "Oven" in nina.get("/reading").text
    with database.transaction() as session:
        session.get_one(Page, page).audience = "directors"
    for address in ("/reading", "/", "/api/reading"):
        assert "Oven" not in nina.get(address).text
    assert nina.get(f"/reading/{page}").status_code == 404


def test_hostile_words_are_shown_as_words(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, page: int
) -> None:
    rewrite_page(app, cast.anna, page, title=HOSTILE, body=f"`{HOSTILE}` costs 5 USD.")
    with database.transaction() as session:
        overrule(session, cast.anna, page, 3, True, HOSTILE)
    nina = browser_of(cast.nina)
    for address in ("/reading", f"/reading/{page}", "/"):
        shown = nina.get(address).text
        assert "&lt;script&gt;alert(1)" in shown
        assert HOSTILE not in shown
    done = nina.post(f"/reading/{page}/confirm", data={"revision": 3}, follow_redirects=True)
    assert HOSTILE not in done.text
    assert "&lt;script&gt;" in done.text


def test_programs_see_what_changed_and_confirm(browser_of: Browser, cast: Cast, page: int) -> None:
    nina = browser_of(cast.nina)
    listed = nina.get("/api/reading").json
    assert listed is not None
    assert listed["total"] == 1
    one = listed["pages"][0]
    assert (one["page_id"], one["confirmed"], one["material"]) == (page, 1, 2)
    assert one["changes"] == [{"kind": "number", "old": "900", "new": "950"}]
    state = nina.get(f"/api/pages/{page}/reading").json
    assert state is not None
    assert (state["read"], state["changed"], state["current"]) == (False, True, 2)
    said = nina.post(f"/api/pages/{page}/reading", json={"revision": 2}).json
    assert said is not None
    assert (said["confirmed"], said["read"], said["questions"]) == (2, True, 0)
    assert nina.get("/api/reading").json == {"total": 0, "pages": []}
    for wrong in ({"revision": 0}, {"revision": 2**40}, {"revision": 3}, {}):
        assert nina.post(f"/api/pages/{page}/reading", json=wrong).status_code == 422


def test_no_page_of_reading_costs_more_statements_when_more_has_changed(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, page: int
) -> None:
    nina = browser_of(cast.nina)

    def count() -> list[int]:
        found = []
        for address in ("/", "/reading", f"/reading/{page}", "/api/reading"):
            nina.get(address)
            with counting(database) as sent:
                nina.get(address)
            found.append(len(sent))
        return found

    rewrite_page(app, cast.anna, page, body="\n\n".join(f"Row {n}." for n in range(40)))
    for number in range(3):
        _another(app, cast, database, number)
    few = count()
    for number in range(3, 20):
        _another(app, cast, database, number)
    many = count()
    assert many[1:] == few[1:]
    assert many[0] <= few[0] + 1  # the start page counts what it does not show


def _another(app: Flask, cast: Cast, database: Database, number: int) -> None:
    page = write_page(app, cast.anna, f"Page {number}", PRICE % 900)
    confirm(database, cast.nina, page, 1)
    rewrite_page(app, cast.anna, page, body=PRICE % 950)
    rewrite_page(app, cast.anna, page, body=PRICE % 960)


def test_the_panels_of_a_page_cost_one_statement_together(
    browser_of: Browser, cast: Cast, database: Database, page: int
) -> None:
    nina = browser_of(cast.nina)
    address = nina.get(f"/pages/{page}").location
    nina.get(address)
    with counting(database) as sent:
        nina.get(address)
    assert sum("readings" in statement for statement in sent) == 1
