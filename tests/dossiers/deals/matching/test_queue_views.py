"""The queue in the browser: one click a decision, many at once, nothing lost on an error."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers.deals.matching.deciding import NOBODY, decide, is_one_of_ours
from dossiers.deals.matching.kinds import Kind
from dossiers.deals.models import Deal, DealCompany
from dossiers.deals.record import Company, Contact, Line, Seller
from tests.conftest import Cast
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
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]
pytestmark = pytest.mark.usefixtures("clock")
HOSTILE = "<script>alert(1)</script>"


def bare(page: str) -> str:
    """The page without what is another one in each answer."""
    return re.sub(r"(nonce|content|value)=\"[^\"]*\"|companies/\d+", "", page)


def waiting(database: Database, cast: Cast, name: str = "OOO Romashka North") -> tuple[int, int]:
    """A company that waits and its likely client of Anna's team."""
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka North").id
        return company_that_waits(session, name), client


def test_a_suggestion_is_accepted_with_one_click_and_can_be_taken_back(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    ident, client = waiting(database, cast)
    browser = browser_of(cast.anna)
    page = browser.get("/deals/queue").text
    assert "Romashka North" in page
    assert "same name" in page
    values = {"to": client, "seen": "waits", "following": 7, "page": 1}
    answer = browser.post(f"/deals/queue/companies/{ident}", data=values)
    assert answer.location == "/deals/queue?tab=companies#row-7"
    told = browser.get("/deals/queue").text
    assert "It is remembered which client OOO Romashka North is." in told
    assert "1 deal moved." in told
    assert f"/deals/queue/companies/{ident}/back" in told
    browser.post(f"/deals/queue/companies/{ident}/back")
    with database.reading() as session:
        assert client_of_deal(session, "of OOO Romashka North") is None


def test_what_was_typed_is_kept_when_nobody_is_called_so(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    ident, client = waiting(database, cast)
    browser = browser_of(cast.anna)
    address = f"/deals/queue/companies/{ident}"
    wrong = browser.post(address, data={"typed": f"{HOSTILE} Romaska", "seen": "waits"})
    assert wrong.status_code == 422
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Romaska" in wrong.text
    assert HOSTILE not in wrong.text
    right = browser.post(address, data={"typed": "romashka north", "seen": "waits"})
    assert right.status_code == 302
    with database.reading() as session:
        assert company(session, "OOO Romashka North").client_id == client


def test_many_are_accepted_at_once_and_one_refusal_stops_no_other(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    first, client = waiting(database, cast)
    with database.transaction() as session:
        other = make_client(session, cast.boris, "Vasilek").id
        second = company_that_waits(session, "OOO Vasilek")
    browser = browser_of(cast.anna)
    picks = {"pick": [f"{first}:{client}", f"{second}:{other}", "x", f"{first}:{client}"]}
    answer = browser.post("/deals/queue/companies/many", data=picks)
    assert answer.status_code == 403
    assert "1 decision is kept." in answer.text
    assert "belongs to another team" in answer.text
    with database.reading() as session:
        assert company(session, "OOO Romashka North").client_id == client
        assert company(session, "OOO Vasilek").client_id is None


def test_only_suggestions_by_a_key_can_be_ticked(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    exact, client = waiting(database, cast)
    with database.transaction() as session:
        alike = company_that_waits(session, "Romashka Northh")
    page = browser_of(cast.anna).get("/deals/queue?tick=1").text
    assert f'value="{exact}:{client}" checked' in page
    assert f'value="{alike}:' not in page
    assert f'id="row-{alike}"' in page


def test_the_second_of_two_who_decide_is_told(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    ident, client = waiting(database, cast)
    with database.transaction() as session:
        decide(session, cast.vera, Kind.COMPANY, ident, NOBODY)
    values = {"to": client, "seen": "waits"}
    answer = browser_of(cast.anna).post(f"/deals/queue/companies/{ident}", data=values)
    assert answer.status_code == 409
    assert "Somebody else has decided about OOO Romashka North meanwhile." in answer.text


def test_a_decision_is_listed_and_changed(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    ident, client = waiting(database, cast)
    browser = browser_of(cast.anna)
    address = f"/deals/queue/companies/{ident}"
    browser.post(address, data={"act": "nobody", "seen": "waits"})
    decided = browser.get("/deals/queue?state=decided").text
    assert "none of our clients" in decided
    assert cast.anna.name in decided
    values = {"typed": "Romashka North", "seen": "nobody", "state": "decided"}
    assert "state=decided" in browser.post(address, data=values).location
    values = {"act": "wait", "seen": str(client), "state": "decided"}
    browser.post(address, data=values)
    assert "put back to wait" in browser.get("/deals/queue").text


def test_a_new_client_is_made_with_one_click(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        ident = company_that_waits(session, "Camomile")
    browser = browser_of(cast.anna)
    browser.post(f"/deals/queue/companies/{ident}", data={"act": "new", "seen": "waits"})
    with database.reading() as session:
        assert client_of_deal(session, "of Camomile") == company(session, "Camomile").client_id
        assert company(session, "Camomile").client_id is not None


def test_products_and_sellers_are_decided_in_their_tabs(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        make_page(session, cast.anna, "GTX Pro")
        said = {"lines": (Line("GTXPro"),), "owner": Seller(name="A. Koenig")}
        apply(session, make_source(session), says("D1", **said))
        thing, who = product(session, "GTXPro").id, seller(session, "A. Koenig").id
    browser = browser_of(cast.anna)
    assert "same but for blanks" in browser.get("/deals/queue?tab=products").text
    assert "A. Koenig" in browser.get("/deals/queue?tab=sellers").text
    browser.post(f"/deals/queue/products/{thing}", data={"typed": "gtx pro"})
    browser.post(f"/deals/queue/sellers/{who}", data={"typed": str(cast.boris.id)})
    with database.reading() as session:
        assert product(session, "GTXPro").page_id
        assert seller(session, "A. Koenig").user_id == cast.boris.id
    assert "Nothing waits here" in browser.get("/deals/queue?tab=sellers").text


def test_a_deal_without_a_company_is_given_to_a_client_and_else_stays(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna, "Romashka North")
        source = make_source(session)
        apply(session, source, says("D1", title="Whose?"), says("D2", title="Nobody's"))
        ident = session.scalars(select(Deal.id).where(Deal.external_id == "D1")).one()
    browser = browser_of(cast.anna)
    address = f"/deals/queue/deals/{ident}"
    assert "Of 2 deals the source names no company." in browser.get("/deals/queue?tab=deals").text
    assert "Romaska" in browser.post(address, data={"typed": "Romaska"}).text
    assert browser.post(address, data={"typed": "Romashka North"}).status_code == 302
    page = browser.get("/deals/queue?tab=deals").text
    assert "Nobody&#39;s" in page
    assert "Of 1 deal the source names no company." in page


def test_what_waits_is_counted_where_one_goes_to_deals(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    waiting(database, cast)
    assert "To decide (1)" in browser_of(cast.anna).get("/deals").text
    assert "To decide" not in browser_of(cast.nina).get("/deals").text


def test_a_company_of_a_restricted_client_answers_like_an_absent_one(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Secret", restricted=True).id
        ident = company_that_waits(session, "Camomile")
        decide(session, cast.anna, Kind.COMPANY, ident, is_one_of_ours(client))
    browser = browser_of(cast.boris)
    for values in ({"act": "nobody"}, {"act": "wait", "state": "decided"}, {"act": "new"}):
        there = browser.post(f"/deals/queue/companies/{ident}", data=values)
        absent = browser.post("/deals/queue/companies/999", data=values)
        assert there.status_code == absent.status_code == 404
        assert bare(there.text) == bare(absent.text)
    assert browser.post(f"/deals/queue/companies/{ident}/back").status_code == 404
    for tab in ("companies", "products", "sellers", "deals"):
        for state in ("", "decided"):
            page = browser.get(f"/deals/queue?tab={tab}&state={state}").text
            assert "Camomile" not in page
            assert "Secret" not in page
    mine = browser_of(cast.anna).get("/deals/queue?state=decided").text
    assert "Camomile" in mine
    assert "Secret" in mine


@pytest.mark.parametrize(
    "odd", ["tab=x&page=-3", "page=99999999999", "state=x&text=%00", "tick=%00"]
)
def test_odd_addresses_get_a_page(cast: Cast, browser_of: Browser, odd: str) -> None:
    assert browser_of(cast.anna).get(f"/deals/queue?{odd}").status_code == 200


def test_a_hostile_name_is_shown_as_text(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        said = {"lines": (Line(HOSTILE),), "owner": Seller(name=HOSTILE, email=HOSTILE)}
        apply(session, make_source(session), says("D1", company=Company(name=HOSTILE), **said))
        apply(session, make_source(session, HOSTILE), says("D2", title=HOSTILE))
    for tab in ("companies", "products", "sellers", "deals"):
        page = browser_of(cast.anna).get(f"/deals/queue?tab={tab}").text
        assert "alert(1)" in page
        assert HOSTILE not in page


def test_twenty_rows_cost_as_many_statements_as_two(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    def fill(numbers: range) -> None:
        with database.transaction() as session:
            source = session.scalars(select(DealCompany.source_id)).first()
            made = make_source(session, f"CRM {numbers.start}") if source is None else None
            for number in numbers:
                make_client(session, cast.anna, f"Firm {number} North")
                said = {
                    "company": Company(name=f"Firm {number} Nort"),
                    "lines": (Line(f"Thing {number}"),),
                    "owner": Seller(name=f"Seller {number}"),
                    "contacts": (Contact(email=f"x@firm{number}.example"),),
                }
                to = made or make_source(session, f"CRM of {number}")
                apply(session, to, says(f"D{number}", **said), says(f"N{number}"))

    def statements() -> dict[str, int]:
        taken = {}
        for tab in ("companies", "products", "sellers", "deals"):
            for state in ("", "decided"):
                address = f"/deals/queue?tab={tab}&state={state}"
                browser.get(address)
                with counting(database) as sent:
                    browser.get(address)
                taken[address] = len(sent)
        return taken

    browser = browser_of(cast.anna)
    fill(range(2))
    few = statements()
    fill(range(2, 20))
    assert statements() == few
    assert max(few.values()) <= 20, few
