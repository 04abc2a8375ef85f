"""No page of deals costs more statements when there are more deals, products, people or changes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from dossiers.approvals.runs.services import Beginning, begin_run
from dossiers.clients.models import Client
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import DealSource
from dossiers.deals.record import Company, Contact, DealRecord, Line, Seller, StageSince
from dossiers.deals.run_links import link_run
from dossiers.people.editing.persons import set_contact
from dossiers.people.kinds import ContactKind, ContactStanding
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.approvals import make_path
from tests.factories.deals import apply, make_source, says
from tests.factories.dossiers import make_client, pen_of, person_id_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.content import Content
from wiki.pages.revisions import Deed
from wiki.pages.saving import Desk, new_page

FEW, MANY = 3, 30
PAGES = {
    "list": "/deals",
    "filtered list": "/deals?text=deal&kind=open&product=1&sort=amount&outside=",
    "deal": "/deals/1",
    "first page": "/clients/1",
    "tab": "/clients/1/deals",
    "product": "/pages/1-gtx-pro",
    "run": "/clients/1/runs/1",
    "run to begin": "/clients/1/paths/1/runs/new",
    "person": "/persons/1?client=1",
}
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def record(number: int, many: range) -> DealRecord:
    """A deal with as many products, contacts and stages as there are numbers."""
    return says(
        f"D{number}",
        title=f"Deal {number}",
        amount=Decimal(number),
        kind=list(DealKind)[number % 3],
        began_on=date(2025, 12, 1),
        closed_on=date(2026, 2, 1),
        company=Company(name="Romashka"),
        owner=Seller(name=f"Seller {number}"),
        lines=(
            Line("GTX Pro", list_price=Decimal(9), price=Decimal(8)),
            *(Line(f"Part {n}") for n in many),
        ),
        contacts=tuple(Contact(name=f"C{n}", email=f"c{n}@romashka.example") for n in many),
        stages=tuple(StageSince(f"S{n}", NOON + timedelta(days=n)) for n in many),
        loss_reason=f"Reason {number}",
    )


def fill(session: Session, cast: Cast, source: DealSource, numbers: range) -> None:
    """Deals with everything, linked runs, people with their addresses, and a change of each."""
    pen = pen_of(session, cast.anna, session.get_one(Client, 1))
    for number in numbers:
        seat(pen, f"Clerk {number}", name=f"Boss {number}")
        who = person_id_of(pen, f"Boss {number}")
        mail = f"c{number}@romashka.example"
        set_contact(pen, who, ContactKind.EMAIL, mail, ContactStanding.CURRENT)
    apply(session, source, *(record(number, numbers) for number in numbers))
    for number in numbers:
        apply(session, source, says("D0", amount=Decimal(number), title=f"Deal {number}"))
        run = begin_run(session, cast.anna, 1, 1, Beginning(f"Deal {number}"))
        link_run(session, cast.anna, number + 1, run.id)
        if number:
            link_run(session, cast.anna, 1, run.id)


def statements(database: Database, browser: FlaskClient) -> dict[str, int]:
    """How many statements each page takes, the second time."""
    taken = {}
    for name, address in PAGES.items():
        assert browser.get(address).status_code == 200, name
        with counting(database) as sent:
            browser.get(address)
        taken[name] = len(sent)
    return taken


def test_many_deals_cost_as_many_statements_as_few(
    app: Flask,
    cast: Cast,
    clock: SetClock,
    database: Database,
    browser_of: Callable[[Actor | None], FlaskClient],
) -> None:
    desk = Desk(app.extensions["database"], app.extensions["render_pool"])
    with app.app_context():
        new_page(desk, cast.anna, "en", Content("GTX Pro", "Text", {}, (), None), Deed("create"))
    with database.transaction() as session:
        make_path(session, cast.anna, make_client(session, cast.anna))
        source = make_source(session)
        fill(session, cast, source, range(FEW))
    few = statements(database, browser_of(cast.anna))
    clock.forward(minutes=5)
    with database.transaction() as session:
        fill(session, cast, session.get_one(DealSource, source.id), range(FEW, MANY))
    many = statements(database, browser_of(cast.anna))
    assert many == few
