"""Kill the writing processes again and again; index and database must agree after each restart.

    python -m bench.search.kill --rounds 200

A process saves pages, as the server does, and another keeps the index current, as the worker does;
in each tenth round it makes the index anew. Both get SIGKILL at a random moment. They are forked
from this process, so a round costs no start of an interpreter; pages are drawn where they are
saved. Every acknowledged save must be there. Ends with exit code 1 when anything is missing.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import cast

from sqlalchemy import select

from app import close, create_app
from bench.instance import Instance
from search.assembly import Search
from search.engine import IndexUnusable
from search.indexing import compare, keep_current, keep_past_current, rebuild
from search.whoosh_engine import WhooshEngine
from wiki.accounts.actor import Actor
from wiki.accounts.loading import actor_of
from wiki.accounts.models import User
from wiki.config import load_settings
from wiki.database import Database
from wiki.pages.content import Content
from wiki.pages.models import Page
from wiki.pages.restoring import set_archived
from wiki.pages.revisions import Deed
from wiki.pages.saving import Desk, Draft, Saved, new_page, save_page
from wiki.rendering.compose import render
from wiki.rendering.pool import RenderPool

_SHORTEST, _LONGEST, _PATIENCE = 0.05, 1.8, 60.0
_REBUILT_EACH = 10


class _Drawing:
    """Draws a page at once, in the saving process."""

    render = staticmethod(render)


@dataclass
class Outcome:
    """What the rounds showed."""

    rounds: int = 0
    saves: int = 0
    documents: int = 0
    lost: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether nothing was lost and nothing differed."""
        return not (self.lost or self.differences)


@dataclass(frozen=True)
class House:
    """Where it happens."""

    home: Path
    address: str
    known: Search

    def search(self) -> Search:
        """The search of this instance, its files opened by this process."""
        assert self.known.past is not None
        past = Search(WhooshEngine(self.home / "past-index"), self.known.past.sources)
        return Search(WhooshEngine(self.home / "index"), self.known.sources, past=past)


def kill_again_and_again(
    instance: Instance, rounds: int, dice: random.Random, tell: Callable[[str], None]
) -> Outcome:
    """Do the rounds on this (empty) instance."""
    with instance.serving():
        instance.add_person("vera@example.com", "director")
    settings = load_settings(instance.home, instance.environment)
    app = create_app(settings)
    known: Search = app.extensions["search"]
    house, outcome = House(instance.home, settings.database_address, known), Outcome()
    close(app)
    for number in range(1, rounds + 1):
        began = time.monotonic()
        acknowledged = _round(house, number, dice.uniform(_SHORTEST, _LONGEST))
        outcome.rounds, outcome.saves = number, outcome.saves + len(acknowledged)
        _check(house, outcome, acknowledged)
        tell(f"round {number}: {outcome.saves} saves, {time.monotonic() - began:.1f} s")
    return outcome


def _round(house: House, number: int, seconds: float) -> list[str]:
    """Let both work and kill them; the titles whose saves were acknowledged before."""
    reading, writing = os.pipe()
    keep = _keep_current if number % _REBUILT_EACH else _rebuild
    running = [
        _forked(lambda: _save(house, f"{number}", writing)),
        _forked(lambda: keep(house)),
    ]
    os.close(writing)
    first = os.read(reading, 1)
    time.sleep(seconds)
    for pid in running:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    with os.fdopen(reading, "rb") as pipe:
        said = (first + pipe.read()).decode().splitlines(keepends=True)
    return [line.strip() for line in said if line.endswith("\n")]


def _forked(work: Callable[[], None]) -> int:
    """The number of a process that does this and ends."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
    os._exit(1)


def _save(house: House, name: str, tell: int) -> None:
    """New pages, new versions, archived pages, without end; a title is told after its commit."""
    desk = Desk(Database(house.address), cast(RenderPool, _Drawing()))
    vera = _director(desk.database)
    for number in count():
        title = f"Page {name}-{number}"
        content = Content(title, f"Dumplings, box {number}. " * 20, {}, (), None)
        page = new_page(desk, vera, "en", content, Deed("create")).page_id
        os.write(tell, f"{title}\n".encode())
        longer = Content(title, "Frozen goods. " * 30, {}, (), None)
        assert isinstance(save_page(desk, vera, page, Draft(longer, 1)), Saved)
        if number % 3 == 0:
            set_archived(desk, vera, page, True)


def _director(database: Database) -> Actor:
    with database.reading() as session:
        ident = session.scalars(select(User.id).where(User.role == "director")).one()
        found = actor_of(session, ident)
    assert found is not None
    return found


def _keep_current(house: House) -> None:
    database, search = Database(house.address), house.search()
    while True:
        keep_current(database, search)
        keep_past_current(database, search)


def _rebuild(house: House) -> None:
    database, search = Database(house.address), house.search()
    while True:
        keep_current(database, search)
        rebuild(database, search, lambda _done: None, 10.0)


def _check(house: House, outcome: Outcome, acknowledged: list[str]) -> None:
    """Restart the worker, let it drain, and compare both indexes with the database."""
    database, search = Database(house.address), house.search()
    with database.reading() as session:
        titles = set(session.scalars(select(Page.title)))
    outcome.lost += [title for title in acknowledged if title not in titles]
    end = time.monotonic() + _PATIENCE
    for one in search.all_indexes():
        while said := _difference(database, one):
            if time.monotonic() > end:
                outcome.differences.append(f"round {outcome.rounds}: {said}")
                break
            keep_current(database, one)
    outcome.documents = len(titles)
    search.close()
    database.dispose()


def _difference(database: Database, search: Search) -> str:
    try:
        found = compare(database, search, lambda _count: None)
    except IndexUnusable:
        return "there is no index"
    return repr(found) if found or found.waiting else ""


def _tell(sentence: str) -> None:
    print(sentence, flush=True)


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        instance = Instance(Path(folder) / "instance")
        dice = random.Random(arguments.seed)
        outcome = kill_again_and_again(instance, arguments.rounds, dice, _tell)
    print(outcome)
    sys.exit(0 if outcome.is_good else 1)


if __name__ == "__main__":
    main()
