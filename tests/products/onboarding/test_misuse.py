"""Learning in the hands of somebody who tries to break it: hostile words, two tabs, leavers."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.conftest import Cast
from tests.factories.pages import rewrite_page
from tests.factories.questions import facts_of, product, product_category
from wiki import clock
from wiki.accounts.actor import Actor, Role
from wiki.accounts.models import User
from wiki.database import Database
from wiki.pages.models import Page

Browser = Callable[[Actor | None], FlaskClient]

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }} %s %(x)s &amp; \u202e"
SENTENCE = "Made in the old hall."
MUST_SHOW = {
    "/", "/learning", "/learning/matrix", "/learning/paths", "/learning/paths/1", "/gaps?show=open",
    "/learning/paths/1/edit", "/learning/paths/1/versions", "/unclear?show=all", "the page",
    "/gaps?show=settled", "/search/glossary", "/notices",
}  # fmt: skip


def refuses_nothing(browser: FlaskClient, address: str, **form: str) -> str:
    """Send a form and follow it; the page that answers."""
    answer = browser.post(address, data=form, follow_redirects=True)
    assert answer.status_code == 200, (address, answer.status_code, answer.text[-2000:])
    return answer.text


def is_harmless(text: str) -> bool:
    """Whether hostile words stand there as words, or not at all."""
    return not any(sign in text for sign in ("<script>alert", "<img src=x", "alert(1)&gt;49"))


@pytest.fixture
def hostile_page(app: Flask, database: Database, cast: Cast) -> int:
    shelf = product_category(database, cast.vera)
    product(app, cast.boris, shelf, "Sister", facts_of("99.00", maker=HOSTILE[:60]))
    return product(
        app, cast.anna, shelf, f"Halva {HOSTILE}", facts_of(maker="The old hall", article="PL-1")
    )


def fills_everything(browser_of: Browser, cast: Cast, page: int) -> None:
    """Put hostile words into every field of learning."""
    vera, nina, anna = (browser_of(one) for one in (cast.vera, cast.nina, cast.anna))
    refuses_nothing(vera, "/learning/paths/new", title=HOSTILE, purpose=HOSTILE)
    rows = {
        "base_number": "1", "do": "save", "why": HOSTILE, "code": "new1",
        "kind-new1": "placeholder", "what-new1": HOSTILE, "place-new1": "1",
    }  # fmt: skip
    refuses_nothing(vera, "/learning/paths/1/edit", **rows)
    people = {"who": f"user:{cast.nina.id}", "mentor": str(cast.anna.id)}
    refuses_nothing(vera, "/learning/paths/1/people", began_on=str(clock.today()), **people)
    refuses_nothing(anna, f"/questions/{page}/make")
    asked = {"words": HOSTILE, "right": "1", "quote": SENTENCE}
    asked |= {f"answer-{number}": f"{number} {HOSTILE}" for number in (1, 2, 3)}
    refuses_nothing(anna, f"/questions/{page}/new", **asked)
    sentence = f"0:{SENTENCE}"
    refuses_nothing(nina, f"/pages/{page}/unclear", sentence=sentence, question=HOSTILE)
    refuses_nothing(anna, f"/pages/{page}/unclear/1/answer", words=HOSTILE)
    refuses_nothing(nina, f"/pages/{page}/unclear", sentence=sentence, question="b" + HOSTILE)
    refuses_nothing(nina, "/gaps", words=HOSTILE, category="")
    refuses_nothing(anna, "/gaps/1/answer", words=HOSTILE)
    refuses_nothing(nina, "/gaps", words="c" + HOSTILE, category="")
    group = {"expressions": "hall\nroom", "note": HOSTILE}
    group |= {f"explanation_{tongue}": HOSTILE for tongue in ("ru", "en")}
    refuses_nothing(vera, "/search/glossary/new", **group)


def fills_card(browser_of: Browser, cast: Cast, page: int) -> None:
    """The parts for a sales talk, in fields."""
    anna = browser_of(cast.anna)
    form = anna.get(f"/pages/{page}/selling/edit").text
    typed = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    fields = re.findall(r'<(?:input|textarea)[^>]* name="([a-z]+-\d[^"]*)"', form)
    typed |= dict.fromkeys(fields, f"| {HOSTILE}")
    refuses_nothing(anna, f"/pages/{page}/selling/edit", **typed)


def addresses(page: int) -> list[str]:
    """All that shows what was typed."""
    return [
        "/", "/learning", "/learning/matrix", "/learning/matrix?path=1", "/learning/paths",
        "/learning/paths/1", "/learning/paths/1/edit", "/learning/paths/1/about",
        "/learning/paths/1/versions", "/learning/paths/1/versions/compare?from=1&to=2",
        f"/questions/{page}", f"/questions/{page}/edit", "/questions/results",
        f"/pages/{page}/unclear", "/unclear?show=all", "/unclear?show=asked",
        "/gaps?show=open", "/gaps?show=settled", "/gaps?show=asked", "/notices", "/reading",
        f"/reading/{page}", f"/pages/{page}/selling", f"/pages/{page}/selling/edit",
        f"/products/compare?page={page}&page={page - 1}", "/care?who=all", f"/care/pages/{page}",
        "/care/freshness", "/contradictions?which=all", "/search/glossary", "/people/history",
        f"/pages/{page}/history", "/changes",
    ]  # fmt: skip


def test_hostile_words_are_only_words_wherever_they_are_shown(
    browser_of: Browser, cast: Cast, hostile_page: int
) -> None:
    fills_everything(browser_of, cast, hostile_page)
    fills_card(browser_of, cast, hostile_page)
    shown = set[str]()
    for person in (cast.vera, cast.anna, cast.nina):
        browser = browser_of(person)
        page = browser.get(f"/pages/{hostile_page}", follow_redirects=True).text
        for address, text in [("the page", page)] + [
            (address, browser.get(address, follow_redirects=True).text)
            for address in addresses(hostile_page)
        ]:
            assert is_harmless(text), address
            assert "Internal" not in text, address
            if "&lt;script&gt;alert(1)" in text:
                shown.add(address)
    assert shown >= MUST_SHOW | {
        f"/pages/{hostile_page}/selling",
        f"/questions/{hostile_page}/edit",
    }


def test_answers_to_hostile_questions_are_shown_as_words(
    browser_of: Browser, cast: Cast, hostile_page: int
) -> None:
    fills_everything(browser_of, cast, hostile_page)
    nina = browser_of(cast.nina)
    attempt = nina.post(f"/questions/{hostile_page}/begin").location
    seen = nina.get(attempt).text
    while "answer-choice" in seen:
        assert is_harmless(seen)
        number = re.search(r'name="question" value="(\d+)"', seen)
        assert number
        seen = refuses_nothing(nina, attempt, question=number[1], answer="2")
    assert is_harmless(seen)
    assert "&lt;script&gt;alert(1)" in seen


@pytest.fixture
def page(app: Flask, browser_of: Browser, database: Database, cast: Cast) -> int:
    """A product with one question, on a path that nina walks with boris as mentor."""
    shelf = product_category(database, cast.vera)
    page = product(app, cast.anna, shelf, "Halva", facts_of())
    browser_of(cast.anna).post(f"/questions/{page}/make")
    vera = browser_of(cast.vera)
    vera.post("/learning/paths/new", data={"title": "First week"})
    rows = {"base_number": "1", "do": "save", "code": "new1", "kind-new1": "page"}
    vera.post("/learning/paths/1/edit", data=rows | {"what-new1": "Halva", "place-new1": "1"})
    people = {"who": f"user:{cast.nina.id}", "mentor": str(cast.boris.id)}
    vera.post("/learning/paths/1/people", data=people | {"began_on": str(clock.today())})
    return page


def begins(browser: FlaskClient, page: int) -> str:
    return browser.post(f"/questions/{page}/begin").location


def answers_rightly(browser: FlaskClient, attempt: str) -> str:
    """What is shown after the right answer to the only question."""
    offered = re.findall(r'<span class="answer-text">(.*?)</span>', browser.get(attempt).text)
    place = next((n for n, text in enumerate(offered, 1) if "312.00" in text), 1)
    form = {"question": "1", "answer": str(place)}
    return browser.post(attempt, data=form, follow_redirects=True).text


def test_two_tabs_with_the_same_questions_confirm_once_and_say_what_happened(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    nina = browser_of(cast.nina)
    one, other = begins(nina, page), begins(nina, page)
    assert "you began again" in answers_rightly(nina, one)
    assert "Questions passed" in answers_rightly(nina, other)
    assert "have been answered already" in answers_rightly(nina, other)
    assert "Everything is read." in nina.get("/learning").text


def test_back_to_a_question_that_was_answered_changes_nothing(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    nina = browser_of(cast.nina)
    attempt = begins(nina, page)
    answers_rightly(nina, attempt)
    for place in ("?at=1", "?at=0", "?at=99", "?at=x"):
        assert "Questions passed" in nina.get(attempt + place).text
    for form in ({}, {"question": "99", "answer": "1"}, {"question": "-1", "answer": "x"}):
        assert nina.post(attempt, data=form, follow_redirects=True).status_code == 200
    assert "Questions passed" in nina.get(attempt).text


def test_a_page_that_is_archived_while_its_questions_are_answered_stops_nobody(
    app: Flask, browser_of: Browser, cast: Cast, page: int
) -> None:
    nina, vera = browser_of(cast.nina), browser_of(cast.vera)
    attempt = begins(nina, page)
    assert vera.post(f"/pages/{page}/archive").status_code == 302
    assert "archive" in nina.get("/learning").text
    answers_rightly(nina, attempt)
    assert nina.get(f"/questions/{page}").status_code == 200
    refuses_nothing(nina, f"/questions/{page}/begin")
    refuses_nothing(nina, f"/reading/{page}/confirm", revision="1", **{"from": "page"})
    assert "in the archive" in vera.get("/learning/paths/1").text
    assert vera.get("/learning/matrix?path=1").status_code == 200
    vera.post(f"/pages/{page}/unarchive")
    assert nina.get("/learning").status_code == 200


def test_a_change_while_the_questions_are_open_is_not_counted_as_read(
    app: Flask, browser_of: Browser, cast: Cast, page: int
) -> None:
    nina = browser_of(cast.nina)
    attempt = begins(nina, page)
    rewrite_page(app, cast.anna, page, facts=facts_of("400.00"))
    answers_rightly(nina, attempt)
    assert "Halva" in nina.get("/reading").text
    assert "to read again" in nina.get("/learning").text


def becomes(database: Database, person: Actor, **columns: object) -> None:
    with database.transaction() as session:
        session.execute(update(User).where(User.id == person.id).values(**columns))


def test_a_learner_whose_role_changes_keeps_path_and_progress(
    browser_of: Browser, database: Database, cast: Cast, page: int
) -> None:
    nina, vera = browser_of(cast.nina), browser_of(cast.vera)
    answers_rightly(nina, begins(nina, page))
    for role in (Role.MANAGER, Role.DIRECTOR, Role.NEWCOMER):
        becomes(database, cast.nina, role=role, team_id=None)
        assert "Everything is read." in nina.get("/learning").text
        assert "Nina" in vera.get("/learning/matrix").text
        assert vera.get("/learning/paths/1").status_code == 200


def test_a_page_that_a_learner_may_no_longer_see_leaves_no_trace(
    browser_of: Browser, database: Database, cast: Cast, page: int
) -> None:
    nina = browser_of(cast.nina)
    attempt = begins(nina, page)
    with database.transaction() as session:
        session.execute(update(Page).where(Page.id == page).values(audience="directors"))
    assert nina.get(attempt).status_code == 404
    assert nina.post(attempt, data={"question": "1", "answer": "1"}).status_code == 404
    for address in ("/learning", "/", "/reading", "/questions/results", "/learning/paths/1"):
        answer = nina.get(address)
        assert answer.status_code == 200
        assert "Halva" not in answer.text
    assert "May not see this page: Nina" in browser_of(cast.vera).get("/learning/paths/1").text


def test_a_mentor_who_left_is_named_and_can_be_replaced(
    browser_of: Browser, database: Database, cast: Cast, page: int
) -> None:
    becomes(database, cast.boris, deactivated_at=clock.now())
    nina, vera = browser_of(cast.nina), browser_of(cast.vera)
    assert "Boris (has left)" in " ".join(nina.get("/learning").text.split())
    assert "the mentor Boris has left: choose another" in vera.get("/learning/paths/1").text
    form = {"began_on": str(clock.today()), "mentor": str(cast.boris.id)}
    refused = vera.post("/learning/paths/1/people/1", data=form)
    assert (refused.status_code, "This mentor has left" in refused.text) == (422, True)
    refuses_nothing(vera, "/learning/paths/1/people/1", **form | {"mentor": str(cast.anna.id)})
    assert "mentor: Anna" in nina.get("/learning").text


def test_a_learner_who_left_is_no_more_asked_and_what_was_read_stays(
    browser_of: Browser, database: Database, cast: Cast, page: int
) -> None:
    nina, vera = browser_of(cast.nina), browser_of(cast.vera)
    answers_rightly(nina, begins(nina, page))
    becomes(database, cast.nina, deactivated_at=clock.now())
    assert nina.get("/learning").status_code == 302
    assert "Nina" not in vera.get("/learning/matrix").text
    assert "Nina" in vera.get("/learning/matrix?left=1").text
    assert vera.get(f"/learning/people/{cast.nina.id}").status_code == 200
