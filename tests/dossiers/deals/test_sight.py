"""Deals of clients that one may not see are not there."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.deals.models import Deal, DealCompany
from dossiers.deals.queries import deal_visible_to, visible_deals
from dossiers.deals.record import Company
from tests.conftest import Cast
from tests.factories.deals import apply, make_source, says
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Missing


def seen_by(session: Session, actor: Actor) -> set[str]:
    wanted = select(Deal.external_id).where(visible_deals(actor))
    return set(session.scalars(wanted))


def of_clients(session: Session, *clients: Client) -> None:
    """One deal of each client by its name, and one without a client."""
    source = make_source(session)
    for client in clients:
        apply(session, source, says(client.name, company=Company(name=client.name)))
        company = session.scalars(select(DealCompany).where(DealCompany.name == client.name)).one()
        company.client_id = client.id
        deal = session.scalars(select(Deal).where(Deal.external_id == client.name)).one()
        deal.client_id = client.id
    apply(session, source, says("nobody's", title="Whose?"))
    session.flush()


def test_a_deal_is_seen_by_whoever_sees_its_client(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        secret = make_client(session, cast.anna, "Secret", restricted=True)
        of_clients(session, make_client(session, cast.boris, "Open"), secret)
        assert seen_by(session, cast.anna) == {"Open", "Secret", "nobody's"}
        assert seen_by(session, cast.vera) == {"Open", "Secret", "nobody's"}
        assert seen_by(session, cast.boris) == {"Open", "nobody's"}


def test_a_deal_without_client_is_not_shown_to_newcomers(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        of_clients(session, make_client(session, cast.anna, "Open"))
        assert seen_by(session, cast.nina) == {"Open"}


def test_a_deal_of_a_merged_client_is_seen_by_the_readers_of_the_other(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        kept = make_client(session, cast.anna, "Kept", restricted=True)
        middle, lost = make_client(session, cast.anna, "Middle"), make_client(session, cast.anna)
        of_clients(session, kept, middle, lost)
        middle.merged_into_id, lost.merged_into_id = kept.id, middle.id
        session.flush()
        assert seen_by(session, cast.anna) == {"Kept", "Middle", "Romashka", "nobody's"}
        assert seen_by(session, cast.boris) == {"nobody's"}


def test_an_unseen_deal_answers_like_an_absent_one(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        of_clients(session, make_client(session, cast.anna, "Secret", restricted=True))
        ident = session.scalars(select(Deal.id).where(Deal.external_id == "Secret")).one()
        assert deal_visible_to(session, cast.anna, ident).external_id == "Secret"
        for actor, number in ((cast.boris, ident), (cast.anna, 10_000)):
            with pytest.raises(Missing):
                deal_visible_to(session, actor, number)
