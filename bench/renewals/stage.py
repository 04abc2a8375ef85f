"""An instance with all the rows, made anew for each run, and those who look at it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.client import Line
from bench.instance import Instance, Person, Server
from bench.renewals.dossiers import grow_briefed, grow_reviewed
from bench.renewals.making import fill
from wiki.config import load_settings
from wiki.database import Database
from wiki.pages.transfer.workshop import acting_person

DIRECTOR, MANAGER = "vera@bench.example", "anna@bench.example"


class Stage:
    """The instance, and a way to tell how far the run is.

    `reviewed` is the client and the review of a large dossier.
    """

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.tell, self.instance = tell, Instance(folder / "instance")
        self.instance.add_person(DIRECTOR, "director")
        self.instance.add_person(MANAGER, "manager")
        settings = load_settings(self.instance.home, self.instance.environment)
        database = Database(settings.database_address)
        with database.transaction() as session:
            fill(session, acting_person(session, MANAGER).id)
            director = acting_person(session, DIRECTOR)
            grow_briefed(session, director)
            self.reviewed = grow_reviewed(session, director)
        database.dispose()
        tell("5,000 contracts are made, and dossiers to brief of and to review")

    @contextmanager
    def visiting(self, email: str) -> Iterator[Line]:
        """The server without its worker, and that person signed in."""
        with self.instance.serving("--host", "127.0.0.1") as server:
            person = _signed_in(server, email)
            line = Line(server.address, person.cookie)
            yield line
            line.close()

    @contextmanager
    def working(self, email: str) -> Iterator[tuple[Person, Line]]:
        """The server with its worker, that person signed in, and a connection of theirs."""
        with self.instance.serving() as server:
            person = _signed_in(server, email)
            line = Line(server.address, person.cookie)
            yield person, line
            line.close()


def _signed_in(server: Server, email: str) -> Person:
    person = Person(server.address)
    person.sign_in(email)
    return person
