"""The terms of a page stand under its text, in the reader's language."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from search.glossary.rules import Explanations
from search.glossary.services import add_group, archive_group, change_group
from tests.conftest import Cast
from tests.counting import counting
from tests.factories.pages import rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"
SAID = Explanations("Письмо с ценами.", "A letter with prices.")


@pytest.fixture
def group(database: Database, cast: Cast) -> int:
    with database.transaction() as session:
        return add_group(session, cast.vera, ["КП", "quote"], "", SAID).id


@pytest.fixture
def page(app: Flask, cast: Cast, group: int) -> int:
    return write_page(app, cast.anna, "Orders", "Send our quotes first. A quote is short.")


def seen(browser: FlaskClient, page: int) -> str:
    return browser.get(f"/pages/{page}", follow_redirects=True).text


def test_a_page_explains_its_terms_to_readers_of_both_languages(
    browser_of: Browser, cast: Cast, page: int, database: Database
) -> None:
    english = seen(browser_of(cast.nina), page)
    assert 'data-term="quotes"' in english
    assert "A letter with prices." in english
    with database.transaction() as session:
        session.execute(update(User).where(User.id == cast.nina.id).values(language="ru"))
    russian = seen(browser_of(cast.nina), page)
    assert 'lang="ru">Письмо с ценами.' in russian
    assert "A letter with prices." not in russian


def test_a_page_without_terms_has_no_list(
    app: Flask, browser_of: Browser, cast: Cast, group: int
) -> None:
    page = write_page(app, cast.anna, "Ovens", "They are hot.")
    assert "data-terms" not in seen(browser_of(cast.anna), page)


def test_a_change_of_the_glossary_or_the_page_is_seen_at_once(
    app: Flask, browser_of: Browser, cast: Cast, page: int, group: int, database: Database
) -> None:
    anna = browser_of(cast.anna)
    assert "A letter with prices." in seen(anna, page)
    with database.transaction() as session:
        change_group(session, cast.vera, group, 1, ["КП", "quote"], "", Explanations("", "Paper."))
    assert "Paper." in seen(anna, page)
    rewrite_page(app, cast.anna, page, body="Send nothing.")
    assert "data-terms" not in seen(anna, page)
    rewrite_page(app, cast.anna, page, body="Send a quote.")
    assert "Paper." in seen(anna, page)
    with database.transaction() as session:
        archive_group(session, cast.vera, group)
    assert "data-terms" not in seen(anna, page)


def test_an_explanation_in_the_other_language_is_better_than_none(
    app: Flask, browser_of: Browser, cast: Cast, database: Database
) -> None:
    with database.transaction() as session:
        add_group(session, cast.vera, ["ТЗ", "brief"], "", Explanations("Что нужно клиенту.", ""))
    page = write_page(app, cast.anna, "Work", "Read the brief.")
    assert 'lang="ru">Что нужно клиенту.' in seen(browser_of(cast.anna), page)


def test_a_second_look_is_answered_without_the_page_and_costs_one_statement_more(
    app: Flask, browser_of: Browser, cast: Cast, page: int, database: Database
) -> None:
    anna = browser_of(cast.anna)
    seen(anna, page)
    answer = anna.get(f"/pages/{page}", follow_redirects=True)
    address, etag = answer.request.path, answer.headers["ETag"]
    with counting(database) as sent:
        again = anna.get(address, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert sum("glossary_stamp" in statement for statement in sent) == 1
    assert not [statement for statement in sent if "synonym_groups" in statement]


def test_programs_read_the_terms_and_sight_is_kept(
    app: Flask, browser_of: Browser, cast: Cast, page: int, group: int
) -> None:
    answer = browser_of(cast.nina).get(f"/api/pages/{page}/terms")
    assert answer.json == {
        "terms": [
            {
                "group": group,
                "name": "КП",
                "words": "quotes",
                "explanation_ru": SAID.ru,
                "explanation_en": SAID.en,
            }
        ]
    }
    team = next(one for one in cast.anna.audiences if one not in cast.boris.audiences)
    secret = write_page(app, cast.anna, "Secret", "A quote.", audience=team)
    assert browser_of(cast.boris).get(f"/api/pages/{secret}/terms").status_code == 404
    assert browser_of(cast.anna).get(f"/api/pages/{secret}/terms").status_code == 200


def test_hostile_terms_are_shown_as_text(
    app: Flask, browser_of: Browser, cast: Cast, database: Database
) -> None:
    with database.transaction() as session:
        said = Explanations(HOSTILE, HOSTILE)
        add_group(session, cast.vera, ['quote" onclick="x', HOSTILE], "", said)
    page = write_page(app, cast.anna, "Orders", 'quote" onclick="x and &lt;script&gt;alert(1)')
    text = seen(browser_of(cast.anna), page)
    assert "data-terms" in text
    assert HOSTILE not in text
    assert 'data-term="quote&#34; onclick=' in text
