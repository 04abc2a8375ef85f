"""Lists of contracts: filters over pages, growth added up, the same cost for few and many."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from flask.testing import FlaskClient
from sqlalchemy import insert
from sqlalchemy.orm import Session

from dossiers.renewals.contracts.growth import By, growth_of, growth_visible_to, totals_of
from dossiers.renewals.contracts.queries import Wanted
from dossiers.renewals.contracts.services import save_terms, set_state, succeed, write_contract
from dossiers.renewals.contracts.terms import Terms
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.models import Contract
from tests.conftest import Cast
from tests.counting import counting
from tests.factories.dossiers import make_client
from tests.factories.renewals import make_contract
from wiki import clock as wiki_clock
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]
TERMS = Terms("K-1", date(2026, 1, 1), date(2026, 12, 31), value=Decimal(100), currency="RUB")


def grown(session: Session, actor: Actor, name: str, restricted: bool = False) -> int:
    """A client whose contract grew by 50, shrank by 30, and whose other one of 7 was lost."""
    client = make_client(session, actor, name, restricted=restricted)
    one = write_contract(session, actor, client.id, replace(TERMS, owner_id=actor.id))
    for number, value in (("K-2", 150), ("K-3", 120)):
        terms = replace(TERMS, number=number, value=Decimal(value), owner_id=actor.id)
        one = succeed(session, actor, one.id, terms)
    terms = replace(TERMS, number="K-9", value=Decimal(7), owner_id=actor.id)
    lost = write_contract(session, actor, client.id, terms)
    set_state(session, actor, lost.id, RenewalState.LOST, "They bake no more")
    return client.id


def test_growth_and_shrinkage_are_added_up_by_manager_and_by_client(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        open_id = grown(session, cast.anna, "Open")
        grown(session, cast.anna, "Secret", restricted=True)
        (row,) = growth_of(session, open_id)
        assert (row.grown, row.shrunk, row.lost, row.net) == (50, 30, 7, 13)
        (row,) = growth_visible_to(session, cast.anna, Wanted(), By.MANAGER)
        assert (row.name, row.grown, row.shrunk, row.lost) == (cast.anna.name, 100, 60, 14)
        (row,) = growth_visible_to(session, cast.boris, Wanted(), By.MANAGER)
        assert row.net == 13
        rows = growth_visible_to(session, cast.anna, Wanted(), By.CLIENT)
        assert [one.name for one in rows] == ["Open", "Secret"]
        assert [one.net for one in totals_of(rows)] == [26]
    assert "Secret" not in browser_of(cast.boris).get("/contracts?by=client").text
    assert "Secret" in browser_of(cast.anna).get("/contracts?by=client").text
    page = browser_of(cast.anna).get(f"/clients/{open_id}/contracts").text
    assert "+13" in re.sub(r"<[^>]+>", "", page)


def many(session: Session, client_id: int, owner: int, count: int) -> None:
    rows = [
        {
            "client_id": client_id, "number": f"M-{n}", "number_folded": f"m-{n}", "products": [],
            "starts_on": date(2020, 1, 1), "ends_on": date(2027, 1, 1), "owner_id": owner,
            "state": RenewalState.FUTURE, "start_by_why": {}, "created_at": wiki_clock.now(),
            "value": Decimal(n), "currency": "RUB", "subject": "Flour",
        }
        for n in range(count)
    ]  # fmt: skip
    session.execute(insert(Contract), rows)


def test_filters_keep_their_choice_over_pages(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        many(session, make_client(session, cast.anna).id, cast.anna.id, 60)
        many(session, make_client(session, cast.anna, "Other").id, cast.boris.id, 60)
    asked = f"text=m-&state=future&owner={cast.anna.id}&running=1&by=client"
    page = browser_of(cast.anna).get(f"/contracts?{asked}").text
    assert "60 contracts" in page
    assert f"/contracts?{asked.replace('&', '&amp;')}&amp;page=2" in page
    assert "Other" not in browser_of(cast.anna).get(f"/contracts?{asked}&page=2").text
    assert "120 contracts" in browser_of(cast.anna).get("/contracts?text=flour").text


def test_pages_ask_as_much_for_many_contracts_as_for_few(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        ident = make_contract(session, cast.anna, client, date(2027, 1, 1), subject="First").id
    anna = browser_of(cast.anna)
    pages = ("/contracts", f"/contracts/{ident}", f"/clients/{client.id}/contracts")

    def cost() -> list[int]:
        found = []
        for address in pages:
            anna.get(address)
            with counting(database) as sent:
                assert anna.get(address).status_code == 200
            found.append(len(sent))
        return found

    few = cost()
    with database.transaction() as session:
        many(session, client.id, cast.anna.id, 5000)
        base = replace(TERMS, owner_id=cast.anna.id)
        for number in range(1, 9):
            save_terms(session, cast.anna, ident, replace(base, subject=str(number)), number)
        succeed(session, cast.anna, ident, replace(base, number="After"))
    assert cost() == few
    assert max(few) <= 20
