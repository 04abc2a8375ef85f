"""Questions in the browser and in the programs' door."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import Cast
from tests.counting import counting
from tests.factories.pages import rewrite_page
from tests.factories.questions import facts_of, product, product_category, whole_facts
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"
HAND = {
    "words": "Where are they made?",
    "answer-1": "In the new hall",
    "answer-3": "In the old hall",
    "answer-4": "At sea",
    "right": "3",
    "quote": "Made in the old hall.",
}


@pytest.fixture
def shelf(database: Database, cast: Cast) -> int:
    return product_category(database, cast.vera)


@pytest.fixture
def page(app: Flask, browser_of: Browser, cast: Cast, shelf: int) -> int:
    page = product(app, cast.anna, shelf, "Domashnie", facts_of(halal=True))
    assert browser_of(cast.anna).post(f"/questions/{page}/make").status_code == 302
    return page


RIGHT = ("RUB\u00a0312.00", "yes")


def begin(browser: FlaskClient, page: int) -> str:
    """Begin; the address of the attempt."""
    return browser.post(f"/questions/{page}/begin").location


def answers_in(seen: str) -> list[str]:
    return re.findall(r'<span class="answer-text">(.*?)</span>', seen)


def give(browser: FlaskClient, attempt: str, *right: str) -> TestResponse:
    """Answer the question shown: with one of these when it is offered, else wrongly."""
    seen = browser.get(attempt).text
    offered = answers_in(seen)
    good = [place for place, text in enumerate(offered) if text in right]
    wrong = [place for place, text in enumerate(offered) if text not in RIGHT]
    chosen = (good or wrong or [0])[0]
    number = re.search(r'name="question" value="(\d+)"', seen)
    assert number
    form = {"question": number[1], "answer": chosen + 1}
    return browser.post(attempt, data=form, follow_redirects=True)


def test_a_reader_begins_answers_one_by_one_and_has_read_the_page(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    nina = browser_of(cast.nina)
    first = nina.get(f"/questions/{page}").text
    assert "2 questions about this page" in first
    assert "All 2 answers must be right." in first
    attempt = begin(nina, page)
    assert "Question 1 of 2" in nina.get(attempt).text
    assert nina.get(f"/questions/{page}").location == attempt  # on with what was begun
    give(nina, attempt, "RUB\u00a0312.00", "yes")
    assert "Question 2 of 2" in nina.get(attempt).text
    assert " checked" in nina.get(f"{attempt}?at=1").text
    done = give(nina, attempt, "RUB\u00a0312.00", "yes").text
    assert "2 of 2 answers are right." in done
    assert "You have read version 1" in done
    assert "Nothing waits for you here" in nina.get(f"/questions/{page}").text


def test_a_wrong_answer_shows_the_place_in_the_page(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    nina = browser_of(cast.nina)
    attempt = begin(nina, page)
    give(nina, attempt, "no")
    done = give(nina, attempt, "no").text
    assert "Not passed yet" in done
    assert f'href="/pages/{page}-domashnie#fact-price"' in done
    assert '<q lang="en">Price: RUB\u00a0312.00</q>' in done
    assert f'action="/questions/{page}/begin"' in done
    assert 'id="fact-price"' in nina.get(f"/pages/{page}-domashnie").text


def test_a_question_in_progress_never_tells_which_answer_is_right(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    nina = browser_of(cast.nina)
    attempt = begin(nina, page)
    told = nina.get("/api" + attempt).json
    assert told is not None
    assert all(one["right"] is one["is_right"] is one["quote"] is None for one in told["questions"])
    seen = nina.get(attempt).text
    choices = re.findall(r'<label class="answer-choice">.*?</label>', seen, re.DOTALL)
    shapes = {re.sub(r"value=\"\d\"|<span.*?</span>|<kbd.*?</kbd>| autofocus", "", one)
              for one in choices}  # fmt: skip
    assert len(shapes) == 1


def test_what_is_no_answer_is_said_and_nothing_is_lost(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    nina = browser_of(cast.nina)
    attempt = begin(nina, page)
    for form in ({}, {"question": "1"}, {"question": "x", "answer": "9" * 40}):
        answer = nina.post(attempt, data=form, follow_redirects=True)
        assert "Choose one of the answers" in answer.text
        assert "Question 1 of 2" in answer.text


def test_a_changed_fact_is_one_question_for_whoever_passed(
    app: Flask, browser_of: Browser, cast: Cast, page: int
) -> None:
    nina = browser_of(cast.nina)
    attempt = begin(nina, page)
    for _turn in range(2):
        give(nina, attempt, "RUB\u00a0312.00", "yes")
    rewrite_page(app, cast.anna, page, facts=facts_of("350.00", halal=True))
    assert "1 question about what changed" in nina.get(f"/questions/{page}").text
    attempt = begin(nina, page)
    seen = nina.get(attempt).text
    assert "“Price” has changed" in seen
    assert "RUB\u00a0312.00" in answers_in(seen)
    assert "You have read version 2" in give(nina, attempt, "RUB\u00a0350.00").text


def test_an_attempt_at_an_older_text_begins_again(
    app: Flask, browser_of: Browser, cast: Cast, page: int
) -> None:
    nina = browser_of(cast.nina)
    old = begin(nina, page)
    rewrite_page(app, cast.anna, page, body="Made in the old hall, kept at minus eighteen.")
    assert nina.get(f"/questions/{page}").location == old
    rewrite_page(app, cast.anna, page, facts=facts_of("350.00", halal=True))
    assert "2 questions" in nina.get(f"/questions/{page}").text
    assert begin(nina, page) != old
    assert nina.get(old).location == f"/questions/{page}"


def test_russian_pages_are_asked_in_russian(
    app: Flask, browser_of: Browser, cast: Cast, shelf: int
) -> None:
    page = product(app, cast.anna, shelf, "Домашние", facts_of(halal=True), language="ru")
    browser_of(cast.anna).post(f"/questions/{page}/make")
    seen = browser_of(cast.anna).get(f"/questions/{page}/edit").text
    assert "312,00\u00a0₽" in seen
    assert "<b>да</b>" in seen


def test_an_editor_writes_changes_and_takes_out_a_question(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    anna, base = browser_of(cast.anna), f"/questions/{page}"
    assert "Question" in anna.get(base + "/new").text
    kept = anna.post(base + "/new", data=HAND, follow_redirects=True).text
    assert "The question is saved." in kept
    assert "<b>In the old hall</b>" in kept
    assert f'href="/pages/{page}-domashnie#:~:text=Made%20in%20the%20old%20hall."' in kept
    changed = {**HAND, "words": HOSTILE + " where?", "answer-4": HOSTILE}
    seen = anna.post(base + "/3", data=changed, follow_redirects=True).text
    assert "&lt;script&gt;" in seen
    assert HOSTILE not in seen
    assert "Taken out by an editor" in anna.post(base + "/3/take-out", follow_redirects=True).text
    assert "is asked again" in anna.post(base + "/3/bring-back", follow_redirects=True).text
    assert anna.get(base + "/1").status_code == 404  # not by hand
    nina = browser_of(cast.nina)
    assert nina.get(base + "/edit").status_code == 403
    attempt = begin(nina, page)
    assert HOSTILE not in "".join(nina.get(f"{attempt}?at={n}").text for n in (1, 2, 3))


def test_a_refused_question_comes_back_as_it_was_typed(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    anna = browser_of(cast.anna)
    answer = anna.post(f"/questions/{page}/new", data={**HAND, "quote": "It is made of steel."})
    assert answer.status_code == 422
    assert "does not stand in the page" in answer.text
    assert 'value="In the old hall"' in answer.text
    assert "It is made of steel." in answer.text
    assert re.search(r'name="right" value="3"[^>]* checked', answer.text)


def test_a_question_that_is_sent_twice_is_kept_once(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    anna, address = browser_of(cast.anna), f"/questions/{page}/new"
    assert anna.post(address, data=HAND).status_code == 302
    again = anna.post(address, data={**HAND, "words": "where are  they made?"})
    assert again.status_code == 422
    assert "asks this question already" in again.text
    assert anna.get(f"/questions/{page}/edit").text.count("Where are they made?</b>") == 1


def test_an_answer_that_gives_itself_away_is_said(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    telling = {**HAND, "answer-3": "In the old hall, where they have been made for forty years"}
    answer = browser_of(cast.anna).post(
        f"/questions/{page}/new", data=telling, follow_redirects=True
    )
    assert "readers will guess it" in answer.text


def test_editors_find_the_questions_under_the_page_and_readers_do_not(
    app: Flask, browser_of: Browser, cast: Cast, page: int
) -> None:
    address = f"/pages/{page}-domashnie"
    assert "2 check questions about this page" in browser_of(cast.anna).get(address).text
    assert f"/questions/{page}/edit" not in browser_of(cast.nina).get(address).text
    anna = browser_of(cast.anna)
    etag = anna.get(address).headers["ETag"]
    again = anna.get(address, headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_a_page_without_questions_says_what_to_do(
    app: Flask, browser_of: Browser, cast: Cast, shelf: int
) -> None:
    bare = product(app, cast.anna, shelf, "Bare", {})
    assert "This page has no questions" in browser_of(cast.nina).get(f"/questions/{bare}").text
    begun = browser_of(cast.nina).post(f"/questions/{bare}/begin", follow_redirects=True)
    assert "Say on the page itself" in begun.text
    made = browser_of(cast.anna).post(f"/questions/{bare}/make", follow_redirects=True)
    assert "has its question already" in made.text
    assert "No questions yet" in made.text
    assert "No results yet" in browser_of(cast.nina).get("/questions/results").text


def test_results_are_listed(browser_of: Browser, cast: Cast, page: int) -> None:
    nina = browser_of(cast.nina)
    attempt = begin(nina, page)
    for _turn in range(2):
        give(nina, attempt, "RUB\u00a0312.00", "yes")
    for address in ("/questions/results", f"/questions/{page}/results"):
        seen = browser_of(cast.vera).get(address).text
        assert "Nina" in seen
        assert "2 / 2" in seen
    assert "Nina" in browser_of(cast.vera).get(attempt).text


def test_programs_make_write_and_answer(browser_of: Browser, cast: Cast, page: int) -> None:
    anna, nina, door = browser_of(cast.anna), browser_of(cast.nina), f"/api/pages/{page}/questions"
    typed = {"words": "Where are they made?", "answers": ["At sea", "In the old hall"],
             "right": 2, "quote": "Made in the old hall."}  # fmt: skip
    assert anna.post(door + "/from-facts").json == {"made": 0, "id": None}
    assert anna.post(door, json=typed).status_code == 201
    assert anna.post(door, json={**typed, "right": 9}).status_code == 422
    assert nina.post(door, json=typed).status_code == 403
    assert nina.get(door).json == {"living": 3, "due": 3, "needed": 3}
    begun = nina.post(door + "/attempts").json
    assert begun is not None
    address = f"/api/questions/attempts/{begun['id']}"
    right = ("RUB\u00a0312.00", "yes", "In the old hall")
    for place, one in enumerate(begun["questions"]):
        answer = next(n for n, text in enumerate(one["answers"]) if text in right)
        done = nina.post(address, json={"question": place + 1, "answer": answer + 1}).json
    assert done is not None
    assert (done["passed"], done["right"], done["needed"]) == (True, 3, 3)
    assert nina.post(address, json={"question": 1, "answer": 1}).status_code == 409
    [result] = nina.get("/api/questions/results").json["results"]  # type: ignore[index]
    assert (result["person"], result["asked"], result["passed"]) == ("Nina", 3, True)


def test_pages_cost_as_many_statements_for_many_questions_as_for_few(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, page: int, shelf: int
) -> None:
    many = product(app, cast.anna, shelf, "Many", whole_facts())
    anna, nina = browser_of(cast.anna), browser_of(cast.nina)
    anna.post(f"/questions/{many}/make")
    for number in range(6):
        product(app, cast.anna, shelf, f"Sister {number}", facts_of(f"{300 + number}.00"))

    def spent(browser: FlaskClient, address: str) -> int:
        browser.get(address)
        with counting(database) as sent:
            assert browser.get(address).status_code == 200
        return len(sent)

    for browser, end in ((anna, "/edit"), (nina, ""), (anna, "/results"), (anna, "/new")):
        addresses = [f"/questions/{one}{end}" for one in (page, many)]
        assert spent(browser, addresses[0]) == spent(browser, addresses[1]) < 20, end
    attempts = [begin(nina, one) for one in (page, many)]
    assert spent(nina, attempts[0]) == spent(nina, attempts[1]) < 12
