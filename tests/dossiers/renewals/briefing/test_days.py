"""The days of a briefing are those of the contract, as on its page and in the calendar."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from dossiers.clients.models import Client
from dossiers.renewals.briefing.way import way_of
from dossiers.renewals.contracts.starting import work_out
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.models import Contract
from tests.factories.approvals import make_path
from tests.factories.dossiers import make_client
from tests.factories.renewals import make_contract

TODAY = date(2026, 3, 2)


def _contract(database, cast, ends_on: date, **terms) -> tuple[int, int]:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path.id
        contract = make_contract(session, cast.anna, client, ends_on, path_id=path, **terms)
        work_out(session, contract)
        return client.id, contract.id


@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"value": Decimal(5_000_000), "currency": "RUB"},
        {"renews_months": 12, "notice_days": 40},
    ],
)
def test_the_first_step_begins_on_the_day_of_the_contract(database, cast, clock, terms) -> None:
    client_id, contract_id = _contract(database, cast, date(2026, 12, 31), **terms)
    with database.reading() as session:
        client, contract = (
            session.get_one(Client, client_id),
            session.get_one(Contract, contract_id),
        )
        way = way_of(session, client, contract, TODAY)
    assert way is not None
    assert way.is_counted_back
    assert min(span.start for span in way.spans.values()) == contract.start_by
    assert set(way.spans) == set(contract.start_by_why["days"])
    if "renews_months" in terms:
        assert max(span.end for span in way.spans.values()) <= contract.notice_by


def test_what_is_late_says_when_it_would_be_signed_if_begun_today(
    database, browser_of, cast, clock
) -> None:
    client_id, contract_id = _contract(database, cast, TODAY + timedelta(days=5))
    page = f"/clients/{client_id}/briefing"
    told = browser_of(cast.anna).get(page).text
    assert "that is over" in told
    assert "Begun today, it is usually signed on" in told
    with database.transaction() as session:
        session.get_one(Contract, contract_id).state = RenewalState.PAPER
    told = browser_of(cast.anna).get(page).text
    assert "it had to begin by" in told
    assert "that is over" not in told
    assert "Begun today" not in told


def test_a_contract_without_a_path_says_so_and_its_days_are_counted_from_today(
    database, browser_of, cast, clock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        make_path(session, cast.anna, client)
        make_contract(session, cast.anna, client, date(2026, 12, 31))
        client_id = client.id
    told = browser_of(cast.anna).get(f"/clients/{client_id}/briefing").text
    assert "does not say by which path it is renewed" in told
    assert "as if it began today" in told
    assert "Must begin by" not in told
