"""Who writes, in which dossier, since when it is true and where it is known from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed
from dossiers.clients.models import Client
from dossiers.clients.queries import locked_client
from dossiers.facts.models import FOREVER, NEVER, Change, Dated, Source
from dossiers.facts.periods import Period
from dossiers.facts.writing import Evidence, Fact, write_facts
from wiki import clock
from wiki.accounts.actor import Actor


@dataclass(frozen=True)
class Pen:
    """Everything that a deed in a dossier needs beside what is to be done.

    `day` is the day from which the new facts are true; `base` is the newest change that the
    person had seen, `None` when nobody can have changed anything meanwhile.
    """

    session: Session
    actor: Actor
    client: Client
    day: date
    evidence: Evidence
    base: int | None = None

    def begin(self, action: str, **words: object) -> Change:
        """Begin the deed; see `dossiers.clients.deeds.begin_deed`."""
        return begin_deed(self.session, self.actor, self.client, action, **words)

    def write(self, change: Change, table: type[Dated], *facts: Fact) -> int:
        """Write facts with the evidence of this pen."""
        return write_facts(self.session, change, table, facts, self.evidence)

    def period(self, table: type[Dated], **key: Any) -> Period:
        """From the day on, up to the next day for which something else is known of that key.

        That is also the day from which it is known not to be so any more. So what somebody writes
        about an earlier day leaves alone what is known of later ones.
        """
        columns = [getattr(table, name) == value for name, value in key.items()]
        rows = self.session.execute(
            select(table.valid_from, table.valid_to).where(
                table.superseded_at == NEVER, table.valid_to > self.day, *columns
            )
        )
        later = [day for row in rows for day in row if day > self.day]
        return Period(self.day, min(later, default=FOREVER))

    def believed(self, table: type[Dated], **key: Any) -> Mapping[str, Any] | None:
        """The row of that key that is believed of the pen's day, as plain values."""
        columns = table.__table__.c  # type: ignore[attr-defined]
        wanted = select(columns).where(
            columns.superseded_at == NEVER,
            columns.valid_from <= self.day,
            columns.valid_to > self.day,
            *(columns[name].is_(v) if v is None else columns[name] == v for name, v in key.items()),
        )
        row = self.session.connection().execute(wanted).mappings().first()
        return dict(row) if row else None


def open_dossier(
    session: Session,
    actor: Actor,
    client_id: int,
    day: date | None = None,
    evidence: Evidence | None = None,
    base: int | None = None,
) -> Pen:
    """A pen for the dossier, whose row stays locked until the transaction ends.

    Without a day it is the actor's today; without evidence a colleague said so. Raises `Missing`
    for a client that the actor may not see, `Forbidden` for one that the actor may only read.
    """
    client = locked_client(session, actor, client_id)
    said = evidence or Evidence(Source.COLLEAGUE)
    return Pen(session, actor, client, day or clock.today(actor.time_zone), said, base)
