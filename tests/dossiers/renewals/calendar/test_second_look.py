"""What a hostile address of the calendar comes to: nothing but the list."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast
from wiki.accounts.actor import Actor

Browser = Callable[[Actor | None], FlaskClient]
PAGES = ("/renewals", "/renewals/month", "/renewals/print")
HOSTILE = (
    "endpoint=x",
    "_external=1&_scheme=javascript",
    "_scheme=javascript&next=%0aalert(1)",
    "_anchor=x&_method=POST",
    "_method=POST",
)


@pytest.mark.usefixtures("renewals")
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("asked", HOSTILE)
def test_no_word_of_an_address_becomes_a_part_of_how_links_are_made(
    browser_of: Browser, cast: Cast, page: str, asked: str
) -> None:
    answer = browser_of(cast.anna).get(f"{page}?only=mine&{asked}")
    assert answer.status_code == 200
    assert "only=mine" in answer.text
    assert 'href="javascript' not in answer.text
    assert "http://localhost/renewals" not in answer.text


@pytest.mark.usefixtures("renewals")
@pytest.mark.parametrize(
    "asked",
    ["currency=%00", "least=%00", "page=1000000000000", "from=0001-01-01&until=9999-12-31",
     "manager=99999999999", "colour=%00", "month=9999-12", "month=0001-01", "client=4294967296"],
)  # fmt: skip
def test_what_nobody_could_mean_is_left_out(browser_of: Browser, cast: Cast, asked: str) -> None:
    anna = browser_of(cast.anna)
    for page in (*PAGES, "/renewals/renewals.csv"):
        assert anna.get(f"{page}?{asked}").status_code == 200, page
    assert anna.get(f"/api/renewals?{asked}").status_code in (200, 422)
