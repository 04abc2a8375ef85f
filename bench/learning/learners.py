"""How fast one sees how far everybody is: 200 people, 2,000 pages, all on all paths."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.client import Line, Wanted
from bench.figures import Figure, percentile
from bench.instance import PASSWORD, Instance, Person
from bench.learning.made_learners import LEARNER, PAGES, PEOPLE, Made, fill
from wiki.config import load_settings
from wiki.database import Database

DIRECTOR = "vera@bench.example"
AIM = 150.0
_TIMES = 15
_ROW, _SIZE = "learners", f"{PEOPLE} people, {PAGES:,} pages"


def learners_figures(folder: Path, tell: Callable[[str], None]) -> list[Figure]:
    """The table of people, one of its paths, and the pages of a newcomer, each asked for again.

    Between two looks at the table somebody confirms a page; once a page changes for everybody.
    """
    instance, database, made = _prepared(folder)
    tell(f"{PEOPLE} people have {made.readings:,} readings")
    found = []
    with instance.serving("--host", "127.0.0.1") as server:
        with _line(server.address, DIRECTOR) as line:
            found += _director(line, database, made)
        with _line(server.address, LEARNER) as line:
            for what, address in (("newcomer's page", "/learning"), ("newcomer's start", "/")):
                found += _asked(what, lambda to=address: line.ask(Wanted(to)).seconds)
    database.dispose()
    return found


def _director(line: Line, database: Database, made: Made) -> list[Figure]:
    table, path = "/learning/matrix", f"/learning/matrix?path={made.paths[0]}"
    wide = line.ask(Wanted(table))
    size = len(line.ask(Wanted(path)).body) / 1000
    first = Figure(_ROW, _SIZE, "table: the first time after a start", 1000 * wide.seconds, "ms")
    return [
        first,
        *_asked("table of paths", lambda: line.ask(Wanted(table)).seconds),
        *_asked("table, somebody confirmed", lambda: _after(line, table, made.confirm, database)),
        *_asked("table, a page changed", lambda: _after(line, table, made.change, database)),
        *_asked("table of one path", lambda: line.ask(Wanted(path)).seconds),
        Figure(_ROW, _SIZE, "table of paths: size", len(wide.body) / 1000, "kB"),
        Figure(_ROW, _SIZE, "table of one path: size", size, "kB"),
    ]


def _after(line: Line, address: str, deed: Callable[[Database], None], database: Database) -> float:
    deed(database)
    return line.ask(Wanted(address)).seconds


def _asked(what: str, ask: Callable[[], float]) -> list[Figure]:
    times = [1000 * ask() for _time in range(_TIMES)]
    return [
        Figure(_ROW, _SIZE, f"{what}: median", percentile(times, 50), "ms", AIM),
        Figure(_ROW, _SIZE, f"{what}: 95 of 100 below", percentile(times, 95), "ms"),
    ]


def _prepared(folder: Path) -> tuple[Instance, Database, Made]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    instance = Instance(folder / "instance")
    instance.add_person(DIRECTOR, "director")
    instance.add_person(LEARNER, "newcomer")
    settings = load_settings(instance.home, instance.environment)
    database = Database(settings.database_address)
    with database.transaction() as session:
        made = fill(session)
    return instance, database, made


@contextmanager
def _line(address: str, email: str) -> Iterator[Line]:
    person = Person(address)
    # Not by `sign_in`, which then opens a form that no newcomer may open.
    person.open_form("/account/sign-in")
    assert person.post("/account/sign-in", email=email, password=PASSWORD).status == 302
    line = Line(address, person.cookie)
    yield line
    line.close()
