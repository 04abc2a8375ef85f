"""Odd terms, hostile addresses, and rows of contracts that fork or close on themselves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from dossiers.clients.models import Client
from dossiers.facts.models import Change
from dossiers.people.editing.taking_back import take_back
from dossiers.renewals.contracts import services
from dossiers.renewals.contracts.terms import Terms
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.models import Contract
from tests.conftest import Cast, SetClock
from tests.factories.approvals import make_path
from tests.factories.dossiers import make_client, pen_of
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Clash

BrowserOf = Callable[[Actor | None], FlaskClient]
TERMS = Terms("K-1", date(2026, 1, 1), date(2027, 6, 30), value=Decimal(100), currency="RUB")
FORM = {"number": "K-7", "starts_on": "2026-01-01", "ends_on": "2026-12-31", "base": "0"}


@pytest.fixture
def romashka(database: Database, cast: Cast, clock: SetClock) -> int:
    with database.transaction() as session:
        return make_client(session, cast.anna).id


def successors(database: Database, ident: int) -> int:
    follows = Contract.predecessor_id == ident, Contract.archived.is_(False)
    with database.reading() as session:
        return session.scalar(select(func.count(Contract.id)).where(*follows)) or 0


def test_a_contract_has_one_successor_whatever_is_brought_back(
    database: Database, cast: Cast, romashka: int
) -> None:
    with database.transaction() as session:
        one = services.write_contract(session, cast.anna, romashka, TERMS)
        two = services.succeed(session, cast.anna, one.id, replace(TERMS, number="K-2"))
        services.archive_contract(session, cast.anna, two.id)
        services.succeed(session, cast.anna, one.id, replace(TERMS, number="K-3"))
    with pytest.raises(Clash), database.transaction() as session:
        services.archive_contract(session, cast.anna, two.id, False)
    assert successors(database, one.id) == 1


def test_a_contract_has_one_successor_whatever_is_done_again(
    database: Database, cast: Cast, romashka: int
) -> None:
    with database.transaction() as session:
        client = session.get_one(Client, romashka)
        one = services.write_contract(session, cast.anna, romashka, TERMS)
        services.succeed(session, cast.anna, one.id, replace(TERMS, number="K-2"))
        last = session.scalars(select(Change.id).order_by(Change.id.desc())).first()
        undo = take_back(pen_of(session, cast.anna, client), last or 0)
        services.succeed(session, cast.anna, one.id, replace(TERMS, number="K-3"))
        again = undo.id
    with pytest.raises(Clash), database.transaction() as session:
        take_back(pen_of(session, cast.anna, client), again)
    assert successors(database, one.id) == 1


def test_a_renewal_that_goes_on_after_all_is_counted_anew(
    database: Database, cast: Cast, romashka: int
) -> None:
    with database.transaction() as session:
        client = session.get_one(Client, romashka)
        path = make_path(session, cast.anna, client).path.id
        one = services.write_contract(session, cast.anna, romashka, replace(TERMS, path_id=path))
        right = one.start_by
        assert right is not None
        services.set_state(session, cast.anna, one.id, RenewalState.LOST, "Gone")
        one.start_by = date(2026, 1, 1)
        services.set_state(session, cast.anna, one.id, RenewalState.FUTURE)
        assert one.start_by == right


@pytest.mark.parametrize(
    "asked",
    ["text=%00", "text=a%00b", "state=%00", "owner=4294967296", "page=1000000000000", "by=%00",
     "endpoint=x", "_scheme=javascript&_external=1&page=2"],
)  # fmt: skip
def test_an_odd_address_shows_a_list(
    cast: Cast, browser_of: BrowserOf, romashka: int, asked: str
) -> None:
    anna = browser_of(cast.anna)
    assert anna.get(f"/contracts?{asked}").status_code == 200
    assert anna.get(f"/contracts.csv?{asked}").status_code == 200


@pytest.mark.parametrize(
    "odd",
    [
        {"starts_on": "0001-01-01"},
        {"ends_on": "9999-12-31"},
        {"ends_on": "2025-01-01"},
        {"notice_days": "1000000000"},
        {"notice_days": "-1"},
        {"notice_days": "400"},
        {"renews_months": "99999999999999999999"},
        {"value": "1e400", "currency": "RUB"},
        {"value": "NaN", "currency": "RUB"},
        {"value": "-Infinity", "currency": "RUB"},
        {"value": "sNaN", "currency": "RUB"},
        {"value": "100000000000000", "currency": "RUB"},
        {"value": "0.00001", "currency": "RUB"},
        {"value": "1", "currency": "\x00"},
        {"value": "1", "currency": "XYZ"},
        {"number": "\x00"},
        {"number": "9" * 101},
        {"product": "\x00No such"},
        {"owner_id": "999999999"},
        {"path_id": "999999999"},
    ],
)
def test_odd_terms_are_refused_in_words(
    cast: Cast, browser_of: BrowserOf, romashka: int, odd: dict[str, str]
) -> None:
    answer = browser_of(cast.anna).post(f"/clients/{romashka}/contracts/new", data=FORM | odd)
    assert answer.status_code in (404, 422), answer.status_code


def test_odd_bases_of_a_form_do_not_break_it(
    cast: Cast, browser_of: BrowserOf, romashka: int
) -> None:
    anna = browser_of(cast.anna)
    made = anna.post(f"/clients/{romashka}/contracts/new", data=FORM)
    assert made.status_code == 302
    for base in ("\x00", "-1", "999", "99999999999999"):
        form = FORM | {"base": base, "subject": "Flour"}
        assert anna.post(f"{made.location}/edit", data=form).status_code in (302, 404, 409, 422)
    for state in ("\x00", "no"):
        answer = anna.post(f"{made.location}/state", data={"state": state})
        assert answer.status_code == 422
