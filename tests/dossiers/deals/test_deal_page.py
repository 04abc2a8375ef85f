"""The page of a deal: what it shows, to whom, and what is decided there."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalRun
from dossiers.approvals.runs.services import Beginning, begin_run
from dossiers.clients.models import Client
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealChange, DealCompany, DealRun
from dossiers.deals.record import Company, Contact, Line
from dossiers.facts.models import Change
from dossiers.people.editing.judging import judge
from dossiers.people.editing.persons import set_contact
from dossiers.people.kinds import Aspect, ContactKind, ContactStanding
from tests.conftest import Cast, SetClock
from tests.factories.approvals import make_path
from tests.factories.deals import apply, make_source, says
from tests.factories.dossiers import make_client, pen_of, person_id_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.content import Content
from wiki.pages.revisions import Deed
from wiki.pages.saving import Desk, Draft, new_page, save_page

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"


def add_deal(session: Session, ident: str, client: str, **fields: object) -> int:
    """A deal of the client of that name."""
    source = make_source(session, f"CRM {ident}")
    apply(session, source, says(ident, company=Company(name=client), **fields))
    return session.scalars(select(Deal.id).where(Deal.external_id == ident)).one()


@pytest.fixture
def secret(database: Database, cast: Cast, clock: SetClock) -> int:
    """A deal of a client that only Anna's team sees."""
    with database.transaction() as session:
        make_client(session, cast.anna, "Secret", restricted=True)
        return add_deal(session, "S1", "Secret", title="Hidden line", amount=Decimal(5))


def test_a_hidden_deal_is_not_there_whatever_is_asked_of_it(
    secret: int, cast: Cast, browser_of: Browser
) -> None:
    assert "Hidden line" in browser_of(cast.anna).get(f"/deals/{secret}").text
    boris = browser_of(cast.boris)
    absent = boris.get("/deals/4711")
    hidden = boris.get(f"/deals/{secret}")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.text.replace(str(secret), "").count("Hidden line") == 0
    for end in ("client", "client/release", "runs", "runs/1/part"):
        assert boris.post(f"/deals/{secret}/{end}", data={"client": "x"}).status_code == 404


def test_a_deal_is_given_to_a_client_and_taken_back_from_its_history(
    database: Database, cast: Cast, clock: SetClock, browser_of: Browser
) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna, "Romashka")
        other = make_client(session, cast.anna, "Lopukh").id
        ident = add_deal(session, "D1", "Romashka", title="Line 4")
    anna = browser_of(cast.anna)
    shown = anna.post(f"/deals/{ident}/client", data={"client": "Lopukh"}, follow_redirects=True)
    assert "Lopukh</a>" in shown.text
    with database.reading() as session:
        deal = session.get_one(Deal, ident)
        assert (deal.client_id, deal.pinned) == (other, True)
        deeds = session.execute(select(Change.action, Change.client_id, Change.id)).all()
        assert [action for action, *_rest in deeds] == ["lose deal", "give deal"]
    address = f"/clients/{other}/changes/{deeds[1].id}/undo"
    assert anna.post(address).status_code == 302
    with database.reading() as session:
        deal = session.get_one(Deal, ident)
        assert (deal.pinned, deal.client_id != other) == (False, True)
        assert len(session.scalars(select(DealChange)).all()) == 2
    history = anna.get(f"/clients/{other}/history").text
    assert "the deal Line 4 is this client&#39;s" in history


def test_only_who_may_edit_both_dossiers_gives_a_deal_away(
    database: Database, cast: Cast, clock: SetClock, browser_of: Browser
) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna, "Romashka")
        make_client(session, cast.boris, "Lopukh")
        make_client(session, cast.boris, "Hidden one", restricted=True)
        ident = add_deal(session, "D1", "Romashka")
    assert browser_of(cast.boris).post(
        f"/deals/{ident}/client", data={"client": "Lopukh"}
    ).status_code == 403  # fmt: skip
    anna = browser_of(cast.anna)
    assert anna.post(f"/deals/{ident}/client", data={"client": "Lopukh"}).status_code == 403
    hidden = anna.post(f"/deals/{ident}/client", data={"client": "Hidden one"})
    absent = anna.post(f"/deals/{ident}/client", data={"client": "Absent one"})
    assert (hidden.status_code, absent.status_code) == (422, 422)
    vera = browser_of(cast.vera)
    assert vera.post(f"/deals/{ident}/client", data={"client": "Lopukh"}).status_code == 302


