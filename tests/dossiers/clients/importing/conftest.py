"""Lists of clients in an application."""

import pytest
from flask import Flask

from dossiers.clients.importing.sort import CLIENTS
from tests.conftest import Cast
from tests.factories.lists import Lists


@pytest.fixture
def lists(app: Flask, cast: Cast) -> Lists:
    return Lists(app, CLIENTS)
