"""Unclear sentences in the browser and for programs."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from products.onboarding.models import UnclearMark
from products.onboarding.unclear.rules import Chosen
from products.onboarding.unclear.services import ask
from tests.conftest import Cast
from tests.counting import counting
from tests.factories.pages import rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.kept import KeptAnswers

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>\"'"
BODY = "The oven weighs 300 kg. The warranty is void after opening. Ask us."
SENTENCE = "19:warranty is void"


@pytest.fixture
def page(app: Flask, cast: Cast) -> int:
    return write_page(app, cast.anna, "Oven", BODY)


def put_mark(browser: FlaskClient, page: int, question: str = "Opened by whom?") -> str:
    form = {"sentence": SENTENCE, "question": question}
    answer = browser.post(f"/pages/{page}/unclear", data=form)
    assert answer.status_code == 302, answer.text
    return str(answer.location).rpartition("-")[2]


def test_a_reader_asks_from_the_page_and_sees_the_mark_under_it(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    nina = browser_of(cast.nina)
    before = nina.get(f"/pages/{page}-oven").text
    assert 'data-shortcut="u"' in before
    assert "data-unclear-text" not in before
    mark = put_mark(nina, page)
    seen = nina.get(f"/pages/{page}-oven").text
    assert 'data-unclear-text="The warranty is void after opening."' in seen
    assert 'data-unclear-start="19"' in seen
    assert f'id="unclear-{mark}"' in seen
    assert "Opened by whom?" in seen
    assert "I have mended the page" not in seen
    assert "I have mended the page" in browser_of(cast.boris).get(f"/pages/{page}-oven").text


def test_without_scripts_one_chooses_the_sentence_by_its_words(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    nina = browser_of(cast.nina)
    whole = nina.get(f"/pages/{page}/unclear").text
    assert whole.count('type="radio"') == 3
    found = nina.get(f"/pages/{page}/unclear?words=VOID after").text
    assert 'value="19:The warranty is void after opening." checked' in found
    assert found.count('type="radio"') == 1
    assert "No sentence of this page has these words" in (
        nina.get(f"/pages/{page}/unclear?words=nothing").text
    )


def test_a_refusal_keeps_what_was_typed(browser_of: Browser, cast: Cast, page: int) -> None:
    nina = browser_of(cast.nina)
    answer = nina.post(f"/pages/{page}/unclear", data={"question": "My question"})
    assert answer.status_code == 422
    assert "Choose the sentence" in answer.text
    assert "My question</textarea>" in answer.text
    mark = put_mark(nina, page)
    long = browser_of(cast.anna).post(
        f"/pages/{page}/unclear/{mark}/answer", data={"words": "x" * 2_001}
    )
    assert long.status_code == 422
    assert "x" * 2_001 + "</textarea>" in long.text


def test_the_owner_answers_and_the_asker_finds_it_by_the_bell(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    mark = put_mark(browser_of(cast.nina), page)
    anna = browser_of(cast.anna)
    assert "a sentence is unclear" in anna.get("/notices").text
    assert "Opened by whom?" in anna.get("/unclear").text
    anna.post(f"/pages/{page}/unclear/{mark}/answer", data={"words": "By the client."})
    assert "Opened by whom?" not in anna.get("/unclear").text
    nina = browser_of(cast.nina)
    assert "answered your question" in nina.get("/notices").text
    assert "By the client." in nina.get("/unclear").text
    assert "By the client." in nina.get(f"/pages/{page}-oven").text
    again = anna.post(f"/pages/{page}/unclear/{mark}/mended")
    assert again.status_code == 409
    assert nina.post(f"/pages/{page}/unclear/{mark}/answer", data={"words": "I"}).status_code == 403
    assert nina.post(f"/pages/{page}/unclear/{mark}/explode").status_code == 404


def test_a_mark_without_its_sentence_says_since_when(
    app: Flask, browser_of: Browser, cast: Cast, page: int
) -> None:
    put_mark(browser_of(cast.nina), page)
    rewrite_page(app, cast.anna, page, body="The oven weighs 300 kg. Ask us.")
    seen = browser_of(cast.nina).get(f"/pages/{page}-oven").text
    assert "not on the page since version 2" in seen
    assert "data-unclear-text" not in seen


def test_nobody_sees_marks_of_what_they_may_not_see(
    app: Flask, browser_of: Browser, cast: Cast, database: Database
) -> None:
    team = next(one for one in cast.anna.audiences if one not in cast.boris.audiences)
    secret = write_page(app, cast.anna, "Secret", BODY, audience=team)
    mark = put_mark(browser_of(cast.anna), secret, "Hidden question")
    boris = browser_of(cast.boris)
    form = {"sentence": SENTENCE, "question": "Why?", "words": "So."}
    for address in (f"/pages/{secret}/unclear", "/pages/99999/unclear"):
        assert boris.get(address).status_code == 404
        assert boris.get("/api" + address).status_code == 404
        assert boris.post(address, data=form).status_code == 404
        assert (
            boris.post("/api" + address, json={"quote": "Ask", "question": "x"}).status_code == 404
        )
        assert boris.post(f"{address}/{mark}/answer", data=form).status_code == 404
        deed = boris.post(f"/api{address}/{mark}/answer", json={"words": "So."})
        assert deed.status_code == 404
    assert "Hidden question" not in boris.get("/unclear?show=all").text
    assert boris.get("/api/unclear").json == {"marks": []}
    assert "Hidden question" in browser_of(cast.anna).get("/unclear?show=all").text


def test_hostile_words_are_shown_as_text(app: Flask, browser_of: Browser, cast: Cast) -> None:
    body = "&lt;script&gt;alert(1)&lt;/script&gt;\"' is unclear."
    page = write_page(app, cast.anna, HOSTILE, body)
    nina = browser_of(cast.nina)
    sent = {"sentence": "0:" + HOSTILE, "question": HOSTILE}
    assert nina.post(f"/pages/{page}/unclear", data=sent).status_code == 302
    for address in (f"/pages/{page}", f"/pages/{page}/unclear?words={HOSTILE}", "/unclear"):
        seen = nina.get(address, follow_redirects=True).text
        assert "&lt;script&gt;alert(1)" in seen
        assert "<script>alert" not in seen


def test_programs_ask_answer_and_read(browser_of: Browser, cast: Cast, page: int) -> None:
    nina, anna = browser_of(cast.nina), browser_of(cast.anna)
    asked = nina.post(f"/api/pages/{page}/unclear", json={"quote": "void", "question": "Why?"}).json
    assert asked is not None
    assert (asked["state"], asked["sentence"]) == ("open", "The warranty is void after opening.")
    address = f"/api/pages/{page}/unclear/{asked['id']}"
    done = anna.post(f"{address}/answer", json={"words": "So."}).json
    assert done is not None
    assert (done["state"], done["answer"], done["ended_by"]) == ("answered", "So.", "Anna")
    assert anna.post(f"{address}/answer", json={"words": "So."}).status_code == 409
    assert anna.post(f"{address}/explode", json={}).status_code == 404
    reopened = nina.post(f"{address}/reopen", json={}).json
    assert reopened is not None
    assert reopened["state"] == "open"
    lists = [
        anna.get("/api/unclear?show=to-answer").json,
        nina.get(f"/api/pages/{page}/unclear").json,
    ]
    assert [one["marks"][0]["id"] for one in lists if one] == [asked["id"]] * 2
    assert anna.get("/api/unclear?show=odd").status_code == 422


def test_an_unchanged_page_with_marks_is_answered_with_304(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    nina = browser_of(cast.nina)
    put_mark(nina, page)
    nina.get(f"/pages/{page}-oven")
    tag = nina.get(f"/pages/{page}-oven").headers["ETag"]
    kept = nina.get(f"/pages/{page}-oven", headers={"If-None-Match": tag})
    assert kept.status_code == 304
    put_mark(browser_of(cast.boris), page, "And this?")
    again = nina.get(f"/pages/{page}-oven", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert "And this?" in again.text


def test_many_marks_cost_as_many_statements_as_few(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, page: int
) -> None:
    app.extensions["kept_pages"] = KeptAnswers(0)
    anna, addresses = (
        browser_of(cast.anna),
        (f"/pages/{page}-oven", f"/pages/{page}/unclear", "/unclear"),
    )
    counts = []
    for number in (2, 40):
        with database.transaction() as session:
            for one in range(number):
                ask(session, cast.nina, page, Chosen("Ask us"), f"Question {number} {one}?")
        taken = []
        for address in addresses:
            anna.get(address)
            with counting(database) as sent:
                anna.get(address)
            taken.append(len(sent))
        counts.append(taken)
    assert counts[0] == counts[1]
    with database.reading() as session:
        assert len(session.scalars(select(UnclearMark)).all()) == 42
