import json
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import func, select, text

from tests.conftest import Cast
from tests.databases import DatabaseMaker
from tests.factories.pages import add_revision_row, make_category, make_page_row
from wiki import clock
from wiki.accounts.models import Team
from wiki.config import Settings
from wiki.database import Database
from wiki.errors import Refusal
from wiki.files.models import Blob
from wiki.files.store import FileStore
from wiki.files.texts.services import want_text
from wiki.jobs import Job, enqueue
from wiki.migrations import migrate
from wiki.operations.archive import Manifest
from wiki.operations.backup import checksum_of, open_source, write_backup
from wiki.operations.restoring import open_backup, restore_backup
from wiki.pages.models import Page

CONTENT = b"a picture of a dumpling" * 1000


def _nobody(_count: int) -> None:
    """Progress that nobody looks at."""


def _store_file(database: Database, home: Path, content: bytes) -> None:
    name = sha256(content).hexdigest()
    path = FileStore(home).path(name)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with database.transaction() as session:
        row = Blob(sha256=name, size=len(content), media_type="image/png", created_at=clock.now())
        session.add(row)


@pytest.fixture
def filled(database: Database, cast: Cast, settings: Settings) -> Settings:
    """An instance with rows of many kinds and a file."""
    _store_file(database, settings.home, CONTENT)
    with database.transaction() as session:
        shelf = make_category(session, "Ravioli", make_category(session, "Frozen"))
        page = make_page_row(session, "Пельмени «Сибирские»", cast.anna, category_id=shelf.id)
        facts = {"weight": {"value": "12.50", "unit": "kg"}, "halal": True}
        add_revision_row(session, page, cast.anna, "Line\nand 🥟 \x85", facts=facts, tags=["a"])
        enqueue(session, cast.vera.id, "import", {"folder": "x"})
    return settings


def _back_up(settings: Settings, path: Path) -> Manifest:
    with open_source(settings) as source:
        return write_backup(source, path, _nobody)


def _checksum(settings: Settings) -> str:
    with open_source(settings) as source:
        return checksum_of(source, _nobody).checksum


def _restore(path: Path, settings: Settings) -> None:
    with open_backup(path) as (archive, manifest):
        restore_backup(archive, manifest, settings, _nobody)


@pytest.fixture
def empty(settings: Settings, tmp_path: Path, make_database: DatabaseMaker) -> Settings:
    """Another instance of the same kind, without rows."""
    home = tmp_path / "other"
    home.mkdir()
    return replace(settings, home=home, database_url=make_database(home / "wiki.sqlite3"))


def test_what_is_restored_equals_what_was_backed_up(
    filled: Settings, empty: Settings, tmp_path: Path
) -> None:
    manifest = _back_up(filled, tmp_path / "backup.zip")
    assert manifest.checksum == _checksum(filled)
    _restore(tmp_path / "backup.zip", empty)
    assert _checksum(empty) == manifest.checksum
    name = sha256(CONTENT).hexdigest()
    assert FileStore(empty.home).path(name).read_bytes() == CONTENT


def test_one_changed_word_changes_the_checksum(filled: Settings, database: Database) -> None:
    before = _checksum(filled)
    with database.transaction() as session:
        session.execute(text("UPDATE revisions SET body = 'another' WHERE number = 2"))
    assert _checksum(filled) != before


