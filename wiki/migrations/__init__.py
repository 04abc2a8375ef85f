"""Bringing a database to the newest schema."""

from wiki.database import Base, Database


def migrate(database: Database) -> None:
    """Apply the migrations that the database does not have yet."""
    Base.metadata.create_all(database.engine)
