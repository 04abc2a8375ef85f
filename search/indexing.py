"""Bringing the index in step with the database: drain, rebuild, check.

Everything here may be killed at any moment: outbox rows go only after the index has committed,
and doing a row twice does no harm.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from search.assembly import Search
from search.documents import Document, Key, Sources
from search.engine import Health, IndexBusy, IndexUnusable, Progress
from wiki.database import Database
from wiki.outbox import OutboxRow, changed_many

BATCH = 100
"""Documents loaded and indexed together: a commit costs as much as many of them, and the text of
a file may be half a million characters long."""

_Rows = Sequence[tuple[int, str, int]]


def keep_current(database: Database, search: Search, patience: float = 0.0) -> int:
    """What the worker calls again and again: index what changed; the number of rows done.

    An index that is absent, broken or of another version is made anew first. Nothing is done
    while another process writes the index for longer than `patience` seconds: what waits is
    found by `search.pending` until the next time.
    """
    try:
        with search.engine.writing(patience):
            if search.engine.health() is not Health.READY:
                _rebuild(database, search, _nobody)
            return _drain(database, search) or int(search.engine.tidy())
    except IndexBusy:
        return 0


def keep_past_current(database: Database, search: Search) -> int:
    """The same for the index of what things said before."""
    return keep_current(database, search.past) if search.past else 0


def rebuild(database: Database, search: Search, progress: Progress, patience: float) -> int:
    """Make the index anew while the old one answers; the number of documents in it.

    `progress` gets the number of documents done. Raises `IndexBusy`.
    """
    with search.engine.writing(patience):
        return _rebuild(database, search, progress)


def count_documents(session: Session, sources: Sources) -> int:
    """How many documents there are to index."""
    return sum(1 for _ in sources.keys(session))


def _drain(database: Database, search: Search) -> int:
    done = 0
    while rows := _oldest(database, search):
        keys = {Key(kind, ident) for _id, kind, ident in rows}
        with database.reading() as session:
            documents = search.sources.load(session, keys)
            dependents = search.sources.dependents(session, keys)
        search.engine.write(documents.values(), keys - documents.keys())
        _forget(database, [row_id for row_id, _kind, _ident in rows], dependents)
        done += len(rows)
    return done


def _mine(search: Search) -> ColumnElement[bool]:
    """The rows that this index must do; the current one also clears those that nobody tells."""
    if search.past:
        return OutboxRow.kind.not_in(search.past.sources.kinds())
    return OutboxRow.kind.in_(search.sources.kinds())


def _oldest(database: Database, search: Search) -> _Rows:
    wanted = (
        select(OutboxRow.id, OutboxRow.kind, OutboxRow.ident)
        .where(_mine(search))
        .order_by(OutboxRow.id)
        .limit(BATCH)
    )
    with database.reading() as session:
        return [(row.id, row.kind, row.ident) for row in session.execute(wanted)]


def _forget(database: Database, row_ids: Sequence[int], dependents: Collection[Key] = ()) -> None:
    """Take away rows that are done; what depends on them is to be done next."""
    with database.transaction() as session:
        for kind in {key.kind for key in dependents}:
            changed_many(session, kind, sorted(key.ident for key in dependents if key.kind == kind))
        for start in range(0, len(row_ids), BATCH):
            some = row_ids[start : start + BATCH]
            session.execute(delete(OutboxRow).where(OutboxRow.id.in_(some)))


def _rebuild(database: Database, search: Search, progress: Progress) -> int:
    with database.reading() as session:
        # Their changes are in what is loaded from now on, so they need not be drained again.
        waiting = list(session.scalars(select(OutboxRow.id).where(_mine(search))))
        keys = list(search.sources.keys(session))
    search.engine.rebuild(_load_all(database, search.sources, keys), progress)
    _forget(database, waiting)
    progress(len(keys))
    return len(keys)


def _load_all(database: Database, sources: Sources, keys: Sequence[Key]) -> Iterator[Document]:
    remaining = iter(keys)
    while some := list(islice(remaining, BATCH)):
        with database.reading() as session:
            loaded = sources.load(session, some)
        yield from loaded.values()


def _nobody(_done: int) -> None:
    """Progress that nobody looks at."""


@dataclass(frozen=True, slots=True)
class Differences:
    """How index and database differ; `waiting` rows of the outbox are no difference."""

    documents: int
    waiting: int
    missing: tuple[Key, ...]
    outdated: tuple[Key, ...]
    surplus: tuple[Key, ...]
    double: tuple[Key, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.outdated or self.surplus or self.double)


def compare(database: Database, search: Search, progress: Progress) -> Differences:
    """Compare every document of the database with the index. Raises `IndexUnusable`."""
    if search.engine.health() is not Health.READY:
        raise IndexUnusable
    indexed, double = _indexed_versions(search)
    with database.reading() as session:
        keys = list(search.sources.keys(session))
        waiting = _waiting(session, search)
    current: dict[Key, str] = {}
    for document in _load_all(database, search.sources, keys):
        current[document.key] = document.version
        progress(len(current))
    with database.reading() as session:
        waiting |= _waiting(session, search)
        rows = session.scalar(select(func.count(OutboxRow.id)).where(_mine(search))) or 0
    return Differences(
        len(current),
        rows,
        missing=_sorted((current.keys() - indexed.keys()) - waiting),
        outdated=_sorted({k for k, v in indexed.items() if current.get(k, v) != v} - waiting),
        surplus=_sorted((indexed.keys() - current.keys()) - waiting),
        double=_sorted(double),
    )


def _indexed_versions(search: Search) -> tuple[dict[Key, str], set[Key]]:
    versions: dict[Key, str] = {}
    double: set[Key] = set()
    for key, version in search.engine.document_versions():
        if key in versions:
            double.add(key)
        versions[key] = version
    return versions, double


def _waiting(session: Session, search: Search) -> set[Key]:
    wanted = select(OutboxRow.kind, OutboxRow.ident).where(_mine(search))
    return {Key(kind, ident) for kind, ident in session.execute(wanted.distinct())}


def _sorted(keys: set[Key]) -> tuple[Key, ...]:
    return tuple(sorted(keys))
