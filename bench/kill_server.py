"""Kill the server with SIGKILL under writing load, again and again; count what was lost.

    python -m bench.kill_server --rounds 100

Every acknowledged save must be there, the database must open, and the index must agree with it
after the restart. Ends with exit code 1 when anything is missing.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import func, select, text

from app import create_app
from bench.instance import Instance, Person, Server
from search.assembly import Search
from search.engine import IndexUnusable
from search.indexing import compare
from wiki.config import load_settings
from wiki.database import Database
from wiki.pages.models import Page, Revision

WRITERS = 3


@dataclass
class Ledger:
    """What the server said, kept by the writers outside of it."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    """Title → the number of the last version that was acknowledged."""
    saves: int = 0


@dataclass
class Report:
    """What the rounds showed."""

    rounds: int = 0
    saves: int = 0
    lost: list[str] = field(default_factory=list)
    broken_database: list[str] = field(default_factory=list)
    index_differences: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether nothing at all was lost."""
        return not (self.lost or self.broken_database or self.index_differences)


def kill_again_and_again(
    instance: Instance, rounds: int, dice: random.Random, tell: Callable[[str], None]
) -> Report:
    """Do the rounds on this (empty) instance."""
    report, ledger = Report(), Ledger()
    with instance.serving() as server:
        instance.add_person("anna@example.com")
        # Once for all rounds: sign-ins cut off by a kill count as failed and would be slowed down.
        anna = Person(server.address)
        anna.sign_in("anna@example.com")
        # The names of the cookies hold the port, so it stays the same.
        instance.environment["DOSSIER_WIKI_PORT"] = server.address.rsplit(":", 1)[1]
    for number in range(1, rounds + 1):
        with instance.serving() as server:
            began = time.monotonic()
            _check(instance, ledger, report, number)
            _write_until_killed(server, anna, ledger, number, dice.uniform(0.05, 2.5))
            report.rounds, report.saves = number, ledger.saves
            tell(f"round {number}: {ledger.saves} saves, {time.monotonic() - began:.1f} s")
    with instance.serving():
        _check(instance, ledger, report, rounds + 1)
    return report


def _write_until_killed(
    server: Server, anna: Person, ledger: Ledger, number: int, seconds: float
) -> None:
    ready, stop = Event(), Event()
    threads = [
        Thread(
            target=_write,
            args=(anna.at(server.address), ledger, f"{number}-{writer}", ready, stop),
        )
        for writer in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    ready.wait(60)
    time.sleep(seconds)
    server.kill()
    stop.set()
    for thread in threads:
        thread.join()


def _write(person: Person, ledger: Ledger, name: str, ready: Event, stop: Event) -> None:
    """New pages and new versions of them until the server is gone."""
    count = 0
    try:
        while not stop.is_set():
            title = f"Page {name}-{count}"
            location = person.save_new_page(title, f"Dumplings, box {count}. " * 20)
            if location is None:
                continue
            _note(ledger, title, 1)
            ready.set()
            fields = {"title": title, "language": "en", "category": "", "base_number": "1"}
            changed = person.post(f"{location}/edit", body="Frozen goods. " * 30, **fields)
            if changed.status == 302:
                _note(ledger, title, 2)
            count += 1
    except (OSError, HTTPException):
        return


def _note(ledger: Ledger, title: str, version: int) -> None:
    ledger.acknowledged[title] = version
    ledger.saves += 1


def _check(instance: Instance, ledger: Ledger, report: Report, number: int) -> None:
    settings = load_settings(instance.home, instance.environment)
    database = Database(settings.database_address)
    found = _versions(database)
    report.lost += [
        f"round {number}: {title} has {found.get(title, 0)} versions of {version}"
        for title, version in ledger.acknowledged.items()
        if found.get(title, 0) < version
    ]
    report.broken_database += [f"round {number}: {said}" for said in _damage(database)]
    database.dispose()
    if said := index_differences(instance):
        report.index_differences.append(f"round {number}: {said}")


def _versions(database: Database) -> dict[str, int]:
    wanted = (
        select(Page.title, func.count(Revision.id))
        .join(Revision, Revision.page_id == Page.id)
        .group_by(Page.title)
    )
    with database.reading() as session:
        return {row[0]: row[1] for row in session.execute(wanted)}


def _damage(database: Database) -> list[str]:
    if database.engine.dialect.name != "sqlite":
        return []
    with database.reading() as session:
        said = list(session.scalars(text("PRAGMA integrity_check")))
        broken = session.execute(text("PRAGMA foreign_key_check")).all()
    return [line for line in said if line != "ok"] + [f"foreign key: {row}" for row in broken]


def index_differences(instance: Instance, seconds: float = 60.0) -> str:
    """How the index differs from the database, when it still does after that time.

    The worker needs a moment to index what a killed one had not.
    """
    app = create_app(load_settings(instance.home, instance.environment))
    database, search = app.extensions["database"], app.extensions["search"]
    end = time.monotonic() + seconds
    while said := _difference(database, search):
        if time.monotonic() > end:
            break
        time.sleep(0.2)
    search.engine.close()
    database.dispose()
    return said


def _difference(database: Database, search: Search) -> str:
    try:
        found = compare(database, search, lambda _count: None)
    except IndexUnusable:
        return "there is no index"
    return repr(found) if found or found.waiting else ""


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        instance = Instance(Path(folder) / "instance")
        dice = random.Random(arguments.seed)
        report = kill_again_and_again(instance, arguments.rounds, dice, print)
    print(report)
    sys.exit(0 if report.is_good else 1)


if __name__ == "__main__":
    main()
