"""How SQLite looks up promises: each finds its client by number, among however many clients."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from dossiers.interactions.promises.listing import (
    Whose,
    due_count,
    due_visible_to,
    lines_of,
    open_visible_to,
    promise_visible_to,
)
from tests.conftest import Cast
from tests.factories.dossiers import make_client
from tests.factories.renewals import make_promise
from wiki.accounts.actor import Actor
from wiki.database import Database

DUE = date(2026, 3, 9)
READINGS: dict[str, Callable[[Session, Actor], object]] = {
    "due": lambda session, actor: due_visible_to(session, actor, DUE),
    "count": lambda session, actor: due_count(session, actor, DUE),
    "team": lambda session, actor: open_visible_to(session, actor, Whose.TEAM),
    "dossier": lambda session, actor: lines_of(session, actor, 1),
    "one": lambda session, actor: promise_visible_to(session, actor, 1),
}


@contextmanager
def _heard(session: Session) -> Iterator[list[tuple[str, Any]]]:
    """The statements and their values while the block runs."""
    said: list[tuple[str, Any]] = []

    def hear(_c: object, _cursor: object, words: str, values: Any, *_rest: object) -> None:
        said.append((words, values))

    event.listen(session.get_bind(), "before_cursor_execute", hear)
    yield said
    event.remove(session.get_bind(), "before_cursor_execute", hear)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("name", READINGS)
def test_no_reading_walks_the_clients_of_an_audience_for_each_promise(
    database: Database, cast: Cast, name: str
) -> None:
    with database.transaction() as session:
        make_promise(session, cast.anna, make_client(session, cast.anna), DUE)
    with database.reading() as session:
        if session.get_bind().dialect.name != "sqlite":
            pytest.skip("PostgreSQL chooses by what it knows of the tables")
        with _heard(session) as said:
            assert READINGS[name](session, cast.anna)
        words, values = said[-1]
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values)
        steps = "\n".join(str(step[-1]) for step in plan)
    assert "SEARCH clients_1 USING INTEGER PRIMARY KEY" in steps
