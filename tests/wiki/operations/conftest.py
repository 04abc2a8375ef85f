"""Instances that run as processes of their own."""

from pathlib import Path

import pytest

from bench.instance import Instance
from tests.databases import DatabaseMaker


@pytest.fixture
def instance(tmp_path: Path, make_database: DatabaseMaker) -> Instance:
    """An instance with an empty, migrated database."""
    home = tmp_path / "home"
    home.mkdir()
    return Instance(home, {"database_url": make_database(home / "wiki.sqlite3")})
