"""The glossary in the browser."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from search.glossary.services import add_group, archive_group, change_group
from tests.conftest import Cast
from tests.counting import counting
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]

HOSTILE = '<script>alert("1")</script> {{ 7 * 7 }}'


@pytest.fixture
def group(database: Database, cast: Cast) -> int:
    with database.transaction() as session:
        return add_group(session, cast.vera, ["КП", "quote"], "цены").id


def test_everybody_reads_and_only_the_director_has_buttons(
    browser_of: Browser, cast: Cast, group: int
) -> None:
    for person, may_edit in ((cast.nina, False), (cast.anna, False), (cast.vera, True)):
        shown = browser_of(person).get("/search/glossary").text
        assert "КП = quote" in shown
        assert "Vera" in shown
        assert (f"/search/glossary/{group}/archive" in shown) is may_edit
        assert ("/search/glossary/new" in shown) is may_edit


def test_an_empty_glossary_says_what_it_is_for(browser_of: Browser, cast: Cast) -> None:
    assert "The glossary is empty" in browser_of(cast.nina).get("/search/glossary").text
    assert "The glossary is empty" in browser_of(cast.vera).get("/search/glossary").text


def test_a_group_is_added_changed_archived_and_brought_back(
    browser_of: Browser, cast: Cast
) -> None:
    vera = browser_of(cast.vera)
    vera.post("/search/glossary/new", data={"expressions": "КП\r\nquote", "note": "цены"})
    assert "КП = quote" in vera.get("/search/glossary").text
    vera.post("/search/glossary/1", data={"expressions": "КП\noffer", "base": "1"})
    assert "КП = offer" in vera.get("/search/glossary").text
    vera.post("/search/glossary/1/archive")
    assert "1 archived group" in vera.get("/search/glossary").text
    assert "archived" not in browser_of(cast.nina).get("/search/glossary").text
    vera.post("/search/glossary/1/bring-back")
    assert "archived group" not in vera.get("/search/glossary").text


def test_a_refused_group_comes_back_with_the_sentence(
    browser_of: Browser, cast: Cast, group: int
) -> None:
    vera = browser_of(cast.vera)
    for address in ("/search/glossary/new", f"/search/glossary/{group}"):
        answer = vera.post(address, data={"expressions": "ЕДИНСТВЕННОЕ", "note": "мой", "base": 1})
        assert answer.status_code == 422
        assert "at least two different" in answer.text
        assert "ЕДИНСТВЕННОЕ" in answer.text
        assert "мой" in answer.text


def test_when_two_edit_at_once_nothing_typed_is_lost(
    browser_of: Browser, cast: Cast, database: Database, group: int
) -> None:
    with database.transaction() as session:
        change_group(session, cast.adam, group, 1, ["КП", "bid"], "")
    vera = browser_of(cast.vera)
    typed = {"expressions": "КП\nпредложение", "note": "моё", "base": "1"}
    answer = vera.post(f"/search/glossary/{group}", data=typed)
    assert answer.status_code == 409
    for said in (
        "Somebody changed",
        "Saved meanwhile by Adam",
        "<li>bid</li>",
        "предложение",
        "моё",
    ):
        assert said in answer.text
    assert 'name="base" value="2" data-base' in answer.text
    vera.post(f"/search/glossary/{group}", data={**typed, "base": "2"})
    assert "КП = предложение" in vera.get("/search/glossary").text


def test_an_earlier_state_is_one_button_away(
    browser_of: Browser, cast: Cast, database: Database, group: int
) -> None:
    with database.transaction() as session:
        change_group(session, cast.adam, group, 1, ["КП", "bid"], "")
    vera = browser_of(cast.vera)
    shown = vera.get(f"/search/glossary/{group}").text
    assert shown.count("Make it so again") == 1
    entry = shown.split('name="entry" value="')[1].split('"')[0]
    vera.post(f"/search/glossary/{group}/restore", data={"entry": entry, "base": "2"})
    assert "КП = quote" in vera.get("/search/glossary").text


def test_who_may_not_change_it_is_turned_away(browser_of: Browser, cast: Cast, group: int) -> None:
    for person in (cast.nina, cast.anna):
        browser = browser_of(person)
        assert browser.get("/search/glossary/new").status_code == 403
        assert browser.get(f"/search/glossary/{group}").status_code == 403
        for address in ("new", f"{group}", f"{group}/archive", f"{group}/restore"):
            answer = browser.post(f"/search/glossary/{address}", data={"expressions": "a\nb"})
            assert answer.status_code == 403
    assert browser_of(None).get("/search/glossary").status_code == 302


def test_what_is_not_there_is_not_found(browser_of: Browser, cast: Cast) -> None:
    vera = browser_of(cast.vera)
    assert vera.get("/search/glossary/99").status_code == 404
    for address in ("99", "99/archive", "99/bring-back", "99/restore"):
        answer = vera.post(f"/search/glossary/{address}", data={"expressions": "a\nb", "base": 1})
        assert answer.status_code == 404


def test_hostile_text_is_only_text(browser_of: Browser, cast: Cast) -> None:
    vera = browser_of(cast.vera)
    typed = {"expressions": f"{HOSTILE}\nquote", "note": HOSTILE, "explanation_en": HOSTILE}
    vera.post("/search/glossary/new", data=typed)
    for shown in (vera.get("/search/glossary").text, vera.get("/search/glossary/1").text):
        assert "&lt;script&gt;alert" in shown
        assert "<script>alert" not in shown
        assert "{{ 7 * 7 }}" in shown


def test_the_list_costs_as_much_with_many_groups(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    taken = []
    vera = browser_of(cast.vera)
    for start in (0, 40):
        with database.transaction() as session:
            for number in range(start, start + 3 + start):
                one = add_group(session, cast.vera, [f"слово{number}", f"word{number}"])
                if number % 2:
                    archive_group(session, cast.vera, one.id)
        vera.get("/search/glossary")
        with counting(database) as sent:
            vera.get("/search/glossary")
        taken.append(len(sent))
    assert taken[0] == taken[1]


def test_the_director_explains_a_group_and_everybody_reads_it(
    browser_of: Browser, cast: Cast
) -> None:
    vera = browser_of(cast.vera)
    typed = {"expressions": "КП\nquote", "explanation_ru": "Письмо.", "explanation_en": "A letter."}
    vera.post("/search/glossary/new", data=typed)
    assert "A letter." in browser_of(cast.nina).get("/search/glossary").text
    form = vera.get("/search/glossary/1").text
    assert "Письмо.</textarea>" in form
    long = vera.post("/search/glossary/1", data={**typed, "base": 1, "explanation_en": "x" * 601})
    assert long.status_code == 422
    assert "The explanation is longer than 600 characters" in long.text
    assert "x" * 601 in long.text
