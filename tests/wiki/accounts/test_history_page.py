from collections.abc import Callable

from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.counting import counting
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.services import record

BrowserOf = Callable[[Actor | None], FlaskClient]


def test_an_administrator_sees_who_did_what(
    cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    with database.transaction() as session:
        record(session, cast.vera, "rename", "team", 7, {"name": "Old"}, {"name": "New"})
        record(session, cast.vera, "change", "user", 1, {"team": 1}, {"team": 2})
        record(session, None, "create", "user", cast.nina.id)
        record(session, cast.anna, "archive category", "category", 3)
    page = browser_of(cast.adam).get("/people/history").text
    assert "archived: category 3" in page
    for text in ("Vera", "renamed", "Old", "New", "North", "South", "the system", "Nina"):
        assert text in page


def test_directors_do_not_see_it(cast: Cast, browser_of: BrowserOf) -> None:
    assert browser_of(cast.vera).get("/people/history").status_code == 403


def test_it_can_be_narrowed_to_one_person(
    cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    with database.transaction() as session:
        record(session, cast.vera, "done by vera", "thing", 1)
        record(session, cast.anna, "done by anna", "thing", 1)
    page = browser_of(cast.adam).get(f"/people/history?person={cast.vera.id}").text
    assert "done by vera" in page
    assert "done by anna" not in page


def test_a_long_history_is_shown_in_parts_without_gaps_or_repetition(
    cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    with database.transaction() as session:
        for number in range(120):
            record(session, cast.anna, f"deed-{number:03}", "thing", 1)
    adam, address, seen = browser_of(cast.adam), "/people/history", []
    while address:
        page = adam.get(address).text
        seen += [int(part[:3]) for part in page.split("deed-")[1:]]
        address = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert seen == list(range(119, -1, -1))


def test_odd_addresses_of_the_history_do_not_break_it(cast: Cast, browser_of: BrowserOf) -> None:
    adam = browser_of(cast.adam)
    for query in ("person=x", "person=-1", f"person={10**30}", "before=nonsense", "person=%00"):
        assert adam.get(f"/people/history?{query}").status_code == 200


def test_the_statements_do_not_grow_with_the_entries(
    cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    adam = browser_of(cast.adam)
    with counting(database) as few:
        adam.get("/people/history")
    with database.transaction() as session:
        for number in range(40):
            record(session, cast.anna, "change", "user", number)
    with counting(database) as many:
        adam.get("/people/history")
    assert len(many) == len(few)
