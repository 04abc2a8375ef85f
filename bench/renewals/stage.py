"""An instance with all the rows, made anew for each run, and those who look at it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.client import Line
from bench.instance import Instance, Person
from bench.renewals.making import fill
from wiki.config import load_settings
from wiki.database import Database
from wiki.pages.transfer.workshop import acting_person

DIRECTOR, MANAGER = "vera@bench.example", "anna@bench.example"


class Stage:
    """The instance, and a way to tell how far the run is."""

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
        database.dispose()
        tell("5,000 contracts are made")

    @contextmanager
    def visiting(self, email: str) -> Iterator[Line]:
        """The server without its worker, and that person signed in."""
        with self.instance.serving("--host", "127.0.0.1") as server:
            person = Person(server.address)
            person.sign_in(email)
            line = Line(server.address, person.cookie)
            yield line
            line.close()
