"""People with saved searches, and a worker that looks for news when a test says so."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask

from search.assembly import Search
from search.indexing import keep_current
from search.saved.looking import EVERY, look_for_news
from search.saved.queries import Find, finds_visible_to
from search.saved.services import save_search
from tests.conftest import SetClock
from wiki.accounts.actor import Actor
from wiki.database import Database

Keep = Callable[..., int]


@dataclass
class Worker:
    """Indexes what changed, lets the time between two looks pass, and looks."""

    app: Flask
    database: Database
    search: Search
    clock: SetClock

    def look(self, indexed: bool = True) -> int:
        if indexed:
            keep_current(self.database, self.search)
        self.clock.forward(seconds=EVERY.total_seconds() + 1)
        with self.app.app_context():
            return look_for_news(self.database, self.search)

    def finds(self, actor: Actor) -> list[Find]:
        with self.database.reading() as session:
            return list(finds_visible_to(session, actor, self.search).rows)

    def titles(self, actor: Actor) -> list[str]:
        return [find.document.title for find in self.finds(actor)]


@pytest.fixture
def worker(app: Flask, database: Database, search: Search, clock: SetClock) -> Worker:
    made = Worker(app, database, search, clock)
    keep_current(database, search)
    return made


@pytest.fixture
def keep(database: Database, clock: SetClock) -> Keep:
    """Save a search that tells; returns its number. A second passes before anything else."""

    def save(actor: Actor, words: str, telling: str = "list", query: str = "") -> int:
        with database.transaction() as session:
            ident = save_search(session, actor, words, query or f"q={words}", telling).id
        clock.forward(seconds=1)
        return ident

    return save
