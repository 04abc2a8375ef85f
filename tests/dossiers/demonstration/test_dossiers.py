"""The demonstration's dossiers: complete, as old as they say, seen by their readers, made once."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import seed
from dossiers.approvals.kinds import RunState
from dossiers.approvals.models import ApprovalPath, ApprovalRun
from dossiers.approvals.paths.standing import standings_of
from dossiers.clients.models import Client
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealCompany, DealRun
from dossiers.demonstration.plan import Planned, planned
from dossiers.facts.asking import Moment
from dossiers.facts.models import Change
from dossiers.people.chart.queries import chart_of
from dossiers.people.chart.snapshot import Chart
from dossiers.people.models import Employment, Person
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.accounts.queries import actor_of
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]


@pytest.mark.slow
def test_the_dossiers_are_complete_and_a_second_start_leaves_them_alone(
    app: Flask, database: Database, browser_of: BrowserOf
) -> None:
    seed(app)
    check_charts(database)
    check_age(database)
    check_paths(database)
    check_deals(database)
    check_sight(database, browser_of)
    before = counts(database)
    seed(app)
    assert counts(database) == before


def test_every_deed_of_the_files_names_somebody_or_something_of_its_client() -> None:
    for plan in planned():
        known = set(names(plan))
        for step in plan.steps:
            for deed in step.deeds:
                named = {deed[name] for name in ("position", "manager") if name in deed}
                assert named <= known or deed["do"] in ("add", "go"), deed


def names(plan: Planned) -> list[str]:
    """Every title in a client's files."""
    deeds = [deed for step in plan.steps for deed in step.deeds]
    added = [deed["position"] for deed in deeds if deed["do"] == "add"]
    return [seat.title for step in plan.steps for seat in step.seats()] + added


def counts(database: Database) -> list[int | None]:
    with database.reading() as session:
        tables = (Client, Person, Change, Employment)
        return [session.scalar(select(func.count()).select_from(table)) for table in tables]


def check_charts(database: Database) -> None:
    """Somewhere a vacancy, an acting holder, a guess, an unknown place, ties and roles."""
    with database.reading() as session:
        charts = [
            chart_of(session, client_id, Moment(clock.today()))
            for client_id in session.scalars(select(Client.id))
        ]
        notes = session.scalars(select(Client.page_id).where(Client.page_id.is_not(None))).all()
    assert len(notes) == 5
    seats = [seat for chart in charts for seat in chart.seats.values()]
    holders = [holder for seat in seats for holder in seat.holders]
    assert all(len(chart.seats) >= 3 for chart in charts)
    assert any(seat.is_vacant for seat in seats)
    assert any(not seat.is_known for seat in seats)
    assert any(holder.acting for holder in holders)
    assert any(holder.known.is_guess for holder in holders)
    assert all(any(getattr(chart, name) for chart in charts) for name in PARTS)


PARTS = ("lines", "ties", "standings", "acquaintances")


def check_age(database: Database) -> None:
    """The chart of half a year ago differs, and so does what was believed then."""
    with database.reading() as session:
        client = session.scalars(select(Client.id).where(Client.name == "Большая Сумка")).one()
        today, known = clock.today(), clock.now().replace(year=clock.now().year - 1)
        now = chart_of(session, client, Moment(today))
        assert titles(now) != titles(chart_of(session, client, Moment(today, known)))
        moved = select(func.count(func.distinct(Employment.client_id))).group_by(
            Employment.person_id
        )
        assert max(session.scalars(moved)) == 2


def check_paths(database: Database) -> None:
    """Confirmed paths and a draft; runs that ended in the past and some that have not."""
    with database.reading() as session:
        standings = standings_of(
            session, session.scalars(select(ApprovalPath)).all(), clock.today()
        )
        runs = session.scalars(select(ApprovalRun)).all()
    assert {standing.confirmed is not None for standing in standings.values()} == {True, False}
    assert all(standing.unconfirmed_for > 30 for standing in standings.values())
    ended = [run for run in runs if run.state is not RunState.RUNNING]
    assert len(ended) >= 5
    assert len(runs) > len(ended)
    assert all(run.created_at.date() < clock.today() for run in runs)


def check_deals(database: Database) -> None:
    """Two near-twins wait for somebody; a discount outside the policy, a loss with its reason."""
    with database.reading() as session:
        deals = session.scalars(select(Deal)).all()
        waiting = select(DealCompany.name).where(DealCompany.client_id.is_(None))
        assert len(deals) == 40
        assert "Школьное питание, Зареченск" in session.scalars(waiting).all()
        assert len({run.deal_id for run in session.scalars(select(DealRun))}) == 8
    assert any(deal.is_outside_policy for deal in deals)
    assert any(deal.loss_reason for deal in deals if deal.kind is DealKind.LOST)
    assert {deal.kind for deal in deals} == set(DealKind)
    assert any(deal.planned_on and deal.planned_on > clock.today() for deal in deals)


def titles(chart: Chart) -> set[str]:
    return {seat.title for seat in chart.seats.values()}


def check_sight(database: Database, browser_of: BrowserOf) -> None:
    """The restricted client is there for its team and the directors alone, its page too."""
    with database.reading() as session:
        hidden = session.scalars(select(Client).where(Client.restricted)).one()
        people = {
            name: actor_of(session, ident)
            for ident, name in session.execute(select(User.id, User.email_folded))
        }
    paths = (f"/clients/{hidden.id}/people", f"/pages/{hidden.page_id}")
    for name, status in {"boris": 200, "vera": 200, "anna": 404, "nina": 404}.items():
        browser = browser_of(people[f"{name}@pelmen.example"])
        for path in paths:
            answer = browser.get(path, follow_redirects=True)
            assert answer.status_code == status, (name, path)
        assert ("Тихий Причал" in browser.get("/search?q=Причал").text.split("<main")[1]) is (
            status == 200
        )
