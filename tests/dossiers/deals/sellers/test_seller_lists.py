"""A list of sellers: known by number or name, found to be colleagues, never given accounts."""

import re
from collections.abc import Callable
from io import BytesIO
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from dossiers.deals.cli import deals_commands
from dossiers.deals.kinds import Matched
from dossiers.deals.models import DealOwner, DealSource, ProductName
from dossiers.deals.record import Line, Seller
from dossiers.deals.sellers.sort import SELLERS
from products.importing.sort import PRODUCTS
from tests.conftest import Cast
from tests.factories.deals import apply, make_source, says
from tests.factories.lists import Lists, csv_of, figures, real_file, sentences
from tests.factories.pages import write_page
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.database import Database
from wiki.errors import Refusal
from wiki.pages.models import Page

BrowserOf = Callable[[Actor | None], FlaskClient]
TEAM = csv_of(
    "sales_agent,email,manager,regional_office",
    "Moses Frase,,Dustin Brinkmann,Central",
    "Anna,,Melvin Marxen,East",
    "B. B.,BORIS@example.com,Melvin Marxen,East",
)


@pytest.fixture
def lists(app: Flask, cast: Cast) -> Lists:
    return Lists(app, SELLERS)


def owners(database: Database) -> dict[str, DealOwner]:
    """All sellers by name."""
    with database.reading() as session:
        return {owner.name: owner for owner in session.scalars(select(DealOwner))}


def test_sellers_without_deals_come_in_and_colleagues_are_found(
    lists: Lists, cast: Cast, database: Database
) -> None:
    assert figures(lists.write(cast.anna, TEAM, source="CRM")) == (3, 0, 0, 0, 0)
    found = owners(database)
    moses = found["Moses Frase"]
    assert (moses.key, moses.manager, moses.office, moses.user_id) == (
        "moses frase", "Dustin Brinkmann", "Central", None,
    )  # fmt: skip
    assert (found["Anna"].user_id, found["Anna"].matched) == (cast.anna.id, Matched.NAME)
    assert (found["B. B."].user_id, found["B. B."].matched) == (cast.boris.id, Matched.DOMAIN)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(User)) == 5
    assert figures(lists.write(cast.boris, TEAM, source="CRM")) == (0, 0, 3, 0, 0)


def test_those_whom_deals_have_named_are_changed_and_decisions_stay(
    lists: Lists, cast: Cast, database: Database
) -> None:
    with database.transaction() as session:
        source = make_source(session)
        apply(session, source, says("1", owner=Seller(name="Moses Frase")))
        apply(session, source, says("2", owner=Seller(name="Anna", external_id="7")))
        for owner in session.scalars(select(DealOwner)):
            owner.user_id, owner.matched = cast.vera.id, Matched.PERSON
    rows = csv_of("name,id,office", "Moses Frase,,North", "Anna Snelling,7,South", "New,8,")
    assert figures(lists.write(cast.anna, rows, source="CRM")) == (1, 2, 0, 0, 0)
    found = owners(database)
    assert (found["Moses Frase"].office, found["Anna Snelling"].office) == ("North", "South")
    assert found["Anna Snelling"].key == "#7"
    assert {found[name].user_id for name in ("Moses Frase", "Anna Snelling")} == {cast.vera.id}
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(DealSource)) == 1


def test_rows_in_any_order_end_in_the_same_state(
    lists: Lists, cast: Cast, database: Database
) -> None:
    rows = ["One,1,North", "One,,", "Two,,East", "Two,,West", "Both,3,", "Both,4,", "Both,,"]
    first = lists.write(cast.anna, csv_of("name,id,office", *rows), source="A")
    assert figures(first) == (3, 0, 0, 1, 3)
    assert "differ in “office”" in sentences(first, "refused")[0]
    Random(5).shuffle(rows)
    other = lists.write(cast.anna, csv_of("name,id,office", *rows), source="B")
    assert figures(other) == (3, 0, 0, 1, 3)
    with database.reading() as session:
        told = {
            source: sorted(
                session.execute(
                    select(DealOwner.key, DealOwner.name, DealOwner.office).where(
                        DealOwner.source_id == source
                    )
                ).all()
            )
            for source in (1, 2)
        }
    assert told[1] == told[2]


def test_what_cannot_be_is_refused_and_slips_are_told(lists: Lists, cast: Cast) -> None:
    rows = csv_of(
        "name,email,manager",
        "One,no address,Dustin",
        ",,x",
        "Two,,Dustjn",
        "Tri,,Dustin",
        "Four,,Dustin",
    )
    with pytest.raises(Refusal, match="name of a source"):
        lists.write(cast.anna, rows)
    report = lists.write(cast.anna, rows, source="CRM")
    assert figures(report) == (3, 0, 0, 0, 2)
    assert "“Dustjn” looks like “Dustin”" in " ".join(sentences(report, "remarks"))


def test_a_list_is_sent_looked_at_and_written_in_the_browser(
    browser_of: BrowserOf, cast: Cast, database: Database
) -> None:
    anna = browser_of(cast.anna)
    data = {"file": (BytesIO(TEAM), "team.csv")}
    here = anna.post("/deals/sellers/import", data=data).location
    columns = anna.get(here).text
    assert re.search(r'id="column-office".*?<option selected>regional_office', columns, re.DOTALL)
    assert anna.get(f"{here}/preview").status_code == 422
    chosen = {"column-name": "sales_agent", "column-manager": "manager", "setting-source": "CRM"}
    anna.post(here, data=chosen)
    preview = anna.get(f"{here}/preview").text
    assert "Dustin Brinkmann" in preview
    assert "are left out: email, regional_office" in preview
    anna.post(f"{here}/write")
    assert "Written." in anna.get(here).text
    assert len(owners(database)) == 3
    assert browser_of(cast.nina).get("/deals/sellers/import").status_code == 403


def test_a_list_of_products_knows_what_was_decided_of_names_in_deals(
    app: Flask, cast: Cast, database: Database
) -> None:
    ident = write_page(app, cast.anna, "GTX Pro")
    with database.transaction() as session:
        source = make_source(session)
        apply(session, source, says("1", lines=(Line(name="GTXPro"),)))
        name = session.scalars(select(ProductName)).one()
        name.page_id, name.matched = ident, Matched.PERSON
    report = Lists(app, PRODUCTS).write(
        cast.anna, csv_of("product,price", "GTXPro,5 USD", "GTX Pro,5 USD", "GTX-Pro,6 USD")
    )
    assert figures(report) == (1, 1, 0, 1, 0)
    with database.reading() as session:
        assert set(session.scalars(select(Page.title))) == {"GTX Pro", "GTX-Pro"}


def test_the_35_real_sellers_come_in_by_the_command(
    app: Flask, cast: Cast, database: Database
) -> None:
    words = ["sellers", "import", str(real_file("sales_teams.csv")), "--source", "CRM"]
    run = app.test_cli_runner()
    tried = run.invoke(deals_commands, [*words, "--dry-run"])
    assert "35 rows: 35 would be new" in tried.output
    assert owners(database) == {}
    assert run.invoke(deals_commands, words).exit_code == 0
    found = owners(database)
    assert len(found) == 35
    assert len({one.manager for one in found.values()}) == 6
    assert {one.office for one in found.values()} == {"Central", "East", "West"}
    without_deals = {"Natalya Ivanova", "Carl Lin", "Carol Thompson", "Elizabeth Anderson"}
    assert {*without_deals, "Mei-Mei Johns"} <= set(found)
    assert "0 new, 0 changed, 35 were so already" in run.invoke(deals_commands, words).output
