"""Whatever stands in the address, searching answers or refuses, and soon."""

from collections.abc import Callable
from time import perf_counter
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from search.assembly import Search
from search.indexing import keep_current
from tests.conftest import Cast
from tests.search.conftest import WritePage
from wiki.accounts.actor import Actor
from wiki.database import Database

SECONDS = 2.0
"""The limit of one second, and as much again for a busy machine."""

ODD = {
    "ten thousand characters": "договор " * 1_250,
    "wildcards": "аб* " * 250,
    "wildcards of the index": "дог* ски* кли* " * 60,
    "only stars": "*" * 900,
    "nested brackets": "(" * 450 + "договор" + ")" * 450,
    "one word a hundred times in quotes": '"' + "и " * 490 + '"',
    "quotes that never close": '"договор ' * 100,
    "minus signs": "-" * 500 + " -договор" * 50,
    "fields in fields": "title:client:product:" * 45,
    "control characters": "".join(map(chr, range(32))) + "договор\x7f\x80\x9f",
    "marks of direction": "\u202eдоговор\u202c\u2066x\u2069\u200f",
    "nul": "дого\x00вор",
    "half a character": "договор %ED%A0%80",
    "enormous numbers": "9" * 900,
    "numbers in a row": "1 000 " * 150,
    "enormous years": "after:99999-01-01 before:0000-00-00 after:0 before:99999999999999999999",
    "edges of time": "after:2999-12-31 before:1900-01-01",
    "combining marks": "д" + "\u0301" * 900,
    "nonsense words": " ".join(f"зщшхйцк{chr(1072 + n)}{chr(1090 - n)}" for n in range(30)),
    "codes": "A-1/2-3/4-" * 90,
    "an enormous code": "A1-" * 330,
}
VALUES = ("", "0", "-1", "9" * 4_000, "9" * 19, "٣", "\x00", "а\u202e", "=" * 100, "page", "1.5")
PARAMETERS = (
    "kind", "category", "client", "owner", "language", "tag", "period", "sort", "as_of",
    "literal", "page", "limit", "offset",
)  # fmt: skip
DAYS = ("0001-01-01", "9999-12-31", "99999-01-01", "0000-00-00", "2026-W01-1", "20260101", "0")


@pytest.fixture
def browser(
    database: Database,
    search: Search,
    write_page: WritePage,
    browser_of: Callable[[Actor | None], FlaskClient],
    cast: Cast,
) -> FlaskClient:
    """Nina's, with a page in the index and one that waits for it."""
    write_page("Договор и скидка", "и " * 3_000 + "клиент A-1/2 " * 200)
    keep_current(database, search)
    write_page("Новый договор", "и " * 3_000 + "скидка клиенту 1 000 000")
    return browser_of(cast.nina)


def answers(browser: FlaskClient, address: str) -> None:
    """The address is answered or refused within the time."""
    began = perf_counter()
    status = browser.get(address).status_code
    assert status in (200, 404, 413, 414, 422), (status, address[:200])
    assert perf_counter() - began < SECONDS, address[:200]


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("door", ["/search", "/api/search", "/search/suggest"])
def test_no_question_is_too_odd_to_be_answered(browser: FlaskClient, door: str, text: str) -> None:
    answers(browser, f"{door}?q={text if '%' in text else quote(text)}")


@pytest.mark.parametrize("name", PARAMETERS)
def test_no_choice_is_too_odd_to_be_answered(browser: FlaskClient, name: str) -> None:
    for value in VALUES:
        answers(browser, f"/search?q=договор&{name}={quote(value)}")
        answers(browser, f"/api/search?q=договор&{name}={quote(value)}")


def test_no_day_is_too_far_away_to_be_asked_for(browser: FlaskClient) -> None:
    for day in DAYS:
        answers(browser, f"/search?q=договор&as_of={day}")
        answers(browser, f"/search?q=after:{day} before:{day} договор")


@pytest.mark.parametrize("value", VALUES)
def test_odd_addresses_of_saved_searches_and_lessons_do_no_harm(
    browser: FlaskClient, value: str
) -> None:
    for address in ("/search/saved/news?before=", "/search/lessons?week=", "/search/glossary?x="):
        response = browser.get(address + quote(value))
        assert response.status_code in (200, 403, 404)
    for form in ({"query": value}, {"query": f"q={quote(value)}", "name": value}):
        assert browser.post("/search/saved", data=form).status_code in (302, 422)
    assert browser.post("/search/opened", data={"q": value}).status_code == 204
    assert browser.get("/search/saved").status_code == 200
