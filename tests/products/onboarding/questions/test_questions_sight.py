"""Wrong answers tell nothing of pages that somebody may not see; results are for few eyes."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from products.onboarding.models import Enrolment, QuestionAttempt, Reading, ReadingPath
from products.onboarding.questions.editing import make_from_facts
from products.onboarding.questions.services import answer_question, begin_attempt
from tests.conftest import Cast
from tests.factories.questions import facts_of, product, product_category
from wiki import clock
from wiki.accounts.actor import DIRECTORS, EDITORS, EVERYONE, Actor, restricted_to
from wiki.database import Database
from wiki.pages.audiences import change_audience
from wiki.pages.models import Page

Browser = Callable[[Actor | None], FlaskClient]
SECRET = "301"
OPEN = "299"


@pytest.fixture
def shelf(database: Database, cast: Cast) -> int:
    return product_category(database, cast.vera)


def team_of(actor: Actor) -> str:
    return f"team:{actor.team_id}"


def asked_page(app: Flask, database: Database, author: Actor, shelf: int, audience: str) -> int:
    page = product(app, author, shelf, "Asked", facts_of("312.00"), audience)
    with app.app_context(), database.transaction() as session:
        assert make_from_facts(session, author, page) == 1
    return page


def begin(app: Flask, database: Database, actor: Actor, page: int) -> QuestionAttempt:
    """The words of answers need the application; browsers must not share it, nor their user."""
    with app.app_context(), database.transaction() as session:
        return begin_attempt(session, actor, page)


def answers(app: Flask, database: Database, actor: Actor, page: int) -> str:
    return " ".join(begin(app, database, actor, page).asked[0]["answers"])


@pytest.mark.parametrize("hidden", ["team", "editors", "directors", "restricted"])
def test_a_sister_that_not_every_reader_may_see_gives_no_answer(
    app: Flask, database: Database, cast: Cast, shelf: int, hidden: str
) -> None:
    """Not even to somebody who may see it: the same answers may be shown to others later."""
    audience = {
        "team": team_of(cast.anna),
        "editors": EDITORS,
        "directors": DIRECTORS,
        "restricted": restricted_to(cast.anna.team_id),
    }[hidden]
    product(app, cast.anna, shelf, "Hidden", facts_of(f"{SECRET}.00"), audience)
    product(app, cast.anna, shelf, "Open", facts_of(f"{OPEN}.00"))
    page = asked_page(app, database, cast.anna, shelf, EVERYONE)
    for actor in (cast.nina, cast.anna, cast.boris, cast.vera, cast.adam):
        said = answers(app, database, actor, page)
        assert OPEN in said
        assert SECRET not in said


def test_within_a_team_its_own_products_give_answers(
    app: Flask, database: Database, cast: Cast, shelf: int
) -> None:
    audience = team_of(cast.anna)
    product(app, cast.anna, shelf, "Ours", facts_of(f"{SECRET}.00"), audience)
    product(app, cast.anna, shelf, "Restricted", facts_of("333.00"), EDITORS)
    page = asked_page(app, database, cast.anna, shelf, audience)
    said = answers(app, database, cast.anna, page)
    assert SECRET in said
    assert "333" not in said


def test_a_page_that_others_may_see_from_now_on_forgets_the_answers_of_its_team(
    app: Flask, database: Database, cast: Cast, shelf: int
) -> None:
    audience = team_of(cast.anna)
    product(app, cast.anna, shelf, "Ours", facts_of(f"{SECRET}.00"), audience)
    page = asked_page(app, database, cast.anna, shelf, audience)
    assert SECRET in answers(app, database, cast.anna, page)
    with database.transaction() as session:
        change_audience(session, cast.anna, page, EVERYONE)
    assert SECRET not in answers(app, database, cast.boris, page)
    assert SECRET not in answers(app, database, cast.anna, page)


def test_a_sister_that_becomes_hidden_gives_no_answer_any_more(
    app: Flask, database: Database, cast: Cast, shelf: int
) -> None:
    sister = product(app, cast.anna, shelf, "Ours", facts_of(f"{SECRET}.00"))
    page = asked_page(app, database, cast.anna, shelf, EVERYONE)
    assert SECRET in answers(app, database, cast.boris, page)
    with database.transaction() as session:
        change_audience(session, cast.anna, sister, team_of(cast.anna))
    assert SECRET not in answers(app, database, cast.boris, page)


def test_when_no_question_can_be_asked_fairly_any_more_nobody_is_held_up(
    app: Flask, database: Database, cast: Cast, shelf: int
) -> None:
    """The maker could be asked with the help of its sisters only, and these are hidden now."""
    sisters = [
        product(app, cast.anna, shelf, name, {"maker": f"{name} hall"}) for name in ("New", "West")
    ]
    page = product(app, cast.anna, shelf, "Asked", {"maker": "Old hall"})
    with app.app_context(), database.transaction() as session:
        assert make_from_facts(session, cast.anna, page) == 1
    assert "New hall" in answers(app, database, cast.boris, page)
    with database.transaction() as session:
        for sister in sisters:
            change_audience(session, cast.anna, sister, team_of(cast.anna))
    attempt = begin(app, database, cast.boris, page)
    assert (attempt.asked, attempt.passed) == ([], True)
    with database.reading() as session:
        assert session.get_one(Reading, (cast.boris.id, page)).revision == 1


def test_archived_pages_rooms_other_categories_and_languages_give_no_answers(
    app: Flask, database: Database, cast: Cast, shelf: int
) -> None:
    gone = product(app, cast.anna, shelf, "Gone", facts_of("301.00"))
    notes = product(app, cast.anna, shelf, "Notes", facts_of("303.00"))
    product(app, cast.anna, shelf, "Russian", facts_of("305.00"), language="ru")
    product(app, cast.anna, shelf, "Open", facts_of(f"{OPEN}.00"))
    with database.transaction() as session:
        session.get_one(Page, gone).archived = True
        session.get_one(Page, notes).room = "client"
    page = asked_page(app, database, cast.anna, shelf, EVERYONE)
    said = answers(app, database, cast.nina, page)
    assert OPEN in said
    assert not any(other in said for other in ("301", "303", "305"))


@pytest.fixture
def failed(app: Flask, database: Database, cast: Cast, shelf: int) -> QuestionAttempt:
    """Nina's attempt in which she took the value of another product of her team for the right."""
    product(app, cast.anna, shelf, "Ours", facts_of(f"{SECRET}.00"), team_of(cast.anna))
    page = asked_page(app, database, cast.anna, shelf, team_of(cast.anna))
    attempt = begin(app, database, cast.nina, page)
    with database.transaction() as session:
        given = next(n for n, text in enumerate(attempt.asked[0]["answers"]) if SECRET in text)
        answer_question(session, cast.nina, attempt.id, 0, given)
    return attempt