@contextmanager
def _other_engine(settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    """An empty instance on SQLite."""
    home = tmp_path / "sqlite"
    home.mkdir()
    yield replace(settings, home=home, database_url="")


def test_a_backup_moves_between_the_engines(
    filled: Settings, empty: Settings, tmp_path: Path
) -> None:
    manifest = _back_up(filled, tmp_path / "one.zip")
    with _other_engine(filled, tmp_path) as sqlite:
        _restore(tmp_path / "one.zip", sqlite)
        assert _back_up(sqlite, tmp_path / "two.zip").checksum == manifest.checksum
    _restore(tmp_path / "two.zip", empty)
    assert _checksum(empty) == manifest.checksum


def test_new_rows_go_on_after_the_restored_ones(
    filled: Settings, empty: Settings, tmp_path: Path
) -> None:
    _back_up(filled, tmp_path / "backup.zip")
    _restore(tmp_path / "backup.zip", empty)
    database = Database(empty.database_address)
    with database.transaction() as session:
        highest = session.scalar(select(func.max(Team.id))) or 0
        team = Team(name="East")
        session.add(team)
        session.flush()
        assert team.id == highest + 1
    database.dispose()


def test_an_empty_value_stays_empty_and_does_not_become_a_word(
    filled: Settings, empty: Settings, tmp_path: Path
) -> None:
    _back_up(filled, tmp_path / "backup.zip")
    _restore(tmp_path / "backup.zip", empty)
    database = Database(empty.database_address)
    with database.reading() as session:
        without = select(func.count()).select_from(Job).where(text("result IS NULL"))
        assert session.scalar(without) == 1
    database.dispose()


def test_references_are_held_after_a_restore(
    filled: Settings, empty: Settings, tmp_path: Path
) -> None:
    _back_up(filled, tmp_path / "backup.zip")
    _restore(tmp_path / "backup.zip", empty)
    database = Database(empty.database_address)
    with pytest.raises(Exception, match=r"(?i)foreign key"), database.transaction() as session:
        session.execute(text("UPDATE pages SET category_id = 999"))
    database.dispose()


def test_a_backup_made_while_people_write_holds_one_moment(
    filled: Settings, empty: Settings, database: Database, cast: Cast, tmp_path: Path
) -> None:
    stop, written = Event(), Event()

    def write() -> None:
        count = 0
        while not stop.is_set():
            with database.transaction() as session:
                page = make_page_row(session, f"Page {count}", cast.anna)
                add_revision_row(session, page, cast.anna, "Second text")
            count += 1
            if count == 20:
                written.set()

    writer = Thread(target=write)
    writer.start()
    assert written.wait(60)
    manifest = _back_up(filled, tmp_path / "backup.zip")
    stop.set()
    writer.join()
    _restore(tmp_path / "backup.zip", empty)
    assert _checksum(empty) == manifest.checksum
    _every_page_has_both_revisions(empty)


def _every_page_has_both_revisions(settings: Settings) -> None:
    """A page and its two revisions are written together: a backup has all three or none."""
    restored = Database(settings.database_address)
    with restored.reading() as session:
        pages = session.scalar(select(func.count()).select_from(Page)) or 0
        whole = session.scalar(
            text(
                "SELECT count(*) FROM "
                "(SELECT 1 FROM revisions GROUP BY page_id HAVING count(*) = 2) AS pairs"
            )
        )
        assert pages > 20
        assert pages == whole
    restored.dispose()


def test_only_an_empty_instance_is_restored_into(
    filled: Settings, database: Database, tmp_path: Path
) -> None:
    before = _back_up(filled, tmp_path / "backup.zip").checksum
    with pytest.raises(Refusal, match="into an empty instance only"):
        _restore(tmp_path / "backup.zip", filled)
    assert _checksum(filled) == before
    shutil.rmtree(filled.home / "files")
    with pytest.raises(Refusal, match=r"its table .* has rows"):
        _restore(tmp_path / "backup.zip", filled)


def _rewritten(path: Path, target: Path, name: str, change: bytes | None) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
            elif change is not None:
                new.writestr(entry, change)
    return target


@pytest.mark.parametrize("missing", ["file", "table", "manifest"])
def test_a_backup_that_was_changed_or_cut_is_refused_and_leaves_nothing(
    filled: Settings, empty: Settings, tmp_path: Path, missing: str
) -> None:
    path = tmp_path / "backup.zip"
    _back_up(filled, path)
    entry, change = {
        "file": (f"files/{sha256(CONTENT).hexdigest()}", b"another picture"),
        "table": ("tables/teams.jsonl", b'[1,"North",null]\n'),
        "manifest": ("manifest.json", None),
    }[missing]
    with pytest.raises(Refusal, match="damaged"):
        _restore(_rewritten(path, tmp_path / "changed.zip", entry, change), empty)
    fresh = Database(empty.database_address)
    migrate(fresh)
    with fresh.reading() as session:
        assert session.scalar(select(func.count()).select_from(Team)) == 0
    fresh.dispose()
    assert not list((empty.home / "files").rglob("*"))
    _restore(path, empty)


def test_a_forged_name_cannot_climb_out_of_the_folder(
    filled: Settings, empty: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "backup.zip"
    _back_up(filled, path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("files/../../climbed", b"x")
    with pytest.raises(Refusal, match="damaged"):
        _restore(path, empty)
    assert not (tmp_path / "climbed").exists()


def test_a_missing_file_is_named_and_no_backup_appears(filled: Settings, tmp_path: Path) -> None:
    FileStore(filled.home).path(sha256(CONTENT).hexdigest()).unlink()
    with pytest.raises(Refusal, match="is missing or damaged, so no backup was made"):
        _back_up(filled, tmp_path / "backup.zip")
    assert not list(tmp_path.glob("backup*"))


def test_a_backup_is_for_its_owner_only(filled: Settings, tmp_path: Path) -> None:
    _back_up(filled, tmp_path / "backup.zip")
    assert (tmp_path / "backup.zip").stat().st_mode & 0o077 == 0


def test_the_manifest_counts_what_is_in_the_backup(filled: Settings, tmp_path: Path) -> None:
    _back_up(filled, tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        teams = archive.read("tables/teams.jsonl")
    counts = {table["name"]: table["rows"] for table in manifest["tables"]}
    assert (counts["teams"], counts["pages"], counts["revisions"]) == (2, 1, 2)
    assert manifest["files"] == 1
    hashes = {table["name"]: table["sha256"] for table in manifest["tables"]}
    assert hashes["teams"] == sha256(teams).hexdigest()


def test_what_was_read_inside_of_files_is_not_in_the_backup(
    filled: Settings, database: Database, tmp_path: Path
) -> None:
    before = _checksum(filled)
    with database.transaction() as session:
        want_text(session, sha256(CONTENT).hexdigest(), "text/plain")
    assert _checksum(filled) == before
    manifest = _back_up(filled, tmp_path / "backup.zip")
    assert "file_texts" not in {table.name for table in manifest.tables}
    assert "blobs" in {table.name for table in manifest.tables}
