"""The weight of a version where it is compared, and in the programs' door."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.counting import counting
from tests.factories.pages import rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def page(app: Flask, cast: Cast) -> int:
    page = write_page(app, cast.anna, "Oven", "The oven costs 900 USD.")
    rewrite_page(app, cast.anna, page, body="The oven costs 950 USD.")
    rewrite_page(app, cast.anna, page, body="The oven costs 950 USD!")
    return page


@pytest.fixture
def secret(app: Flask, cast: Cast) -> int:
    team = next(one for one in cast.anna.audiences if one not in cast.boris.audiences)
    page = write_page(app, cast.anna, "Secret", "It costs 9 USD.", audience=team)
    rewrite_page(app, cast.anna, page, body="It costs 8 USD.")
    return page


def test_a_comparison_says_whether_the_change_is_read_again_and_why(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    material = browser_of(cast.anna).get(f"/pages/{page}/compare?from=1&to=2").text
    assert "To be read again" in material
    assert "<del>900</del> <ins>950</ins>" in material
    harmless = browser_of(cast.anna).get(f"/pages/{page}/compare?from=2&to=3").text
    assert "Need not be read again" in harmless
    assert "weight-reasons" not in harmless


def test_versions_that_are_no_neighbours_have_no_panel(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    anna = browser_of(cast.anna)
    assert "weight-panel" not in anna.get(f"/pages/{page}/compare?from=1&to=3").text
    assert "weight-panel" not in anna.get(f"/pages/{page}/compare?from=2&to=1").text


def test_an_editor_overrules_in_the_browser_and_a_newcomer_cannot(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    address, form = f"/pages/{page}/revisions/3/weight", {"material": "yes", "word": HOSTILE}
    assert browser_of(cast.nina).post(address, data=form).status_code == 403
    answer = browser_of(cast.anna).post(address, data=form, follow_redirects=True)
    assert "is asked to read this change" in answer.text
    seen = browser_of(cast.nina).get(f"/pages/{page}/compare?from=2&to=3").text
    assert "Anna decided so: &lt;script&gt;" in seen
    assert HOSTILE not in seen
    assert "weight-overrule" not in seen


def test_without_a_word_the_comparison_says_so(browser_of: Browser, cast: Cast, page: int) -> None:
    answer = browser_of(cast.anna).post(
        f"/pages/{page}/revisions/3/weight", data={"material": "yes"}, follow_redirects=True
    )
    assert "Say in a word why" in answer.text
    assert "Need not be read again" in answer.text


def test_what_one_may_not_see_is_not_there(browser_of: Browser, cast: Cast, secret: int) -> None:
    form = {"material": "no", "word": "Because"}
    for address in (f"/pages/{secret}/revisions/2/weight", "/pages/99999/revisions/2/weight"):
        assert browser_of(cast.boris).post(address, data=form).status_code == 404
        assert browser_of(cast.boris).get("/api" + address).status_code == 404
        assert browser_of(cast.boris).post("/api" + address, json=form).status_code == 404
    own = browser_of(cast.anna).get(f"/api/pages/{secret}/revisions/2/weight")
    assert own.json is not None
    assert own.json["material"] is True


def test_programs_read_and_overrule_a_weight(browser_of: Browser, cast: Cast, page: int) -> None:
    address = f"/api/pages/{page}/revisions/2/weight"
    anna = browser_of(cast.anna)
    assert anna.get(address).json == {
        "revision": 2,
        "material": True,
        "reasons": [{"kind": "number", "old": "900", "new": "950"}],
        "overruled": False,
        "word": "",
        "by": None,
    }
    said = anna.post(address, json={"material": False, "word": "A slip in the price"}).json
    assert said is not None
    assert (said["material"], said["overruled"], said["by"]) == (False, True, "Anna")
    assert anna.post(address, json={"material": True, "word": "x" * 301}).status_code == 422
    assert anna.get(f"/api/pages/{page}/revisions/9/weight").status_code == 404


def test_a_hostile_change_is_shown_as_text(app: Flask, browser_of: Browser, cast: Cast) -> None:
    page = write_page(app, cast.anna, HOSTILE, "Old.", facts={HOSTILE: "1 kg"})
    body = "```\n<img src=x onerror=alert(1)>\n```\n\n&lt;b onclick=x&gt; \"'"
    rewrite_page(app, cast.anna, page, title="New", body=body, facts={HOSTILE: "2 kg"})
    seen = browser_of(cast.anna).get(f"/pages/{page}/compare?from=1&to=2").text
    assert "To be read again" in seen
    assert HOSTILE not in seen
    assert "<img src=x" not in seen


def test_the_panel_costs_one_statement_however_much_changed(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, page: int
) -> None:
    long = write_page(app, cast.anna, "Long", "\n\n".join(f"Line {n}." for n in range(60)))
    rewrite_page(app, cast.anna, long, body="\n\n".join(f"Row {n + 90}." for n in range(60)))
    anna = browser_of(cast.anna)
    anna.get(f"/pages/{page}/compare?from=1&to=2")
    with counting(database) as few:
        anna.get(f"/pages/{page}/compare?from=1&to=2")
    with counting(database) as many:
        anna.get(f"/pages/{long}/compare?from=1&to=2")
    assert len(many) == len(few)
    assert sum("revision_weights" in statement for statement in few) == 1
