"""A person's decision is remembered for ever, moves the deals, and can be taken back."""

import pytest
from sqlalchemy import select

from dossiers.clients.changes import deeds_of
from dossiers.clients.deed_words import sentence_of
from dossiers.clients.models import Client, ClientDomain
from dossiers.deals.kinds import Matched
from dossiers.deals.matching.creating import decide_new_client
from dossiers.deals.matching.deciding import NOBODY, WAITS, decide, is_one_of_ours
from dossiers.deals.matching.kinds import Kind
from dossiers.deals.matching.undoing import take_back
from dossiers.deals.models import Deal, DealChange
from dossiers.deals.record import Company, Line, Seller
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.taking_back import take_back as take_back_deed
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
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Missing
from wiki.history.models import HistoryEntry

pytestmark = pytest.mark.usefixtures("clock")


def test_a_decision_moves_the_deals_and_is_kept_by_later_loads(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        source = make_source(session)
        client = make_client(session, cast.anna, "Romashka")
        ident = company_that_waits(session, "Camomile", source)
        made = decide(session, cast.anna, Kind.COMPANY, ident, is_one_of_ours(client.id))
        assert (made.deals, client_of_deal(session, "of Camomile")) == (1, client.id)
        clock.forward(days=1)
        again = Company(name="Camomile")
        apply(session, source, says("of Camomile", title="New"), says("D2", company=again))
        assert client_of_deal(session, "of Camomile") == client_of_deal(session, "D2") == client.id
        row = company(session, "Camomile")
        assert (row.matched, row.decided_by) == (Matched.PERSON, cast.anna.id)


def test_each_deal_keeps_whose_it_was_and_the_dossier_tells_of_it(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka")
        ident = company_that_waits(session)
        decide(session, cast.anna, Kind.COMPANY, ident, is_one_of_ours(client.id))
        change = session.scalars(select(DealChange)).one()
        assert (change.fields, change.actor_id) == ({"client": [None, client.id]}, cast.anna.id)
        told = [sentence_of(one.deed) for one in deeds_of(session, client.id)]
        assert told == ["the company Camomile of the deals is this client"]
        entry = session.scalars(
            select(HistoryEntry).where(HistoryEntry.subject_kind == "deal_company")
        ).one()
        assert entry.after == {"rows": {str(ident): [client.id, "person", False]}}


def test_a_deal_that_was_given_to_a_client_alone_stays_there(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        client, other = make_client(session, cast.anna), make_client(session, cast.anna, "Other")
        ident = company_that_waits(session)
        deal = session.scalars(select(Deal)).one()
        deal.client_id, deal.pinned = other.id, True
        apply(session, make_source(session), says("D2", company=Company(name="Camomile")))
        decide(session, cast.anna, Kind.COMPANY, company(session, "Camomile").id,
               is_one_of_ours(client.id))  # fmt: skip
        assert ident != company(session, "Camomile").id
        assert client_of_deal(session, "of Camomile") == other.id
        assert client_of_deal(session, "D2") == client.id


def test_the_same_name_in_other_sources_follows_and_is_told(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka")
        first = company_that_waits(session, "Camomile", make_source(session, "one"))
        other = company_that_waits(session, "Camomile", make_source(session, "other"))
        made = decide(session, cast.anna, Kind.COMPANY, first, is_one_of_ours(client.id))
        assert (made.others, made.deals) == (1, 2)
        third = company_that_waits(session, "Camomile", make_source(session, "third"))
        assert {company(session, "Camomile").client_id} == {client.id}
        assert third != other


def test_a_firm_of_the_same_name_and_another_tax_number_does_not_follow(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka")
        one, other = make_source(session, "one"), make_source(session, "other")
        first = company_that_waits(session, "Vector", one, tax_number="7707083893")
        company_that_waits(session, "Vector", other, tax_number="5032050067")
        made = decide(session, cast.anna, Kind.COMPANY, first, is_one_of_ours(client.id))
        third = make_source(session, "third")
        company_that_waits(session, "Vector", third, tax_number="3664069397")
        assert made.others == 0
        assert company(session, "Vector", other).client_id is None
        assert company(session, "Vector", third).client_id is None


def test_none_of_ours_is_remembered_too(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        ident = company_that_waits(session, "Test firm", make_source(session, "one"))
        decide(session, cast.anna, Kind.COMPANY, ident, NOBODY)
        company_that_waits(session, "Test firm", make_source(session, "other"))
        assert company(session, "Test firm").is_nobody
        assert set(session.scalars(select(Deal.client_id))) == {None}


def test_taking_back_restores_the_former_state_and_twice_decides_again(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka")
        first = company_that_waits(session, "Camomile", make_source(session, "one"))
        company_that_waits(session, "Camomile", make_source(session, "other"))
        decide(session, cast.anna, Kind.COMPANY, first, is_one_of_ours(client.id))
        back = take_back(session, cast.anna, Kind.COMPANY, first)
        assert (back.deals, back.others) == (2, 1)
        assert set(session.scalars(select(Deal.client_id))) == {None}
        take_back(session, cast.anna, Kind.COMPANY, first)
        assert set(session.scalars(select(Deal.client_id))) == {client.id}


def test_a_deed_of_the_dossier_is_taken_back_there(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka")
        ident = company_that_waits(session)
        made = decide(session, cast.anna, Kind.COMPANY, ident, is_one_of_ours(client.id))
        assert made.change is not None
        undo = take_back_deed(open_dossier(session, cast.anna, client.id), made.change.id)
        assert client_of_deal(session, "of Camomile") is None
        take_back_deed(open_dossier(session, cast.anna, client.id), undo.id)
        assert client_of_deal(session, "of Camomile") == client.id


def test_what_was_decided_otherwise_since_is_not_taken_back(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        client, other = make_client(session, cast.anna), make_client(session, cast.anna, "Other")
        ident = company_that_waits(session)
        made = decide(session, cast.anna, Kind.COMPANY, ident, is_one_of_ours(client.id))
        decide(session, cast.anna, Kind.COMPANY, ident, is_one_of_ours(other.id))
        assert made.change is not None
        with pytest.raises(Clash):
            take_back_deed(open_dossier(session, cast.anna, client.id), made.change.id)
        assert client_of_deal(session, "of Camomile") == other.id


def test_two_who_decide_at_once_do_not_overwrite_each_other(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        ident = company_that_waits(session)
        decide(session, cast.anna, Kind.COMPANY, ident, is_one_of_ours(client.id), WAITS)
        with pytest.raises(Clash):
            decide(session, cast.vera, Kind.COMPANY, ident, NOBODY, WAITS)


def test_only_who_may_change_the_dossier_gives_it_a_company(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        open_one = make_client(session, cast.anna, "Open")
        secret = make_client(session, cast.anna, "Secret", restricted=True)
        ident = company_that_waits(session)
        with pytest.raises(Forbidden):
            decide(session, cast.boris, Kind.COMPANY, ident, is_one_of_ours(open_one.id))
        with pytest.raises(Missing):
            decide(session, cast.boris, Kind.COMPANY, ident, is_one_of_ours(secret.id))
        with pytest.raises(Forbidden):
            decide(session, cast.nina, Kind.COMPANY, ident, NOBODY)
        decide(session, cast.anna, Kind.COMPANY, ident, is_one_of_ours(secret.id))
        for held in (NOBODY, WAITS):
            with pytest.raises(Missing):
                decide(session, cast.boris, Kind.COMPANY, ident, held)
        with pytest.raises(Missing):
            take_back(session, cast.boris, Kind.COMPANY, ident)


def test_a_company_becomes_a_new_client_with_what_is_known(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        ident = company_that_waits(
            session, tax_number="7707083893", domain="https://www.camomile.example/"
        )
        made = decide_new_client(session, cast.anna, ident)
        client = session.get_one(Client, made.held.target)
        assert (client.name, client.tax_number, client.team_id) == (
            "Camomile",
            "7707083893",
            cast.anna.team_id,
        )
        assert session.scalars(select(ClientDomain.domain)).one() == "camomile.example"
        assert client_of_deal(session, "of Camomile") == client.id


def test_a_product_name_and_a_seller_are_decided_once_for_all_sources(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        page = make_page(session, cast.anna, "Gtx professional")
        deal = {"lines": (Line("GTXPro"),), "owner": Seller(name="A. K.")}
        apply(session, make_source(session, "one"), says("D1", **deal))
        decide(session, cast.anna, Kind.PRODUCT, product(session, "GTXPro").id,
               is_one_of_ours(page.id))  # fmt: skip
        decide(session, cast.anna, Kind.SELLER, seller(session, "A. K.").id,
               is_one_of_ours(cast.anna.id))  # fmt: skip
        numbered = {"lines": (Line("gtxpro", "7"),), "owner": Seller("7", "a. k.")}
        apply(session, make_source(session, "other"), says("D1", **numbered))
        assert product(session, "gtxpro").page_id == page.id
        assert seller(session, "a. k.").user_id == cast.anna.id


def test_one_number_in_two_sources_means_two_things(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        page = make_page(session, cast.anna, "Gtx professional")
        apply(session, make_source(session, "one"), says("D1", lines=(Line("GTXPro", "7"),)))
        decide(session, cast.anna, Kind.PRODUCT, product(session, "GTXPro").id,
               is_one_of_ours(page.id))  # fmt: skip
        apply(session, make_source(session, "other"), says("D1", lines=(Line("Chair", "7"),)))
        assert product(session, "Chair").page_id is None


def test_hundred_deals_move_in_as_many_statements_as_one(database: Database, cast: Cast) -> None:
    def statements(count: int) -> int:
        with database.transaction() as session:
            client = make_client(session, cast.anna, f"Client {count}")
            source, name = make_source(session, f"of {count}"), f"Company {count}"
            company_ = Company(name=name)
            apply(session, source, *(says(f"D{n}", company=company_) for n in range(count)))
            ident = company(session, name).id
            with counting(database) as sent:
                made = decide(session, cast.anna, Kind.COMPANY, ident, is_one_of_ours(client.id))
                session.flush()
            assert made.deals == count
            return len(sent)

    assert statements(100) == statements(1)
