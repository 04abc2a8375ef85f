"""What changed and is not yet in the search index: rows written in the change's transaction."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import String, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from wiki import clock
from wiki.database import Base


class OutboxRow(Base):
    """One thing that must be indexed anew; removed after the index has been committed."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    ident: Mapped[int]
    at: Mapped[datetime]


def changed(session: Session, kind: str, ident: int) -> None:
    """Note in this transaction that the thing must be indexed anew."""
    session.add(OutboxRow(kind=kind, ident=ident, at=clock.now()))


def changed_many(session: Session, kind: str, idents: Iterable[int]) -> None:
    """The same for many things of one kind, in one statement."""
    at = clock.now()
    rows = [{"kind": kind, "ident": ident, "at": at} for ident in idents]
    if rows:
        session.execute(insert(OutboxRow), rows)
