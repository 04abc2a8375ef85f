"""`INSERT … ON CONFLICT` on both databases."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session


def insert_into(
    session: Session, table: type[DeclarativeBase] | Table
) -> sqlite.Insert | postgresql.Insert:
    """An `INSERT` of the session's own dialect, which knows `on_conflict_do_…`."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
