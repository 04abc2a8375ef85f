"""The worker's part: read the files that wait, one after another, the newest first."""

from sqlalchemy import select

from wiki.database import Database
from wiki.files.store import FileStore
from wiki.files.texts import services
from wiki.files.texts.models import FileText, State
from wiki.files.texts.outcome import Outcome, Reason
from wiki.files.texts.running import TextReader
from wiki.files.texts.services import MOST_TRIES, Waiting


def read_next(database: Database, store: FileStore, reader: TextReader) -> int:
    """Read one file that waits; 1 when there was one, else 0.

    May be killed at any moment: the attempt is counted before the file is opened, and what was
    begun too often is given up.
    """
    if not _any_waits(database):
        return 0
    with database.transaction() as session:
        waiting = services.take_next(session)
    if waiting is None:
        return 0
    outcome = _read(database, store, reader, waiting)
    with database.transaction() as session:
        services.keep_outcome(session, waiting.sha256, outcome)
    return 1


def want_all(database: Database) -> int:
    """Find what nobody has asked for yet: older files, a restored backup, a better reader.

    Returns 0: the reading itself is the work of `read_next`.
    """
    with database.transaction() as session:
        services.want_missing(session)
        services.want_outdated(session)
    return 0


def _any_waits(database: Database) -> bool:
    # To look does not disturb those who write.
    with database.reading() as session:
        waiting = select(FileText.sha256).where(FileText.state == State.WAITING).limit(1)
        return session.scalar(waiting) is not None


def _read(database: Database, store: FileStore, reader: TextReader, waiting: Waiting) -> Outcome:
    if waiting.tries > MOST_TRIES:
        return Outcome(reason=Reason.FAILED)
    try:
        return reader.read(store.path(waiting.sha256), waiting.media_type)
    except OSError:
        with database.transaction() as session:
            services.give_back(session, waiting.sha256)
        raise
