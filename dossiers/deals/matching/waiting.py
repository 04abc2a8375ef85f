"""Matching what waits when its key is there at last: a client got its tax number, a page its title.

The worker looks whenever clients, pages, colleagues or sources have changed.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.deals.matching.deciding import DECIDED
from dossiers.deals.matching.kinds import SUBJECTS, Kind, Subject
from dossiers.deals.matching.moving import Held, follow, held_by
from dossiers.deals.matching.new import match_companies, match_owners, match_products
from dossiers.deals.models import DealCompany, DealOwner, ProductName
from dossiers.facts.writing import in_parts
from wiki.accounts.models import User
from wiki.database import Database
from wiki.history.services import record
from wiki.pages.models import Page

_MATCH: Mapping[Kind, Callable[[Session, None, list[int]], list[int]]] = {
    Kind.COMPANY: match_companies,
    Kind.PRODUCT: match_products,
    Kind.SELLER: match_owners,
}


def match_waiting(session: Session) -> int:
    """Match all that waits, was never decided and now has just one key; how many were matched."""
    return sum(_match(session, subject) for subject in SUBJECTS.values())


def _match(session: Session, subject: Subject) -> int:
    table = subject.table
    waiting = select(table.id).where(subject.waits, table.decided_at.is_(None)).order_by(table.id)
    ids = session.scalars(waiting).all()
    return match_rows(session, subject.kind, ids)


def match_rows(session: Session, kind: Kind, ids: Sequence[int]) -> int:
    """Match those of these rows that wait and have just one key; how many were matched."""
    return sum(_match_some(session, SUBJECTS[kind], some) for some in in_parts(ids))


def _match_some(session: Session, subject: Subject, ids: list[int]) -> int:
    table = subject.table
    known = _MATCH[subject.kind](session, None, ids)
    if not known:
        return 0
    follow(session, None, subject.kind, known)
    for row in session.scalars(select(table).where(table.id.in_(known)).order_by(table.id)):
        before = {"rows": {str(row.id): Held().as_json()}}
        after = {"rows": {str(row.id): held_by(subject, row).as_json()}}
        record(session, None, DECIDED, subject.called, row.id, before, after)
    return len(known)


class Watch:
    """Looks again only when something changed by which a name could be known."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen: Any = None

    def look(self) -> int:
        """Match what can be matched now; how many were."""
        with self._database.reading() as session:
            stamp = session.execute(_stamp()).one()
        if stamp == self._seen:
            return 0
        with self._database.transaction() as session:
            matched = match_waiting(session)
        self._seen = stamp
        return matched


def _stamp() -> Any:
    """One row that differs whenever a key may have come."""
    return select(
        select(func.max(Client.changed_at)).scalar_subquery(),
        select(func.count(Client.id)).scalar_subquery(),
        select(func.max(Page.changed_at)).scalar_subquery(),
        select(func.count(User.id)).scalar_subquery(),
        *(
            select(func.max(table.id)).scalar_subquery()
            for table in (DealCompany, ProductName, DealOwner)
        ),
    )
