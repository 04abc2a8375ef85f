"""Products of a contract: typed by title, shown with links, asked for by the path."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from flask.testing import FlaskClient

from dossiers.approvals.purchases import Condition
from dossiers.renewals.contracts.services import write_contract
from dossiers.renewals.contracts.terms import Terms
from dossiers.renewals.models import Contract
from tests.conftest import Cast
from tests.factories.approvals import make_path, usual_document
from tests.factories.dossiers import make_client
from tests.factories.pages import make_category, make_page_row
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<b>Flour</b>"
TYPED = {"number": "K-1", "starts_on": "2026-01-01", "ends_on": "2027-01-01"}


def test_products_are_typed_shown_with_links_and_named_in_versions(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        ident = make_client(session, cast.anna).id
        flour = make_page_row(session, HOSTILE, cast.anna).id
        secret = make_page_row(session, "Secret oil", cast.anna, audience="team:99").id
    anna = browser_of(cast.anna)
    new = f"/clients/{ident}/contracts/new"
    assert 'value="&lt;b&gt;Flour&lt;/b&gt;"' in anna.get(new).text
    told = anna.post(new, data={**TYPED, "product": ["Nothing such"]})
    assert told.status_code == 422
    assert "Nothing such" in told.text
    assert anna.post(new, data={**TYPED, "product": ["Secret oil"]}).status_code == 422
    here = anna.post(new, data={**TYPED, "product": [HOSTILE, ""]}).headers["Location"]
    page = anna.get(here).text
    assert f"/pages/{flour}-" in page
    assert HOSTILE not in page
    with database.transaction() as session:
        row = session.query(Contract).one()
        row.products = [flour, secret]
    edit = {**TYPED, "base": "1", "product": [], "owner_id": str(cast.anna.id)}
    assert anna.post(f"{here}/edit", data=edit).status_code == 302
    with database.reading() as session:
        assert session.query(Contract).one().products == [secret]
    page = anna.get(here).text
    assert "Secret oil" not in page
    assert "<del>" in page
    assert f"<ins>{cast.anna.name}</ins>" in page


def test_a_step_that_only_some_products_need_counts_only_for_them(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        food = make_category(session, "Food")
        frozen = make_category(session, "Frozen", food)
        page = make_page_row(session, "Dumplings", cast.anna, category_id=frozen.id)
        document = usual_document()
        steps = tuple(
            replace(step, condition=Condition(categories=frozenset({food.id})))
            if step.code == "legal"
            else step
            for step in document.steps
        )
        path = make_path(session, cast.anna, client, replace(document, steps=steps)).path
        terms = Terms(
            "K-1", date(2026, 1, 1), date(2027, 6, 30), value=Decimal(9), currency="RUB",
            path_id=path.id,
        )  # fmt: skip
        plain = write_contract(session, cast.anna, client.id, terms)
        with_food = replace(terms, number="K-2", products=(page.id,))
        cold = write_contract(session, cast.anna, client.id, with_food)
        assert "legal" not in plain.start_by_why["days"]
        assert "legal" in cold.start_by_why["days"]
        assert plain.start_by
        assert cold.start_by
        assert cold.start_by < plain.start_by
