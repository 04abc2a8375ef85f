"""Ground of the tests: a real database for each test, a clock to set, and a fixed cast."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_login import FlaskLoginClient

from app import close, create_app
from tests.addresses import compile_once
from tests.databases import DatabaseMaker, postgresql_maker, sqlite_maker
from tests.factories.people import make_cast
from tests.templates import share_templates
from wiki import clock as wiki_clock
from wiki.accounts.actor import Actor
from wiki.config import Settings, load_settings
from wiki.database import Database
from wiki.rendering.pool import RenderPool

# The same examples in every run, so that a run tells of the change and not of chance. To look for
# others: `HYPOTHESIS_SEARCH=1`.
hypothesis.settings.register_profile("steady", derandomize=True)
if "HYPOTHESIS_SEARCH" not in os.environ:
    hypothesis.settings.load_profile("steady")

compile_once()

REAL_PAGES = Path(__file__).parent.parent.parent / "shared" / "data" / "product-pages"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database=postgresql` runs the same tests on PostgreSQL."""
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


@pytest.fixture(scope="session")
def make_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DatabaseMaker]:
    maker = (
        postgresql_maker if request.config.getoption("--database") == "postgresql" else sqlite_maker
    )
    with maker(tmp_path_factory.mktemp("databases")) as make:
        yield make


@pytest.fixture
def settings(make_database: DatabaseMaker, tmp_path: Path) -> Settings:
    """Settings of an instance of its own with an empty, migrated database."""
    home = tmp_path / "instance"
    home.mkdir()
    plain = load_settings(home, {"DOSSIER_WIKI_SECRET_KEY": "only for tests"})
    return replace(plain, database_url=make_database(home / "wiki.sqlite3"))


@pytest.fixture(scope="session")
def render_pool() -> Iterator[RenderPool]:
    """One for all tests: to start a render process takes longer than most of them."""
    pool = RenderPool()
    yield pool
    pool.close()


@pytest.fixture
def app(settings: Settings, render_pool: RenderPool) -> Iterator[Flask]:
    application = create_app(settings)
    own_pool = application.extensions["render_pool"]
    application.extensions["render_pool"] = render_pool
    application.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    application.test_client_class = FlaskLoginClient
    share_templates(application)
    yield application
    application.extensions["render_pool"] = own_pool
    close(application)


@pytest.fixture
def database(app: Flask) -> Database:
    found: Database = app.extensions["database"]
    return found


@dataclass(frozen=True)
class Cast:
    """The people of all tests."""

    nina: Actor
    anna: Actor
    boris: Actor
    vera: Actor
    adam: Actor


@pytest.fixture
def cast(database: Database) -> Cast:
    return Cast(**make_cast(database))


@pytest.fixture
def browser_of(app: Flask) -> Callable[[Actor | None], FlaskClient]:
    """A test client in which that person is signed in; `None` is a stranger."""
    return lambda actor: app.test_client(user=actor) if actor else app.test_client()


class SetClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def forward(self, **duration: float) -> datetime:
        """Move on, for example `forward(days=2)`."""
        self.moment += timedelta(**duration)
        return self.moment


@pytest.fixture
def clock() -> Iterator[SetClock]:
    hands = SetClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    wiki_clock.set_source(lambda: hands.moment)
    yield hands
    wiki_clock.set_source(None)


@pytest.fixture(scope="session")
def real_pages() -> Path:
    """The folder of real product pages; tests that need it say plainly when it is absent."""
    if not REAL_PAGES.is_dir():
        pytest.skip("the folder of real product pages is not beside this checkout")
    return REAL_PAGES
