"""The same rows in any order, once or twice, in one file or two, end in the same state."""

from collections.abc import Mapping, Sequence
from random import Random

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from dossiers.clients.importing.sort import CLIENTS
from tests.conftest import Cast
from tests.dossiers.clients.importing.cards import cards
from tests.dossiers.clients.making import add_client
from tests.factories.lists import csv_of
from tests.factories.pages import desk_of
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Refusal
from wiki.lists.choosing import checked, guess
from wiki.lists.plans import Plan
from wiki.lists.sheets import read_sheet
from wiki.lists.sorts import By
from wiki.locale import force_locale

HEADING = "name,inn,domain,parent,segment,country,tags"
NAMES = ("Alpha", "alpha", "Beta", "Gamma", "")
NUMBERS = ("", "", "", "7707083893", "7736050003")
DOMAINS = ("", "", "a.ru", "b.ru", "a.ru b.ru")
PARENTS = ("", "Alpha", "Beta", "Gamma", "Old", "Nobody")


class _Enough(Exception):
    """Nothing of a test stays."""


def row(cells: Sequence[str]) -> str:
    return ",".join(cells)


ROWS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(NUMBERS),
        st.sampled_from(DOMAINS),
        st.sampled_from(PARENTS),
        st.sampled_from(("", "retail", "Retail")),
        st.sampled_from(("", "RU", "Korea")),
        st.sampled_from(("", "x", "y;x")),
    ).map(row),
    min_size=1,
    max_size=7,
)


def plan_of(session: Session, actor: Actor, rows: Sequence[str]) -> Plan:
    sheet = read_sheet(csv_of(HEADING, *rows))
    chosen = guess(session, actor, CLIENTS, sheet)
    # What is kept in notes is rendered between transactions; here all stays in one.
    chosen = type(chosen)(chosen.columns, chosen.settings, ("*",))
    return CLIENTS.plan(session, actor, sheet, checked(session, actor, CLIENTS, sheet, chosen))


def write(app: Flask, session: Session, actor: Actor, rows: Sequence[str]) -> Plan:
    plan = plan_of(session, actor, rows)
    writer = CLIENTS.writer(desk_of(app), actor, plan, By("list.csv", 1))
    for thing in plan.todo:
        writer.write(session, thing)
    session.flush()
    return plan


Told = tuple[Mapping[str, object], int]


def state_after(app: Flask, actor: Actor, *files: Sequence[str]) -> tuple[Told, bool]:
    """All clients, with the number of refused rows, and whether the last file says nothing new."""
    database: Database = app.extensions["database"]
    told: list[tuple[Told, bool]] = []
    try:
        with database.transaction() as session:
            add_client(session, actor, "Old", domains=("old.ru",), region="South")
            add_client(session, actor, "Gamma", tax_number="7736050003", country="RU")
            for rows in files:
                plan = write(app, session, actor, rows)
            again = plan_of(session, actor, files[-1])
            told.append(((cards(session), len(plan.refused)), not list(again.todo)))
            raise _Enough
    except _Enough:
        return told[0]


@pytest.fixture
def actor(cast: Cast) -> Actor:
    return cast.vera


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS, seed=st.integers(0, 1_000))
def test_rows_in_any_order_end_in_the_same_state_and_again_they_change_nothing(
    app: Flask, actor: Actor, rows: list[str], seed: int
) -> None:
    mixed = list(rows)
    Random(seed).shuffle(mixed)
    with app.app_context(), force_locale("en"):
        state, is_quiet = state_after(app, actor, rows)
        assert is_quiet
        assert state_after(app, actor, mixed) == (state, True)
        assert state_after(app, actor, rows, mixed)[0][0] == state[0]


def test_what_was_planned_is_what_is_written(app: Flask, actor: Actor, database: Database) -> None:
    rows = [row((name, "", domain, "", "", "", "")) for name in "AB" for domain in ("a.ru", "b.ru")]
    with app.app_context(), force_locale("en"), database.transaction() as session:
        try:
            plan = write(app, session, actor, rows)
        except Refusal:  # pragma: no cover - a plan that cannot be written is a fault
            pytest.fail("the plan could not be written")
        assert len(plan.refused) == 4
