"""What waits, what is suggested, and who sees it."""

from decimal import Decimal

import pytest

from dossiers.clients.models import ClientDomain
from dossiers.deals.matching.deciding import NOBODY, decide, is_one_of_ours
from dossiers.deals.matching.kinds import Kind
from dossiers.deals.matching.likeness import Why
from dossiers.deals.matching.queue import (
    Line,
    decided_visible_to,
    queue_visible_to,
    waiting_visible_to,
)
from dossiers.deals.models import DealOwner
from dossiers.deals.record import Company, Contact, Seller
from dossiers.deals.record import Line as Product
from tests.conftest import Cast
from tests.dossiers.deals.matching.making import company_that_waits, make_page, product
from tests.factories.deals import apply, make_source, says
from tests.factories.dossiers import make_client
from wiki.database import Database

pytestmark = pytest.mark.usefixtures("clock")
EUR = {"currency": "EUR", "company": Company(name="Camomile")}


def test_a_company_waits_with_its_deals_sums_and_newest(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        source = make_source(session)
        rub = {**EUR, "currency": "RUB"}
        apply(
            session,
            source,
            says("D1", amount=Decimal("0.1"), **EUR),
            says("D2", amount=Decimal("0.2"), **EUR),
            says("D3", amount=Decimal(5), **rub),
            says("D4", title="Newest", amount=None, **EUR),
        )
        (line,) = queue_visible_to(session, cast.anna, Kind.COMPANY).lines
        assert (line.name, line.source, line.deals) == ("Camomile", "CRM", 4)
        assert [tuple(one) for one in line.sums] == [
            ("EUR", Decimal("0.3")),
            ("RUB", Decimal(5)),
        ]
        assert line.newest is not None
        assert line.newest.name == "Newest"


def test_only_clients_that_one_may_see_are_suggested(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna, "Romashka North", restricted=True)
        company_that_waits(session, "Romashka Nort")
        (hers,) = queue_visible_to(session, cast.anna, Kind.COMPANY).lines
        assert [one.name for one in hers.suggestions] == ["Romashka North"]
        (his,) = queue_visible_to(session, cast.boris, Kind.COMPANY).lines
        assert his.suggestions == []


def test_a_client_of_another_team_is_shown_and_not_decided(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna, "Romashka North")
        company_that_waits(session, "OOO Romashka North")
        (line,) = queue_visible_to(session, cast.boris, Kind.COMPANY).lines
        assert [one.may_decide for one in line.suggestions] == [False]
        assert line.exact is None
        (hers,) = queue_visible_to(session, cast.anna, Kind.COMPANY).lines
        assert hers.exact is not None


def test_the_domain_of_the_people_in_the_deals_suggests_the_client(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Vasilek")
        session.add(ClientDomain(client_id=client.id, domain="vasilek.example"))
        people = (Contact(email="Ivan@Vasilek.example"), Contact(email="x@gmail.com"))
        deal = says("D1", company=Company(name="Camomile"), contacts=people)
        apply(session, make_source(session), deal)
        (line,) = queue_visible_to(session, cast.anna, Kind.COMPANY).lines
        assert [(one.ident, one.whys) for one in line.suggestions] == [(client.id, (Why.DOMAIN,))]


def test_what_the_source_knows_as_another_company_stands_apart(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna, "Hottechi")
        source = make_source(session)
        company_that_waits(session, "Hottechi", source)
        company_that_waits(session, "Hotttechi", source)
        (line,) = queue_visible_to(session, cast.anna, Kind.COMPANY).lines
        assert (line.name, line.nearer) == ("Hotttechi", [])
        assert [one.known_as for one in line.apart] == ["Hottechi"]


def test_twins_wait_or_are_known_each_by_its_own_name(database: Database, cast: Cast) -> None:
    names = ("Dontechi", "Hottechi", "Opentech", "Scottech", "Betatech", "Zoomit", "Zotware")
    with database.transaction() as session:
        source = make_source(session)
        own = {name: make_client(session, cast.anna, name).id for name in names[:4]}
        for name in names:
            company_that_waits(session, name, source)
        decided = decided_visible_to(session, cast.anna, Kind.COMPANY).lines
        assert {line.name: line.held.target for line in decided} == own
        waiting = queue_visible_to(session, cast.anna, Kind.COMPANY).lines
        assert {line.name for line in waiting} == set(names[4:])
        assert not [line for line in waiting if line.exact or line.nearer]


def names(lines: list[Line]) -> set[str]:
    return {line.name for line in lines}


def test_a_company_of_a_restricted_client_leaves_no_trace(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        secret = make_client(session, cast.anna, "Secret", restricted=True)
        source = make_source(session)
        said = {"lines": (Product("Secret thing"),), "owner": Seller(name="Secret seller")}
        here = says("S1", company=Company(name="Camomile"), **said)
        apply(session, source, here, says("D1", lines=(Product("Thing"),)))
        (line,) = queue_visible_to(session, cast.boris, Kind.COMPANY).lines
        decide(session, cast.anna, Kind.COMPANY, line.id, is_one_of_ours(secret.id))
        for kind in Kind:
            seen = [*queue_visible_to(session, cast.boris, kind).lines,
                    *decided_visible_to(session, cast.boris, kind).lines]  # fmt: skip
            assert names(seen) == ({"Thing"} if kind is Kind.PRODUCT else set())
        assert waiting_visible_to(session, cast.boris).decisions == 1
        assert waiting_visible_to(session, cast.anna).decisions == 3
        (known,) = decided_visible_to(session, cast.anna, Kind.COMPANY).lines
        assert (known.target_name, known.decided_by) == ("Secret", cast.anna.name)


def test_a_product_page_that_one_may_not_see_is_not_named(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        page = make_page(session, cast.anna, "Secret page", f"restricted:{cast.anna.team_id}")
        apply(session, make_source(session), says("D1", lines=(Product("Thing"),)))
        ident = product(session, "Thing").id
        decide(session, cast.anna, Kind.PRODUCT, ident, is_one_of_ours(page.id))
        assert decided_visible_to(session, cast.boris, Kind.PRODUCT).lines == []
        assert len(decided_visible_to(session, cast.anna, Kind.PRODUCT).lines) == 1


def test_deals_without_a_company_are_counted_apart(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        apply(session, make_source(session), says("D1"), says("D2", company=Company(name="X")))
        waiting = waiting_visible_to(session, cast.anna)
        assert (waiting.deals, waiting.decisions) == (1, 1)


def test_what_was_decided_is_found_by_name_the_newest_first(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        source = make_source(session)
        for name in ("Camomile", "Василёк"):
            ident = company_that_waits(session, name, source)
            decide(session, cast.anna, Kind.COMPANY, ident, NOBODY)
        found = decided_visible_to(session, cast.anna, Kind.COMPANY, text="васил").lines
        assert [line.name for line in found] == ["Василёк"]
        assert len(decided_visible_to(session, cast.anna, Kind.COMPANY).lines) == 2


def test_a_seller_of_a_list_without_deals_waits_too(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        source = make_source(session)
        session.add(DealOwner(source_id=source.id, key="mei-mei", name="Mei-Mei"))
        session.flush()
        (line,) = queue_visible_to(session, cast.anna, Kind.SELLER).lines
        assert (line.name, line.deals) == ("Mei-Mei", 0)
