"""What waits is matched by itself when its key is there at last, and only then."""

import pytest
from sqlalchemy import select

from dossiers.clients.models import ClientDomain
from dossiers.deals.kinds import Matched
from dossiers.deals.matching.deciding import WAITS, decide, is_one_of_ours
from dossiers.deals.matching.kinds import Kind
from dossiers.deals.matching.undoing import take_back
from dossiers.deals.matching.waiting import Watch, match_waiting
from dossiers.deals.models import DealChange
from dossiers.deals.record import Company, Line, Seller
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.dossiers.deals.matching.making import (
    client_of_deal,
    company,
    company_that_waits,
    make_page,
    product,
    seller,
)
from tests.factories.deals import apply, make_source, says
from tests.factories.dossiers import make_client
from wiki.accounts.models import User
from wiki.database import Database
from wiki.history.models import HistoryEntry

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ({"tax_number": "7707 083893"}, Matched.TAX),
        ({"domain": "www.romashka.example"}, Matched.DOMAIN),
        ({}, Matched.NAME),
    ],
)
def test_a_client_that_gets_a_key_gets_the_deals_that_waited(
    database: Database, cast: Cast, said: dict[str, str], how: Matched
) -> None:
    with database.transaction() as session:
        company_that_waits(session, "Camomile", **said)
        client = make_client(session, cast.anna, "Romashka" if said else "CAMOMILE")
        if how is Matched.TAX:
            client.tax_number = "7707083893"
        if how is Matched.DOMAIN:
            session.add(ClientDomain(client_id=client.id, domain="romashka.example"))
        session.flush()
        assert match_waiting(session) == 1
        assert company(session, "Camomile").matched is how
        assert client_of_deal(session, "of Camomile") == client.id
        change = session.scalars(select(DealChange)).one()
        assert (change.actor_id, change.fields) == (None, {"client": [None, client.id]})
        assert session.scalars(select(HistoryEntry.action)).all() == ["decide match"]
        assert match_waiting(session) == 0


def test_a_name_with_another_tax_number_still_waits(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        company_that_waits(session, "Vector", tax_number="5032050067")
        make_client(session, cast.anna, "Vector").tax_number = "7707083893"
        session.flush()
        assert match_waiting(session) == 0


def test_pages_and_colleagues_that_come_later_are_found(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        said = {"lines": (Line("GTX Pro"),), "owner": Seller(name="Anna the second")}
        apply(session, make_source(session), says("D1", **said))
        assert match_waiting(session) == 0
        page = make_page(session, cast.anna, "GTX Pro")
        session.get_one(User, cast.anna.id).name = "Anna the second"
        session.flush()
        assert match_waiting(session) == 2
        assert product(session, "GTX Pro").page_id == page.id
        assert seller(session, "Anna the second").user_id == cast.anna.id


def test_what_somebody_put_back_is_left_alone(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka")
        ident = company_that_waits(session, "Romashka")
        assert company(session, "Romashka").client_id == client.id
        decide(session, cast.anna, Kind.COMPANY, ident, WAITS)
        assert match_waiting(session) == 0
        assert client_of_deal(session, "of Romashka") is None
        decide(session, cast.anna, Kind.COMPANY, ident, is_one_of_ours(client.id))
        take_back(session, cast.anna, Kind.COMPANY, ident)
        assert match_waiting(session) == 0


def test_the_worker_looks_only_when_something_changed(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    watch = Watch(database)
    with database.transaction() as session:
        company_that_waits(session, "Camomile")
    assert watch.look() == 0
    with counting(database) as sent:
        assert watch.look() == 0
    assert [one[:6] for one in sent if not one.startswith("BEGIN")] == ["SELECT"]
    clock.forward(minutes=1)
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Camomile")
    assert watch.look() == 1
    with database.reading() as session:
        assert client_of_deal(session, "of Camomile") == client.id


def test_a_tax_number_that_comes_late_is_taken_over_and_matched(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka")
        client.tax_number = "7707083893"
        source = make_source(session)
        apply(session, source, says("D1", company=Company("7", "Camomile")))
        later = says("D2", company=Company("7", "Camomile", "7707083893", "camomile.example"))
        apply(session, source, later, says("D3", company=Company("7")))
        row = company(session, "Camomile")
        assert (row.client_id, row.matched, row.domain) == (
            client.id,
            Matched.TAX,
            "camomile.example",
        )
        assert {client_of_deal(session, one) for one in ("D1", "D2", "D3")} == {client.id}


def test_what_is_known_is_not_taken_away_by_a_later_tax_number(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        secret = make_client(session, cast.anna, "Camomile", restricted=True)
        make_client(session, cast.anna, "Other").tax_number = "7707083893"
        source = make_source(session)
        apply(session, source, says("D1", company=Company("7", "Camomile")))
        apply(session, source, says("D2", company=Company("7", "Camomile", "7707083893")))
        row = company(session, "Camomile")
        assert (row.client_id, row.tax_number) == (secret.id, "")