def enrol(database: Database, learner: Actor, mentor: Actor, ended: Any = None) -> None:
    with database.transaction() as session:
        path = ReadingPath(title="Path", created_at=clock.now())
        session.add(path)
        session.flush()
        session.add(
            Enrolment(
                path_id=path.id,
                user_id=learner.id,
                mentor_id=mentor.id,
                began_on=clock.today(),
                ended_on=ended,
                created_at=clock.now(),
            )
        )


def sees(browser: FlaskClient, attempt: QuestionAttempt) -> bool:
    """Whether all doors to an attempt are open, or all are shut."""
    lists = ("/questions/results", f"/questions/results?person={attempt.user_id}")
    link = f"/questions/attempts/{attempt.id}"
    found = {browser.get(link).status_code == 200, browser.get("/api" + link).status_code == 200}
    found |= {f'"{link}"' in browser.get(one).text for one in lists}
    found.add(bool(browser.get("/api/questions/results").json["results"]))  # type: ignore[index]
    assert len(found) == 1
    return found.pop()


def test_results_are_for_learner_mentor_and_director_only(
    database: Database, browser_of: Browser, cast: Cast, failed: QuestionAttempt
) -> None:
    with database.transaction() as session:
        change_audience(session, cast.anna, failed.page_id, EVERYONE)
    seen = {name: sees(browser_of(getattr(cast, name)), failed)
            for name in ("nina", "anna", "boris", "vera", "adam")}  # fmt: skip
    assert seen == {"nina": True, "anna": False, "boris": False, "vera": True, "adam": True}
    enrol(database, cast.nina, cast.anna)
    enrol(database, cast.nina, cast.boris, ended=clock.today().replace(year=2020))
    assert sees(browser_of(cast.anna), failed)
    assert not sees(browser_of(cast.boris), failed)


