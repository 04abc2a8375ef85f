"""The history is only ever added to: the database itself refuses anything else."""

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DatabaseError

from tests.conftest import Cast
from wiki.database import Database
from wiki.history.models import HistoryEntry
from wiki.history.services import record


@pytest.fixture
def one_entry(cast: Cast, database: Database) -> None:
    """Somebody has looked at something."""
    with database.transaction() as session:
        record(session, cast.nina, "view chart", "client", 1)


@pytest.mark.usefixtures("one_entry")
@pytest.mark.parametrize(
    "deed",
    [
        update(HistoryEntry).values(actor_id=None),
        update(HistoryEntry).where(HistoryEntry.subject_kind == "client").values(action="nothing"),
        delete(HistoryEntry),
        text("UPDATE history SET at = at"),
        text("DELETE FROM history WHERE action = 'view chart'"),
    ],
)
def test_an_entry_can_be_neither_changed_nor_taken_away(database: Database, deed: object) -> None:
    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        database.transaction() as session,
    ):
        session.execute(deed)  # type: ignore[call-overload]
    with database.reading() as session:
        kept = select(func.count()).where(HistoryEntry.action == "view chart")
        assert session.scalar(kept) == 1


@pytest.mark.usefixtures("one_entry")
def test_more_can_be_added(cast: Cast, database: Database) -> None:
    with database.transaction() as session:
        record(session, cast.nina, "view chart", "client", 1)
    with database.reading() as session:
        entries = select(func.count()).where(HistoryEntry.action == "view chart")
        assert session.scalar(entries) == 2
