"""An instance filled with as many pages as asked for, kept between runs, and who measures in it."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from sqlalchemy import select

from bench import generator
from bench.client import Answer, Wanted, ask_at_once, ask_in_turn
from bench.generator import ROOT, write_pages
from bench.instance import Instance, Person, Server
from bench.processes import cpu_seconds
from products.demonstration.seed import PASSWORD
from wiki.accounts.actor import EVERYONE
from wiki.config import load_settings
from wiki.database import Database
from wiki.pages.addresses import page_url
from wiki.pages.models import Page

REAL = "real"
REAL_PAGES = ROOT.parent / "shared" / "data" / "product-pages"
MIGRATIONS = ROOT / "wiki" / "migrations" / "versions"
WRITER, DIRECTOR = "anna@pelmen.example", "vera@pelmen.example"
SEED = 1
_IMPORT_SECONDS = 3600.0
_OF_EVERYBODY = (
    select(Page.id, Page.slug)
    .where(Page.audience == EVERYONE, Page.room.is_(None), Page.archived.is_(False))
    .order_by(Page.id)
)
"""Pages that every manager may read and change: no notes of clients."""


@dataclass(frozen=True)
class Built:
    """How long filling the instance took; `by` marks the texts and tables it was made of."""

    by: str
    pages: int
    import_seconds: float
    index_seconds: float


@dataclass(frozen=True)
class Visit:
    """A running server, and a person signed in to it."""

    server: Server
    person: Person

    def ask(self, wanted: list[Wanted]) -> tuple[list[Answer], float]:
        """Ask in turn over one connection; the answers, and the server's CPU seconds for all."""
        before = cpu_seconds(self.server.process.pid)
        answers = ask_in_turn(self.server.address, self.person.cookie, wanted)
        return answers, cpu_seconds(self.server.process.pid) - before

    def ask_at_once(self, wanted: list[Wanted], lines: int) -> tuple[list[Answer], float]:
        """Ask over several connections; the answers, and the seconds for all of them."""
        return ask_at_once(self.server.address, self.person.cookie, wanted, lines)


class Stage:
    """The instance of one size: a number of generated pages, or "real" for the shared ones."""

    def __init__(self, folder: Path, size: str, tell: Callable[[str], None]) -> None:
        self.size, self._tell = size, tell
        self._folder = folder / size
        self.home = self._folder / "instance"
        self.instance = Instance(self.home, {"demonstration": "1"})
        self._kept = self._folder / "built.json"

    def built(self, anew: bool = False) -> Built:
        """The measures of the filling; it is done when it has not been, or must be anew."""
        if anew or not self._is_built():
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True)
            self._kept.write_text(json.dumps(vars(self._build())))
        return Built(**json.loads(self._kept.read_text()))

    def _is_built(self) -> bool:
        return self._kept.exists() and json.loads(self._kept.read_text()).get("by") == _mark()

    def page_paths(self) -> list[str]:
        """The addresses of all pages, in the order of their numbers."""
        settings = load_settings(self.home, self.instance.environment)
        database = Database(settings.database_address)
        with database.reading() as session:
            rows = session.execute(_OF_EVERYBODY).all()
        database.dispose()
        return [page_url(ident, slug) for ident, slug in rows]

    @contextmanager
    def visiting(self) -> Iterator[Visit]:
        """A server with its worker, as `make run` starts it, and a manager signed in."""
        with self.instance.serving() as server:
            person = Person(server.address)
            person.sign_in(WRITER, PASSWORD)
            yield Visit(server, person)

    def _build(self) -> Built:
        source = self._source()
        with self.instance.serving("--host", "127.0.0.1"):
            self._tell(f"{self.size} pages: the demonstration is in, the import begins")
        begun = time.perf_counter()
        self._command("pages", "import", str(source), "--as", DIRECTOR, "--quiet")
        imported = time.perf_counter()
        self._tell(f"{self.size} pages: imported in {imported - begun:.0f} s, the index begins")
        self._command("search", "rebuild", "--quiet")
        indexed = time.perf_counter()
        self._tell(f"{self.size} pages: indexed in {indexed - imported:.0f} s")
        pages = sum(1 for _ in source.rglob("*.md"))
        return Built(_mark(), pages, imported - begun, indexed - imported)

    def _source(self) -> Path:
        if self.size == REAL:
            return REAL_PAGES
        folder = self._folder / "pages"
        write_pages(folder, int(self.size), SEED)
        return folder

    def _command(self, *arguments: str) -> None:
        done = self.instance.command(*arguments, patience=_IMPORT_SECONDS)
        # 3: something was left out, as it may be in pages that other people wrote.
        assert done.returncode in (0, 3), done.stdout + done.stderr


def _mark() -> str:
    """Changes when an instance made before is no longer the one that would be made now."""
    sources = [Path(generator.__file__), *sorted(MIGRATIONS.glob("*.py"))]
    return blake2b(b"".join(path.read_bytes() for path in sources), digest_size=8).hexdigest()
