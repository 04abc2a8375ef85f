"""What is set beside the text: owner, translation, archive."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.factories.pages import desk_of, revision_of, rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.models import Page
from wiki.pages.redrawing import redraw_stale

Browser = Callable[[Actor | None], FlaskClient]


@pytest.fixture
def page(app: Flask, cast: Cast) -> int:
    return write_page(app, cast.anna, "Pelmeni")


@pytest.fixture
def twin(app: Flask, cast: Cast) -> int:
    return write_page(app, cast.anna, "Пельмени", language="ru")


def row(database: Database, page: int) -> Page:
    with database.reading() as session:
        return session.get_one(Page, page)


def test_a_page_is_handed_to_a_colleague(
    browser_of: Browser, cast: Cast, page: int, database: Database
) -> None:
    anna = browser_of(cast.anna)
    assert 'value="3" selected' not in anna.get(f"/pages/{page}/properties").text
    anna.post(f"/pages/{page}/owner", data={"owner": str(cast.boris.id)})
    assert row(database, page).owner_id == cast.boris.id
    assert "answers for it: Boris" in anna.get(f"/pages/{page}", follow_redirects=True).text


@pytest.mark.parametrize("owner", ["", "999", "-1", "x", "9" * 30, "nina"])
def test_nobody_is_made_owner_who_cannot_be(
    browser_of: Browser, cast: Cast, page: int, database: Database, owner: str
) -> None:
    typed = str(cast.nina.id) if owner == "nina" else owner
    done = browser_of(cast.anna).post(f"/pages/{page}/owner", data={"owner": typed})
    assert done.status_code == 302
    assert row(database, page).owner_id is None


@pytest.mark.parametrize("form", ["{twin}", "/pages/{twin}", "/pages/{twin}-pelmeni", " {twin} "])
def test_two_pages_are_paired_by_number_or_address_and_parted_again(
    browser_of: Browser, cast: Cast, page: int, twin: int, database: Database, form: str
) -> None:
    anna = browser_of(cast.anna)
    anna.post(f"/pages/{page}/twin", data={"twin": form.format(twin=twin)})
    assert row(database, page).twin_group == row(database, twin).twin_group is not None
    assert "По-русски" in anna.get(f"/pages/{page}", follow_redirects=True).text
    assert "In English" in anna.get(f"/pages/{twin}", follow_redirects=True).text
    anna.post(f"/pages/{page}/twin", data={"twin": ""})
    assert row(database, page).twin_group is None
    assert row(database, twin).twin_group is None


def test_a_page_that_gets_another_translation_leaves_the_first(
    app: Flask, browser_of: Browser, cast: Cast, page: int, twin: int, database: Database
) -> None:
    other = write_page(app, cast.anna, "Вареники", language="ru")
    anna = browser_of(cast.anna)
    for number in (twin, other):
        anna.post(f"/pages/{page}/twin", data={"twin": str(number)})
    assert row(database, twin).twin_group is None
    assert row(database, page).twin_group == row(database, other).twin_group is not None


@pytest.mark.parametrize(("which", "status"), [("same", 409), ("itself", 409), ("none", 404)])
def test_what_is_no_translation_is_refused(
    app: Flask, browser_of: Browser, cast: Cast, page: int, database: Database,
    which: str, status: int,
) -> None:  # fmt: skip
    other = write_page(app, cast.anna, "Vareniki")
    number = {"same": other, "itself": page, "none": 999}[which]
    answer = browser_of(cast.anna).post(f"/pages/{page}/twin", data={"twin": str(number)})
    assert answer.status_code == status
    assert row(database, page).twin_group is None


def test_a_director_archives_and_brings_back(
    app: Flask, browser_of: Browser, cast: Cast, page: int, database: Database
) -> None:
    linking = write_page(app, cast.anna, "A", "[[Pelmeni]]")
    vera = browser_of(cast.vera)
    done = vera.post(f"/pages/{page}/archive", data={"reason": "Sold out"}, follow_redirects=True)
    assert "This page is archived" in done.text
    with database.reading() as session:
        found = revision_of(session, page, 2)
    assert (found.kind, found.reason, found.archived) == ("archive", "Sold out", True)
    redraw_stale(desk_of(app))
    assert 'class="archived"' in vera.get(f"/pages/{linking}-a").text
    assert "Bring back" not in browser_of(cast.anna).get(f"/pages/{page}-pelmeni").text
    done = vera.post(f"/pages/{page}/unarchive", follow_redirects=True)
    assert "The page is in use again." in done.text
    assert row(database, page).archived is False


def test_an_archived_page_can_still_be_edited_and_stays_archived(
    app: Flask, browser_of: Browser, cast: Cast, page: int, database: Database
) -> None:
    browser_of(cast.vera).post(f"/pages/{page}/archive")
    rewrite_page(app, cast.anna, page, body="New.")
    assert row(database, page).archived is True


def test_a_reason_too_long_changes_nothing(
    browser_of: Browser, cast: Cast, page: int, database: Database
) -> None:
    answer = browser_of(cast.vera).post(f"/pages/{page}/archive", data={"reason": "x" * 301})
    assert answer.status_code == 422
    assert "at most 300" in answer.text
    assert row(database, page).archived is False


def test_only_directors_archive_and_newcomers_set_nothing(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    assert 'action="/pages/1/archive"' not in browser_of(cast.anna).get("/pages/1/properties").text
    assert 'action="/pages/1/archive"' in browser_of(cast.vera).get("/pages/1/properties").text
    assert browser_of(cast.anna).post(f"/pages/{page}/archive").status_code == 403
    for deed in ("owner", "twin", "archive"):
        assert browser_of(cast.nina).post(f"/pages/{page}/{deed}").status_code == 403