def test_the_company_of_a_hidden_client_is_named_nowhere(
    database: Database, cast: Cast, clock: SetClock, browser_of: Browser
) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna, "Secret", restricted=True)
        make_client(session, cast.boris, "Lopukh")
        ident = add_deal(
            session, "D1", "Secret", title="Line", currency="EUR", raw={"account": "Secret"}
        )
    vera, boris = browser_of(cast.vera), browser_of(cast.boris)
    assert vera.post(f"/deals/{ident}/client", data={"client": "Lopukh"}).status_code == 302
    for address in (f"/deals/{ident}", "/deals", "/deals/deals.csv", "/deals?text=Secret"):
        assert "Line" in vera.get(address).text, address
        shown = boris.get(address).text.replace('value="Secret"', "")
        assert "Secret" not in shown, address
    assert "Secret" in vera.get(f"/deals/{ident}").text


def test_a_run_is_linked_begun_and_parted(
    database: Database, cast: Cast, clock: SetClock, browser_of: Browser
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka")
        path = make_path(session, cast.anna, client).path
        ident = add_deal(session, "D1", "Romashka", title="Line 4", amount=Decimal("2.5"),
                         currency="EUR", stage="Offer",
                         planned_on=date(2026, 9, 1))  # fmt: skip
        run = begin_run(session, cast.anna, client.id, path.id, Beginning("By hand")).id
        here = client.id
    anna = browser_of(cast.anna)
    anna.post(f"/deals/{ident}/runs", data={"run": run})
    page = anna.get(f"/deals/{ident}").text
    assert f"/clients/{here}/runs/{run}" in page
    form = page.partition(f"/clients/{here}/paths/{path.id}/runs/new?")[2].partition('"')[0]
    address = f"/clients/{here}/paths/{path.id}/runs/new?" + form.replace("&amp;", "&")
    new = anna.get(address).text
    assert 'value="Line 4"' in new
    assert 'value="2.5"' in new
    assert f'name="origin" value="deal:{ident}"' in new
    said = {"deal": "Line 4", "amount": "2.5", "currency": "EUR", "origin": f"deal:{ident}"}
    anna.post(f"/clients/{here}/paths/{path.id}/runs/new", data=said)
    with database.reading() as session:
        begun = session.scalars(select(ApprovalRun.id).where(ApprovalRun.deal == "Line 4")).one()
        linked = session.scalars(select(DealRun.run_id).where(DealRun.deal_id == ident)).all()
        assert sorted(linked) == [run, begun]
    shown = anna.get(f"/clients/{here}/runs/{begun}").text
    assert f'href="/deals/{ident}"' in shown
    assert "Offer" in shown
    anna.post(f"/deals/{ident}/runs/{begun}/part")
    assert f'/runs/{begun}"' not in anna.get(f"/deals/{ident}").text
    assert anna.get(f"/clients/{here}/deals").status_code == 200
    with database.reading() as session:
        parted = session.scalars(select(Change.id).where(Change.action == "part run")).one()
    anna.post(f"/clients/{here}/changes/{parted}/undo")
    with database.reading() as session:
        assert session.get(DealRun, (ident, begun)) is not None


def test_a_run_of_another_client_is_never_the_deals(
    database: Database, cast: Cast, clock: SetClock, browser_of: Browser
) -> None:
    with database.transaction() as session:
        make_client(session, cast.anna, "Romashka")
        other = make_client(session, cast.anna, "Lopukh")
        path = make_path(session, cast.anna, other).path
        run = begin_run(session, cast.anna, other.id, path.id, Beginning("Theirs")).id
        ident = add_deal(session, "D1", "Romashka", title="Theirs")
    anna = browser_of(cast.anna)
    assert anna.post(f"/deals/{ident}/runs", data={"run": run}).status_code == 404
    said = {"deal": "X", "origin": f"deal:{ident}"}
    assert anna.post(f"/clients/{other.id}/paths/{path.id}/runs/new", data=said).status_code == 404
    with database.reading() as session:
        assert not session.scalars(select(DealRun)).all()
        assert not session.scalars(select(ApprovalRun).where(ApprovalRun.deal == "X")).all()


def test_people_of_the_deal_are_found_by_mail_and_by_what_is_thought_of_them(
    database: Database, cast: Cast, clock: SetClock, browser_of: Browser
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka")
        pen = pen_of(session, cast.anna, client)
        seat(pen, "Buyer", name="Ivan Petrov")
        seat(pen, "Director", name="Olga Orlova")
        ivan, olga = (person_id_of(pen, name) for name in ("Ivan Petrov", "Olga Orlova"))
        set_contact(pen, ivan, ContactKind.EMAIL, "Ivan@romashka.example", ContactStanding.CURRENT)
        judge(pen, ivan, Aspect.ROLE, "procurement")
        judge(pen, olga, Aspect.ROLE, "decision_maker", "Line 4")
        judge(pen, olga, Aspect.ATTITUDE, "enemy", "Line 5")
        contacts = (Contact(name="I. P.", email="ivan@ROMASHKA.example", role=HOSTILE),)
        ident = add_deal(session, "D1", "Romashka", title="Line 4", contacts=contacts)
    shown = browser_of(cast.anna).get(f"/deals/{ident}").text
    assert f"/persons/{ivan}?client={client.id}" in shown
    assert f"/persons/{olga}?client={client.id}" in shown
    assert "decision maker" in shown
    assert "purchasing" in shown
    assert "enemy" not in shown
    assert HOSTILE not in shown


def test_the_version_of_the_page_is_the_one_of_the_deals_day(
    app: Flask, database: Database, cast: Cast, clock: SetClock, browser_of: Browser
) -> None:
    desk = Desk(app.extensions["database"], app.extensions["render_pool"])
    with app.app_context():
        page = new_page(desk, cast.anna, "en", Content("GTX Pro", "One", {}, (), None),
                        Deed("create")).page_id  # fmt: skip
        clock.forward(days=10)
        save_page(desk, cast.anna, page, Draft(Content("GTX Pro", "Two", {}, (), None), 1))
    with database.transaction() as session:
        make_client(session, cast.anna, "Romashka")
        lines = (Line("GTX Pro", list_price=Decimal(100), price=Decimal("87.5")),)
        closed = {"lines": lines, "kind": DealKind.WON}
        old = add_deal(session, "D1", "Romashka", closed_on=date(2026, 3, 5), **closed)
        older = add_deal(session, "D2", "Romashka", closed_on=date(2026, 2, 1), **closed)
        new = add_deal(session, "D3", "Romashka", lines=lines)
    anna = browser_of(cast.anna)
    shown = anna.get(f"/deals/{old}").text
    assert f"/pages/{page}/revisions/1" in shown
    assert "12.5" in shown
    assert "the page is younger than the deal" in anna.get(f"/deals/{older}").text
    assert "version 2" in anna.get(f"/deals/{new}").text


def test_hostile_text_of_a_source_is_only_text(
    database: Database, cast: Cast, clock: SetClock, browser_of: Browser
) -> None:
    with database.transaction() as session:
        ident = add_deal(session, "D1", HOSTILE, title=HOSTILE, stage=HOSTILE, pipeline=HOSTILE,
                         loss_reason=HOSTILE, raw={"a": HOSTILE, "url": "javascript:alert(1)"},
                         lines=(Line(HOSTILE),), contacts=(Contact(name=HOSTILE),))  # fmt: skip
        source = session.scalars(select(Deal)).one()
        clock.forward(days=1)
        row = session.scalars(select(DealCompany)).one()
        row.name = HOSTILE
        session.add(
            DealChange(deal_id=source.id, at=datetime(2026, 3, 3, tzinfo=UTC),
                       fields={"title": [HOSTILE, "x"], "amount": ["1", {"odd": 1}],
                               "closed_on": ["nonsense", None], "unknown": 3})
        )  # fmt: skip
    shown = browser_of(cast.anna).get(f"/deals/{ident}").text
    assert HOSTILE not in shown
    assert "javascript:" not in shown.replace("&#34;url&#34;: &#34;javascript:alert(1)", "")
    assert "Say whose deal it is" in shown


def test_deals_follow_merged_clients_and_part_with_them(
    database: Database, cast: Cast, clock: SetClock, browser_of: Browser
) -> None:
    with database.transaction() as session:
        keep = make_client(session, cast.anna, "Kept").id
        lose = make_client(session, cast.anna, "Lost").id
        ident = add_deal(session, "D1", "Lost", title="Line 4", amount=Decimal(3))
    anna = browser_of(cast.anna)
    assert "Line 4" in anna.get(f"/clients/{lose}/deals").text
    with database.transaction() as session:
        session.get_one(Client, lose).merged_into_id = keep
    assert anna.get(f"/clients/{lose}/deals").location == f"/clients/{keep}/deals"
    assert "Line 4" in anna.get(f"/clients/{keep}/deals").text
    assert f'href="/clients/{keep}"' in anna.get(f"/deals/{ident}").text
    assert f"/clients/{keep}/deals" in anna.get(f"/clients/{keep}").text
    with database.transaction() as session:
        session.get_one(Client, lose).merged_into_id = None
    assert "Line 4" not in anna.get(f"/clients/{keep}/deals").text
    assert "Line 4" in anna.get(f"/clients/{lose}/deals").text
