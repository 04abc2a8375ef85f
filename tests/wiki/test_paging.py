"""Links of long lists repeat what the address asks, and its words never say how links are made."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast
from wiki.accounts.actor import Actor
from wiki.paging import Pager, address_of, address_with

HOSTILE = "endpoint=x&self=y&_scheme=javascript&_external=1&_anchor=z&values=1&code=won"


def test_a_link_repeats_the_address_and_changes_what_it_must(app: Flask) -> None:
    with app.test_request_context("/clients?text=a+b%26c&page=2"):
        assert address_with(page=3) == "/clients?text=a+b%26c&page=3"
        assert Pager(2, 2).previous_url == "/clients?text=a+b%26c&page=1"


def test_names_of_link_making_stay_words_of_the_address(app: Flask) -> None:
    with app.test_request_context(f"/clients?{HOSTILE}"):
        assert address_with(page=2) == f"/clients?{HOSTILE}&page=2"


def test_what_is_none_is_not_asked() -> None:
    assert address_of("/deals", {"kind": "won", "text": None}, kind=None) == "/deals"


@pytest.mark.parametrize(("number", "total", "nearest"), [(0, 5, 1), (9, 5, 3), (2, 0, 1)])
def test_a_page_that_is_not_there_is_the_nearest(number: int, total: int, nearest: int) -> None:
    assert Pager.of(number, total, 2).number == nearest


@pytest.mark.parametrize(
    "page", ["/deals", "/deals/reports", "/deals/forecast", "/deals/discounts",
             "/deals/discounts/list", "/clients", "/contracts", "/renewals/month", "/changes"],
)  # fmt: skip
def test_lists_are_shown_whatever_an_address_says(
    browser_of: Callable[[Actor | None], FlaskClient], cast: Cast, page: str
) -> None:
    answer = browser_of(cast.vera).get(f"{page}?{HOSTILE}", follow_redirects=True)
    assert answer.status_code == 200
    assert 'href="javascript' not in answer.text