def test_a_mentor_who_may_not_see_the_page_sees_no_result_of_it(
    database: Database, browser_of: Browser, cast: Cast, failed: QuestionAttempt
) -> None:
    enrol(database, cast.nina, cast.boris)
    assert not sees(browser_of(cast.boris), failed)
    assert browser_of(cast.boris).get(f"/questions/{failed.page_id}/results").status_code == 404


def test_in_the_results_a_hidden_value_is_not_shown_to_others(
    database: Database, browser_of: Browser, cast: Cast, failed: QuestionAttempt
) -> None:
    """The page is everybody's by now; the product whose value Nina chose is still her team's."""
    enrol(database, cast.nina, cast.boris)
    with database.transaction() as session:
        change_audience(session, cast.anna, failed.page_id, EVERYONE)
    link = f"/questions/attempts/{failed.id}"
    for door in (link, "/api" + link):
        for other in (cast.boris, cast.vera):
            answer = browser_of(other).get(door)
            assert answer.status_code == 200
            assert SECRET not in answer.text
            assert "312" in answer.text
        assert SECRET in browser_of(cast.nina).get(door).text


def test_an_attempt_without_a_result_is_its_learners_only(
    app: Flask, database: Database, browser_of: Browser, cast: Cast, shelf: int
) -> None:
    page = asked_page(app, database, cast.anna, shelf, EVERYONE)
    attempt = begin(app, database, cast.nina, page)
    link = f"/questions/attempts/{attempt.id}"
    assert browser_of(cast.nina).get(link).status_code == 200
    for other in (cast.vera, cast.anna):
        assert browser_of(other).get(link).status_code == 404
        assert browser_of(other).get("/api" + link).status_code == 404
        assert browser_of(other).post(link, data={"question": 1, "answer": 1}).status_code == 404


def test_what_one_may_not_see_is_not_there(
    app: Flask, database: Database, browser_of: Browser, cast: Cast, shelf: int
) -> None:
    secret = asked_page(app, database, cast.anna, shelf, team_of(cast.anna))
    hand = {"words": "Where?", "answer-1": "a", "answer-2": "b", "right": "1"}
    for page in (secret, 99_999):
        boris, base = browser_of(cast.boris), f"/questions/{page}"
        for end in ("", "/edit", "/new", "/results", "/1"):
            assert boris.get(base + end).status_code == 404, end
        for end in ("/begin", "/make", "/new", "/1", "/1/take-out", "/1/bring-back"):
            assert boris.post(base + end, data=hand).status_code == 404, end
        door = f"/api/pages/{page}/questions"
        assert boris.get(door).status_code == 404
        assert boris.post(door + "/from-facts").status_code == 404
        assert boris.post(door + "/attempts").status_code == 404
        typed = {"words": "Where are", "answers": ["a", "b"], "right": 1, "quote": "x"}
        assert boris.post(door, json=typed).status_code == 404
    assert browser_of(cast.anna).get(f"/questions/{secret}/edit").status_code == 200


def test_notes_of_clients_take_no_part(
    app: Flask, database: Database, browser_of: Browser, cast: Cast, shelf: int
) -> None:
    page = asked_page(app, database, cast.anna, shelf, EVERYONE)
    with database.transaction() as session:
        session.get_one(Page, page).room = "client"
    assert browser_of(cast.anna).get(f"/questions/{page}").status_code == 404
    assert browser_of(cast.anna).get(f"/questions/{page}/edit").status_code == 404
