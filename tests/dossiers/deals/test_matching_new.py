"""Who a company, product or seller of a source is, is told by keys and never by likeness."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client, ClientDomain
from dossiers.deals.kinds import Matched
from dossiers.deals.models import Deal, DealCompany, DealOwner
from dossiers.deals.record import Company, Seller
from tests.conftest import Cast, SetClock
from tests.factories.deals import apply, make_source, says
from tests.factories.dossiers import make_client
from wiki.database import Database


def known_as(session: Session, company: Company) -> tuple[int | None, Matched | None]:
    """Whom a deal of that company belongs to, and by what that was found."""
    source = make_source(session, f"CRM {company}")
    apply(session, source, says("D1", company=company))
    row = session.execute(
        select(Deal.client_id, DealCompany.matched)
        .join(DealCompany, DealCompany.id == Deal.company_id)
        .where(Deal.source_id == source.id)
    ).one()
    return row[0], row[1]


def romashka(session: Session, cast: Cast) -> Client:
    client = make_client(session, cast.anna, "Romashka")
    client.tax_number = "7707083893"
    session.add(ClientDomain(client_id=client.id, domain="romashka.example"))
    session.flush()
    return client


@pytest.mark.parametrize(
    ("company", "how"),
    [
        (Company(name="Other name", tax_number="7707083893"), Matched.TAX),
        (Company(name="Other name", domain="romashka.example"), Matched.DOMAIN),
        (Company(name="ROMASHKA "), Matched.NAME),
    ],
)
def test_a_company_is_known_by_tax_number_domain_or_exact_name(
    database: Database, cast: Cast, clock: SetClock, company: Company, how: Matched
) -> None:
    with database.transaction() as session:
        client = romashka(session, cast)
        assert known_as(session, company) == (client.id, how)


def test_a_near_twin_is_nobody_yet(database: Database, cast: Cast, clock: SetClock) -> None:
    with database.transaction() as session:
        romashka(session, cast)
        assert known_as(session, Company(name="Romashki")) == (None, None)


def test_a_name_that_two_clients_bear_waits_for_a_person(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna, "Romashka")
        make_client(session, cast.vera, "Romashka")
        assert known_as(session, Company(name="Romashka")) == (None, None)


def test_what_somebody_decided_of_a_name_holds_in_other_sources(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = romashka(session, cast)
        known_as(session, Company(name="Camomile"))
        row = session.scalars(select(DealCompany).where(DealCompany.name == "Camomile")).one()
        row.client_id, row.matched = client.id, Matched.PERSON
        session.flush()
        again = known_as(session, Company("77", "Camomile"))
        assert again == (client.id, Matched.PERSON)


def test_a_seller_is_the_colleague_of_that_address(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        source = make_source(session)
        mail = "anna@example.com"
        apply(session, source, says("D1", owner=Seller(name="A. K.", email=mail.upper())))
        assert session.scalars(select(DealOwner.user_id)).one() == cast.anna.id
