"""What the doctor says of an instance."""

from io import BytesIO

import pytest

from tests.conftest import Cast
from wiki.config import Settings
from wiki.database import Database
from wiki.files.services import attach, receive, store_of
from wiki.files.texts.running import TextReader
from wiki.files.texts.task import read_next
from wiki.operations.doctor import examine


def test_it_says_how_the_reading_of_files_stands(
    database: Database, settings: Settings, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_of(settings)
    for data in (b"%PDF-1.7 damaged", b"words"):
        received = receive(store, BytesIO(data), "a")
        with database.transaction() as session:
            attach(session, cast.anna, received, "all")
        if data != b"words":
            assert read_next(database, store, TextReader()) == 1
    monkeypatch.setenv("DOSSIER_WIKI_HOME", str(settings.home))
    monkeypatch.setenv("DOSSIER_WIKI_DATABASE_URL", settings.database_url)
    said = {finding.check: finding.what for finding in examine(lambda _settings: "ready")}
    assert said["texts of files"].startswith("1 wait to be read, 1 could not be read")
