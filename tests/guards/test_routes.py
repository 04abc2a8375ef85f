"""Every route is walked as each of the cast and held against the table of who may pass."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.guards.routes import LEAST_ROLE
from wiki.accounts.actor import Actor
from wiki.pages.content import Content
from wiki.pages.revisions import Deed
from wiki.pages.saving import Desk, new_page

ORDER = ["stranger", "newcomer", "manager", "director", "admin"]
CAST = ["stranger", "nina", "anna", "boris", "vera", "adam"]
# These lead to the sign-in themselves, after they have done what was asked.
LEADING_TO_SIGN_IN = {"/sign-out", "/account/first", "/account/sign-out-everywhere"}
VALUES = {"slug": "x", "name": "x.png", "secret": "x", "code": "en", "title": "x", "tag": "x"}


def ends_sessions(entry: tuple[str, str]) -> bool:
    """Doors behind which the walker is signed out come last."""
    return "sign-out-everywhere" in entry[0]


def routes_of(app: Flask) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def address_of(rule: str) -> str:
    """An address that fits the rule; every number is 1, which is the one page there is."""
    return re.sub(
        r"<(?:(\w+):)?(\w+)>", lambda m: "1" if m[1] == "int" else VALUES.get(m[2], "x"), rule
    )


def test_every_route_stands_in_the_table_and_no_other_does(app: Flask) -> None:
    assert routes_of(app) == set(LEAST_ROLE)


@pytest.fixture
def one_page(app: Flask, cast: Cast) -> None:
    desk = Desk(app.extensions["database"], app.extensions["render_pool"])
    with app.app_context():
        new_page(desk, cast.anna, "en", Content("One", "Text", {}, (), None), Deed("create"))


@pytest.mark.parametrize("name", CAST)
@pytest.mark.usefixtures("one_page")
def test_each_of_the_cast_passes_just_the_doors_of_the_table(
    name: str, app: Flask, cast: Cast, browser_of: Callable[[Actor | None], FlaskClient]
) -> None:
    person = None if name == "stranger" else getattr(cast, name)
    role = person.role if person else "stranger"
    wrong = []
    for route, least in sorted(LEAST_ROLE.items(), key=ends_sessions):
        method, rule = route.split(" ", 1)
        passed = may_pass(browser_of(person), method, address_of(rule), person is not None)
        if passed != (least == "public" or ORDER.index(role) >= ORDER.index(least)):
            wrong.append(f"{route}: passed={passed}, the table says {least}")
    assert wrong == []


def may_pass(browser: FlaskClient, method: str, address: str, signed_in: bool) -> bool:
    """Whether the door opened: no sign-in asked, not forbidden. What is behind it may be absent."""
    answer = browser.open(address, method=method)
    assert answer.status_code < 500, f"{method} {address}: {answer.status_code}"
    asked_to_sign_in = "/account/sign-in" in answer.headers.get("Location", "")
    leads_there = address in LEADING_TO_SIGN_IN and (signed_in or "everywhere" not in address)
    return not (answer.status_code in (401, 403) or (asked_to_sign_in and not leads_there))
