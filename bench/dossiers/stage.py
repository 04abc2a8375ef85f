"""An instance with a client for each size of chart, made anew for each run, and who looks at it."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from bench.client import Answer, Line, Wanted
from bench.dossiers.making import Made, make_chart
from bench.instance import Instance, Person, Server
from wiki.accounts.actor import Actor
from wiki.config import load_settings
from wiki.database import Database
from wiki.pages.transfer.workshop import acting_person

DIRECTOR = "vera@bench.example"


@dataclass(frozen=True)
class Visit:
    """A running server and a director in front of it, over one connection."""

    server: Server
    person: Person
    line: Line

    def get(self, path: str) -> Answer:
        """Open an address that must be there."""
        return self.line.ask(Wanted(path))

    def send(self, path: str, json: str) -> Answer:
        """Send JSON that must be taken."""
        return self.line.ask(Wanted(path, json=json, csrf=self.person.csrf))


class Stage:
    """The instance; `made` has a chart for each size."""

    def __init__(self, folder: Path, sizes: Sequence[int], tell: Callable[[str], None]) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.folder, self.sizes = folder, sizes
        self.instance = Instance(folder / "instance")
        with self.instance.serving("--host", "127.0.0.1"):
            self.instance.add_person(DIRECTOR, "director")
        self.made: Mapping[int, Made] = {size: self._make(size, tell) for size in sizes}

    def _make(self, size: int, tell: Callable[[str], None]) -> Made:
        with self.writing() as (session, director):
            made = make_chart(session, director, f"Chart {size}", size)
        tell(f"a chart of {size} positions is made")
        return made

    @contextmanager
    def writing(self) -> Iterator[tuple[Session, Actor]]:
        """A transaction beside the server, and the director to write in the name of."""
        settings = load_settings(self.instance.home, self.instance.environment)
        database = Database(settings.database_address)
        try:
            with database.transaction() as session:
                yield session, acting_person(session, DIRECTOR)
        finally:
            database.dispose()

    @contextmanager
    def visiting(self) -> Iterator[Visit]:
        """The server alone, without its worker, and the director signed in."""
        with self.instance.serving("--host", "127.0.0.1") as server:
            person = Person(server.address)
            person.sign_in(DIRECTOR)
            line = Line(server.address, person.cookie)
            yield Visit(server, person, line)
            line.close()
