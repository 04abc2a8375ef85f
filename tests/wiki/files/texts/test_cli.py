from flask import Flask

from tests.wiki.files.conftest import Stored
from wiki.database import Database
from wiki.files.services import store_of
from wiki.files.texts.cli import files_commands
from wiki.files.texts.outcome import Limits
from wiki.files.texts.running import TextReader
from wiki.files.texts.task import read_next


def test_files_that_could_not_be_read_can_be_read_once_more(
    app: Flask, database: Database, stored: Stored
) -> None:
    stored(b"%PDF-1.7 damaged", "a.pdf")
    store = store_of(app.config["SETTINGS"])
    assert read_next(database, store, TextReader(Limits())) == 1
    assert read_next(database, store, TextReader(Limits())) == 0
    done = app.test_cli_runner().invoke(files_commands, ["read-again"])
    assert (done.exit_code, done.output) == (0, "Files that the worker will read once more: 1.\n")
    assert read_next(database, store, TextReader(Limits())) == 1
