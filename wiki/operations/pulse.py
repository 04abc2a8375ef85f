"""Whether anything was written to the database since the last look; costs next to nothing."""

from typing import Any

from wiki.database import Database


class Pulse:
    """Holds one connection on which the database tells how far it is."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Any = None

    def take(self) -> object:
        """A value that differs whenever somebody else has committed in between."""
        try:
            return self._ask()
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self) -> object:
        if self._connection is None:
            # Not from the pool's loan: this one is held for the worker's whole life.
            self._connection = self._database.engine.raw_connection()
            self._connection.detach()
        sqlite = self._database.engine.dialect.name == "sqlite"
        question = "PRAGMA data_version" if sqlite else "SELECT pg_current_wal_insert_lsn()::text"
        cursor = self._connection.cursor()
        try:
            cursor.execute(question)
            answer = cursor.fetchone()[0]
        finally:
            cursor.close()
        if not sqlite:
            self._connection.rollback()
        return answer
