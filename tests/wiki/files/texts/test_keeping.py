"""From an upload to a kept text: what is wanted, tried, kept, given up, read anew."""

from collections.abc import Callable
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from tests.conftest import Cast, SetClock
from tests.factories.documents import docx, locked_pdf
from tests.factories.files import picture
from tests.wiki.files.conftest import Stored
from tests.wiki.files.texts.reading_for_ever import read_for_ever
from wiki.config import Settings
from wiki.database import Database
from wiki.files.models import Attachment, AttachmentVersion
from wiki.files.services import (
    add_version,
    archive_file,
    bring_back_file,
    receive,
    restore_version,
    store_of,
)
from wiki.files.store import FileStore
from wiki.files.texts.models import FileText, State
from wiki.files.texts.outcome import Limits, Outcome, Reason
from wiki.files.texts.running import TextReader
from wiki.files.texts.services import want_again
from wiki.files.texts.task import read_next, want_all
from wiki.outbox import OutboxRow

Work = Callable[[], int]


class Told:
    """A reader that notes what it is asked and answers as told."""

    def __init__(self, outcome: Outcome | Exception) -> None:
        self.outcome, self.asked = outcome, list[Path]()

    def read(self, path: Path, _media_type: str) -> Outcome:
        """The outcome, or the failure."""
        self.asked.append(path)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@pytest.fixture
def store(settings: Settings) -> FileStore:
    return store_of(settings)


def text_of(database: Database, file: Attachment) -> FileText:
    """The kept text of the file's present version."""
    with database.reading() as session:
        now = (
            select(FileText)
            .join(AttachmentVersion, AttachmentVersion.sha256 == FileText.sha256)
            .join(Attachment, Attachment.id == AttachmentVersion.attachment_id)
            .where(Attachment.id == file.id, AttachmentVersion.number == Attachment.current_number)
        )
        return session.scalars(now).one()


def waiting_for_search(session: Session) -> list[tuple[str, int]]:
    """What the index is told of, oldest first."""
    rows = session.execute(select(OutboxRow.kind, OutboxRow.ident).order_by(OutboxRow.id))
    return [(kind, ident) for kind, ident in rows if kind == "file"]


def forget_outbox(database: Database) -> None:
    with database.transaction() as session:
        session.execute(delete(OutboxRow))


def test_an_uploaded_file_is_read_and_then_indexed_again(
    database: Database, store: FileStore, stored: Stored
) -> None:
    file = stored(docx("Договор поставки"), "договор.docx")
    assert text_of(database, file).state == State.WAITING
    with database.reading() as session:
        assert waiting_for_search(session) == [("file", file.id)]
    forget_outbox(database)
    assert read_next(database, store, TextReader()) == 1
    row = text_of(database, file)
    assert (row.state, row.text, row.reason, row.tries) == (State.READ, "Договор поставки", None, 0)
    with database.reading() as session:
        assert waiting_for_search(session) == [("file", file.id)]
    assert read_next(database, store, TextReader()) == 0


def test_why_a_file_could_not_be_read_is_kept(
    database: Database, store: FileStore, stored: Stored
) -> None:
    file = stored(locked_pdf("Тайна", "secret"), "тайна.pdf")
    assert read_next(database, store, TextReader()) == 1
    row = text_of(database, file)
    assert (row.state, row.text, row.reason) == (State.UNREADABLE, "", Reason.PROTECTED)
    assert read_next(database, store, TextReader()) == 0


def test_pictures_are_not_read(database: Database, store: FileStore, stored: Stored) -> None:
    stored(picture(), "a.png")
    assert want_all(database) == 0
    reader = Told(Outcome("text"))
    assert read_next(database, store, reader) == 0
    assert reader.asked == []


def test_the_newest_file_is_read_first(
    database: Database, store: FileStore, stored: Stored, clock: SetClock
) -> None:
    contents = [b"first", b"second", b"third"]
    for data in contents:
        stored(data, "a.txt")
        clock.forward(seconds=1)
    reader = Told(Outcome("text"))
    while read_next(database, store, reader):
        pass
    assert [path.read_bytes() for path in reader.asked] == contents[::-1]


def test_the_same_content_is_read_once_for_all_files_that_have_it(
    database: Database, store: FileStore, stored: Stored
) -> None:
    files = [stored(b"same", "a.txt"), stored(b"same", "b.txt"), stored(b"other", "c.txt")]
    forget_outbox(database)
    reader = Told(Outcome("text"))
    while read_next(database, store, reader):
        pass
    assert len(reader.asked) == 2
    with database.reading() as session:
        assert sorted(waiting_for_search(session)) == [("file", file.id) for file in files]


