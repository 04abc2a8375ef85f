"""Nobody learns from a list that there is a restricted client of others, and nothing is lost."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from dossiers.people.duplicates.finding import client_pairs_visible_to
from tests.conftest import Cast
from tests.dossiers.clients.importing.cards import cards_in
from tests.dossiers.clients.making import made
from tests.factories.lists import Lists, csv_of
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
ROWS = csv_of(
    "name,inn,website,parent,revenue",
    "Known firm,7707083893,known.ru,,5",
    "Plain firm,7736050003,plain.ru,Known firm,6",
    "Child,,,Only hidden,7",
)


@pytest.fixture
def hidden(database: Database, cast: Cast) -> None:
    """Restricted clients of anna's team that boris' list means by number, domain, name, parent."""
    card = {"restricted": True, "country": "RU"}
    made(database, cast.anna, "Secret name", tax_number="7707083893", **card)
    made(database, cast.anna, "Other secret", domains=("plain.ru",), **card)
    made(database, cast.anna, "Only hidden", **card)
    made(database, cast.anna, "Child", **card)


@pytest.mark.usefixtures("hidden")
def test_a_list_does_the_same_and_says_the_same_as_if_they_were_not_there(
    lists: Lists, cast: Cast, database: Database
) -> None:
    with_them = lists.plan(cast.boris, ROWS, country="RU")
    fates = [(thing.name, thing.fate, list(thing.differences)) for thing in with_them.things]
    remarks = [(row, str(why)) for row, why in with_them.remarks]
    assert [fate.value for _name, fate, _differences in fates] == ["new", "new", "new"]
    assert "Secret" not in f"{fates} {remarks}"
    report = lists.write(cast.boris, ROWS, country="RU")
    assert (report["new"], report["refused"]["count"]) == (3, 0)
    again = lists.write(cast.boris, ROWS, country="RU")
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 3)


@pytest.mark.usefixtures("hidden")
def test_the_remark_on_an_unseen_parent_is_that_on_an_unknown_one(lists: Lists, cast: Cast) -> None:
    seen = {str(why) for _row, why in lists.plan(cast.boris, ROWS, country="RU").remarks}
    unknown = csv_of("name,parent", "Child,Only nowhere")
    other = {str(why) for _row, why in lists.plan(cast.boris, unknown).remarks}
    assert {text.replace("Only hidden", "Only nowhere") for text in seen} == other


@pytest.mark.usefixtures("hidden")
def test_a_director_finds_both_as_duplicates_and_the_hidden_one_is_as_it_was(
    lists: Lists, cast: Cast, database: Database
) -> None:
    before = cards_in(database)["Secret name"]
    lists.write(cast.boris, ROWS, country="RU")
    assert cards_in(database)["Secret name"] == before
    with database.reading() as session:
        pairs = client_pairs_visible_to(session, cast.vera)
        assert {1, 2, 4} == {pair.low for pair in pairs if pair.high > 4}
        assert client_pairs_visible_to(session, cast.boris) == []


@pytest.mark.usefixtures("hidden")
def test_those_who_see_them_change_them(lists: Lists, cast: Cast, database: Database) -> None:
    report = lists.write(cast.anna, ROWS, country="RU")
    assert (report["new"], report["changed"]) == (0, 3)
    assert cards_in(database)["Known firm"]["tax_number"] == "7707083893"
    assert cards_in(database)["Child"]["parent"] == "Only hidden"


@pytest.mark.usefixtures("hidden")
def test_an_export_holds_only_what_one_may_see(
    lists: Lists, cast: Cast, database: Database, browser_of: BrowserOf
) -> None:
    made(database, cast.boris, "=Open", parent=None)
    own = browser_of(cast.boris).get("/clients/clients.csv")
    assert "'=Open" in own.text
    assert "Secret name" not in own.text
    assert "Secret name" in browser_of(cast.anna).get("/clients/clients.csv").text
    assert own.headers["Cache-Control"] == "private, no-store"


def test_a_list_is_seen_by_whoever_sent_it_alone(
    lists: Lists, cast: Cast, browser_of: BrowserOf
) -> None:
    lists.write(cast.anna, ROWS)
    assert browser_of(cast.anna).get("/clients/import/1").status_code == 200
    assert "list.csv" in browser_of(cast.anna).get("/clients/import").text
    for other in (cast.boris, cast.vera):
        assert browser_of(other).get("/clients/import/1").status_code == 404
        assert "list.csv" not in browser_of(other).get("/clients/import").text
    # Not at the address of another sort either.
    assert browser_of(cast.anna).get("/products/import/1").status_code == 404
