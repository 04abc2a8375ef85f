"""People with passwords, and a browser at the door."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from tests.conftest import Cast
from wiki.accounts.models import User
from wiki.accounts.passwords import hash_password
from wiki.config import Settings
from wiki.database import Database
from wiki.history.models import HistoryEntry
from wiki.mail import Letter

PASSWORD = "four plain words here"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Strangers read English here, as these tests do."""
    return replace(settings, default_language="en")


@cache
def _hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def members(cast: Cast, database: Database) -> Cast:
    """The cast, who can all sign in with the same password."""
    with database.transaction() as session:
        session.execute(update(User).values(password_hash=_hash()))
    return cast


class Browser:
    """Somebody's browser: keeps its cookies and has a network address."""

    def __init__(self, client: FlaskClient, address: str) -> None:
        self.client = client
        self.address = address

    def get(self, path: str, **options: object) -> TestResponse:
        return self.client.get(path, environ_base={"REMOTE_ADDR": self.address}, **options)

    def post(self, path: str, **data: object) -> TestResponse:
        return self.client.post(path, data=data, environ_base={"REMOTE_ADDR": self.address})

    def sign_in(
        self, name: str = "anna", password: str = PASSWORD, path: str = "", **more: object
    ) -> TestResponse:
        where = path or "/account/sign-in"
        return self.post(where, email=f"{name}@example.com", password=password, **more)

    def is_signed_in(self) -> bool:
        return self.get("/account").status_code == 200


@pytest.fixture
def open_browser(app: Flask) -> Callable[..., Browser]:
    return lambda address="10.0.0.1": Browser(app.test_client(), address)


@pytest.fixture
def deeds(database: Database) -> Callable[[], list[HistoryEntry]]:
    def read() -> list[HistoryEntry]:
        with database.reading() as session:
            return list(session.scalars(select(HistoryEntry).order_by(HistoryEntry.id)))

    return read


@pytest.fixture
def letters(database: Database) -> Callable[[], list[Letter]]:
    def read() -> list[Letter]:
        with database.reading() as session:
            return list(session.scalars(select(Letter).order_by(Letter.id)))

    return read


def path_in(text: str) -> str:
    """The path of the first link in a letter or a page."""
    found = re.search(r"https?://[^/\s]+(/account/[^\s\"<]+)", text)
    assert found is not None
    return found.group(1)