def test_versions_archiving_and_bringing_back_tell_the_search(
    database: Database, store: FileStore, stored: Stored, cast: Cast
) -> None:
    file = stored(b"one", "a.txt")
    deeds: tuple[Callable[[Session], object], ...] = (
        lambda s: add_version(s, cast.anna, file.id, receive(store, BytesIO(b"two"), "a.txt")),
        lambda s: restore_version(s, cast.anna, file.id, 1),
        lambda s: archive_file(s, cast.anna, file.id),
        lambda s: bring_back_file(s, cast.anna, file.id),
    )
    for deed in deeds:
        forget_outbox(database)
        with database.transaction() as session:
            deed(session)
        with database.reading() as session:
            assert waiting_for_search(session) == [("file", file.id)]


def test_a_text_that_only_an_older_version_has_tells_the_search_nothing(
    database: Database, store: FileStore, stored: Stored, cast: Cast, clock: SetClock
) -> None:
    file = stored(b"one", "a.txt")
    clock.forward(seconds=1)
    with database.transaction() as session:
        add_version(session, cast.anna, file.id, receive(store, BytesIO(b"two"), "a.txt"))
    reader = Told(Outcome("text"))
    assert read_next(database, store, reader)
    forget_outbox(database)
    assert read_next(database, store, reader)
    with database.reading() as session:
        assert waiting_for_search(session) == []


def test_a_file_whose_reading_ends_the_worker_is_given_up(
    database: Database, store: FileStore, stored: Stored
) -> None:
    file = stored(b"poison", "a.txt")
    dying = Told(KeyError("as if the worker had been killed"))
    for _ in range(2):
        with pytest.raises(KeyError):
            read_next(database, store, dying)
    assert text_of(database, file).tries == 2
    healthy = Told(Outcome("text"))
    assert read_next(database, store, healthy) == 1
    assert healthy.asked == []
    assert text_of(database, file).reason == Reason.FAILED
    assert read_next(database, store, healthy) == 0


def test_a_machine_that_starts_no_process_is_no_fault_of_the_file(
    database: Database, store: FileStore, stored: Stored
) -> None:
    file = stored(b"words", "a.txt")
    full = Told(OSError("no memory for a new process"))
    for _ in range(5):
        with pytest.raises(OSError, match="no memory"):
            read_next(database, store, full)
    assert read_next(database, store, TextReader()) == 1
    assert text_of(database, file).text == "words"


@pytest.mark.slow
def test_a_worker_killed_again_and_again_reads_all_files_in_the_end(
    database: Database, settings: Settings, store: FileStore, stored: Stored
) -> None:
    files = [stored(f"слово{number}".encode(), f"{number}.txt") for number in range(12)]
    for number in (1, 4):
        worker = get_context("spawn").Process(
            target=read_for_ever, args=(settings.home, settings.database_address)
        )
        worker.start()
        _wait_until_read(database, worker, number)
        worker.kill()
        worker.join()
        worker.close()
    while read_next(database, store, TextReader()):
        pass
    with database.reading() as session:
        assert set(session.scalars(select(FileText.state))) == {State.READ}
    assert [text_of(database, file).text for file in files] == [f"слово{n}" for n in range(12)]


def _wait_until_read(database: Database, worker: object, number: int) -> None:
    done = 0
    while done < number:
        with database.reading() as session:
            read = select(func.count()).where(FileText.state == State.READ)
            done = session.scalar(read) or 0
        assert worker.is_alive()  # type: ignore[attr-defined]


def test_files_of_a_restored_backup_are_found_to_be_unread(
    database: Database, store: FileStore, stored: Stored
) -> None:
    used, archived = stored(b"used", "a.txt"), stored(b"archived", "b.txt")
    with database.transaction() as session:
        session.execute(delete(FileText))
        session.get_one(Attachment, archived.id).archived_at = used.created_at
    assert want_all(database) == 0
    reader = Told(Outcome("text"))
    while read_next(database, store, reader):
        pass
    assert [path.read_bytes() for path in reader.asked] == [b"used"]
    want_all(database)
    assert read_next(database, store, reader) == 0


def test_a_better_reader_reads_all_files_anew_and_meanwhile_their_texts_stay(
    database: Database, store: FileStore, stored: Stored
) -> None:
    file = stored(b"words", "a.txt")
    assert read_next(database, store, Told(Outcome("old text"))) == 1
    with database.transaction() as session:
        session.execute(update(FileText).values(extractor_version=0))
    want_all(database)
    assert text_of(database, file).text == "old text"
    assert read_next(database, store, TextReader()) == 1
    assert text_of(database, file).text == "words"
    want_all(database)
    assert read_next(database, store, TextReader()) == 0


def test_files_that_could_not_be_read_can_be_tried_once_more(
    database: Database, store: FileStore, stored: Stored
) -> None:
    file = stored(b"words", "a.txt")
    stored(b"fine", "b.txt")
    for outcome in (Outcome("", Reason.TOO_SLOW), Outcome("", Reason.TOO_SLOW)):
        assert read_next(database, store, Told(outcome)) == 1
    with database.transaction() as session:
        assert want_again(session) == 2
    while read_next(database, store, TextReader(Limits(seconds=20))):
        pass
    assert text_of(database, file).text == "words"
    with database.transaction() as session:
        assert want_again(session) == 0
