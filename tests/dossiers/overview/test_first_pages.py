"""The first page of a dossier, and of managers and directors."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from dossiers.clients.models import Client
from dossiers.renewals.kinds import RenewalState
from tests.conftest import Cast
from tests.counting import counting
from tests.factories.dossiers import make_client
from tests.factories.renewals import make_contract, make_interaction, make_promise
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]
pytestmark = pytest.mark.usefixtures("clock")
HOSTILE = "<script>alert(1)</script>"


def filled(database: Database, cast: Cast, name: str, restricted: bool = False) -> int:
    """A client with a contact, a promise that is overdue, and a renewal that is late."""
    with database.transaction() as session:
        client = make_client(session, cast.anna, name, restricted)
        make_interaction(session, cast.anna, client, date(2026, 2, 1))
        make_promise(session, cast.anna, client, date(2026, 2, 20), f"Offer {name}")
        make_contract(
            session, cast.anna, client, date(2026, 6, 1), f"N {name}",
            start_by=date(2026, 2, 1), state=RenewalState.AT_RISK,
        )  # fmt: skip
        return client.id


def test_a_dossier_answers_six_questions_in_order(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    page = browser_of(cast.anna).get(f"/clients/{filled(database, cast, HOSTILE)}").text
    titles = ("who", "decisions", "due", "promised", "light", "missing")
    places = [page.index(f'id="{title}-title"') for title in titles]
    assert places == sorted(places)
    assert "&lt;script&gt;" in page
    assert HOSTILE not in page
    assert "February 1, 2026" in page or "1 February 2026" in page


def test_a_director_sees_what_is_late_and_who_has_how_much(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    filled(database, cast, "Romashka")
    page = browser_of(cast.vera).get("/").text
    for title in ("late-title", "at-risk-title", "shares-title", "news-title"):
        assert f'id="{title}"' in page
    assert "N Romashka" in page
    assert 'id="shares-title"' not in browser_of(cast.anna).get("/").text


def test_a_manager_sees_what_is_due_and_a_newcomer_nothing_of_it(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    filled(database, cast, "Romashka")
    page = browser_of(cast.anna).get("/").text
    assert "Offer Romashka" in page
    assert "N Romashka" in page
    assert "Romashka" not in browser_of(cast.nina).get("/").text


def test_a_restricted_client_leaves_no_trace(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    filled(database, cast, "Secretive", restricted=True)
    assert "Secretive" in browser_of(cast.vera).get("/").text
    for address in ("/", "/clients/neglected"):
        assert "Secretive" not in browser_of(cast.boris).get(address).text


@pytest.mark.parametrize("address", ["/", "/clients/neglected"])
def test_the_number_of_statements_does_not_grow(
    cast: Cast, database: Database, browser_of: Browser, address: str
) -> None:
    vera = browser_of(cast.vera)
    filled(database, cast, "A")
    vera.get(address)
    with counting(database) as few:
        vera.get(address)
    for name in "BCDE":
        filled(database, cast, name)
    with counting(database) as many:
        vera.get(address)
    assert len(many) == len(few)


def test_who_was_not_spoken_with_is_listed_until_somebody_does(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    with database.transaction() as session:
        silent = make_client(session, cast.anna, "Silent")
        silent.created_at = silent.created_at.replace(year=2025)
        make_interaction(session, cast.anna, silent, date(2026, 1, 1))
        fresh = make_client(session, cast.anna, "Fresh")
        fresh.created_at = fresh.created_at.replace(year=2025)
        make_interaction(session, cast.anna, fresh, date(2026, 2, 25))
    page = browser_of(cast.vera).get("/clients/neglected").text
    assert "Silent" in page
    assert "Fresh" not in page
    assert "Silent" not in browser_of(cast.anna).get("/clients/neglected").text


def test_what_stood_with_a_merged_client_is_due_in_the_dossier_it_leads_to(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    near, far = (filled(database, cast, name) for name in ("Near", "Far"))
    home = filled(database, cast, "Home")
    with database.transaction() as session:
        for own, here in ((far, near), (near, home)):
            client = session.get(Client, own)
            assert client is not None
            client.merged_into_id = here
    page = browser_of(cast.anna).get("/").text
    assert "Offer Far" in page
    assert f'href="/clients/{home}">Home' in page
    assert f'href="/clients/{far}"' not in page
