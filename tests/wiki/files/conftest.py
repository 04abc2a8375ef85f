"""Stored files for the tests of this folder."""

from collections.abc import Callable
from functools import partial
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast
from wiki.accounts.actor import Actor
from wiki.config import Settings
from wiki.database import Database
from wiki.files.models import Attachment
from wiki.files.services import attach, receive, store_of

Browser = Callable[[Actor | None], FlaskClient]
Stored = Callable[..., Attachment]


@pytest.fixture
def stored(database: Database, settings: Settings, cast: Cast) -> Stored:
    """A function that stores bytes for a person (by default anna) and an audience."""

    def make(
        data: bytes, name: str, actor: Actor | None = None, audience: str = "all"
    ) -> Attachment:
        received = receive(store_of(settings), BytesIO(data), name)
        with database.transaction() as session:
            return attach(session, actor or cast.anna, received, audience)

    return make


@pytest.fixture
def browser_of(browser_of: Browser) -> Browser:
    """Browsers that read each answer to its end, so that the file behind it is closed."""

    def make(actor: Actor | None) -> FlaskClient:
        client = browser_of(actor)
        client.open = partial(client.open, buffered=True)  # type: ignore[method-assign]
        return client

    return make
