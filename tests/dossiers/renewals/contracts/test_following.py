"""The day to begin follows the path: on confirmation, undo, by the daily task, for many at once."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from time import perf_counter

from sqlalchemy import select

from dossiers.approvals.paths.services import Draft, save_version
from dossiers.approvals.runs.services import Beginning, begin_run
from dossiers.approvals.steps import Duration
from dossiers.clients.models import Client
from dossiers.facts.models import Change
from dossiers.people.editing.taking_back import take_back
from dossiers.renewals.contracts.services import write_contract
from dossiers.renewals.contracts.starting import keep_starts, work_out
from dossiers.renewals.contracts.terms import Terms
from dossiers.renewals.models import Contract
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.dossiers.approvals.forecast.test_forecast_pages import move
from tests.dossiers.renewals.contracts.test_lists import many
from tests.factories.approvals import make_path, usual_document
from tests.factories.dossiers import make_client, pen_of
from wiki import clock as wiki_clock
from wiki.database import Database

TERMS = Terms("K-1", date(2026, 1, 1), date(2027, 6, 30), value=Decimal(100), currency="RUB")


def slower(days: int = 15) -> Draft:
    """The usual path with lawyers who take longer, as its second version."""
    document = usual_document()
    steps = tuple(
        replace(step, duration=Duration(days, days)) if step.code == "legal" else step
        for step in document.steps
    )
    return Draft(replace(document, steps=steps), 1)


def test_the_day_moves_back_when_the_change_of_the_path_is_taken_back(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path
        one = write_contract(session, cast.anna, client.id, replace(TERMS, path_id=path.id))
        before = one.start_by
        save_version(session, cast.anna, client.id, path.id, slower())
        assert one.start_by != before
        last = session.scalars(select(Change).order_by(Change.id.desc()).limit(1)).one()
        take_back(pen_of(session, cast.anna, client), last.id)
        assert one.start_by == before


def test_the_daily_task_takes_a_version_that_has_come_into_force(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path
        one = write_contract(session, cast.anna, client.id, replace(TERMS, path_id=path.id))
        before = one.start_by
        later = replace(slower(), valid_from=wiki_clock.today() + timedelta(days=10))
        save_version(session, cast.anna, client.id, path.id, later)
        assert one.start_by == before
        ident = one.id
    assert keep_starts(database) == 0
    with database.reading() as session:
        assert session.get_one(Contract, ident).start_by == before
    clock.forward(days=12)
    keep_starts(database)
    with database.reading() as session:
        one = session.get_one(Contract, ident)
        assert one.start_by
        assert before
        assert one.start_by < before
        assert one.start_by_why["because"] == "path"


def test_a_past_is_told_though_runs_of_the_path_have_ended_since(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path
        before = clock.moment
        clock.forward(days=500)
        run = begin_run(session, cast.anna, client.id, path.id, Beginning("A"))
        clock.forward(days=90)
        move(session, cast.anna, run, "request", "legal", "security", "board", "sign")
        one = write_contract(session, cast.anna, client.id, replace(TERMS, path_id=path.id))
        with wiki_clock.at(before):
            work_out(session, one)
        assert one.start_by


def test_five_hundred_contracts_follow_their_path_in_few_statements(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path_id = make_path(session, cast.anna, client).path.id
        many(session, client.id, cast.anna.id, 500)
        for row in session.scalars(select(Contract)):
            row.path_id = path_id
    with database.transaction() as session:
        client = session.get_one(Client, client.id)
        began = perf_counter()
        with counting(database) as sent:
            save_version(session, cast.anna, client.id, path_id, slower())
        assert perf_counter() - began < 8
        assert len(sent) < 60
        starts = session.scalars(select(Contract.start_by)).all()
        assert None not in starts
