"""A source of ours that is asked, and what we have of it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from dossiers.deals.connectors.problems import plain_sentence
from dossiers.deals.connectors.pulling import Puller
from dossiers.deals.connectors.services import Typed, add_source
from dossiers.deals.kinds import SourceKind
from dossiers.deals.models import Deal, DealLine, DealSource, DealStage, PullState
from tests.conftest import Cast, SetClock
from tests.dossiers.deals.connectors.tryton_server import NAME
from wiki.database import Database

KEY = "only for tests"
_MOST_STEPS = 200


@dataclass
class Ours:
    """The wiki's side: one source, pulled step by step with a clock that stands."""

    database: Database
    clock: SetClock
    puller: Puller
    source_id: int

    def step(self) -> int:
        """What the worker does at once."""
        return self.puller.pull_due()

    def visit(self) -> None:
        """Let the time come and pull until nothing is due."""
        self.clock.forward(minutes=10)
        for _number in range(_MOST_STEPS):
            if not self.step():
                return
        raise AssertionError("the visit does not end")

    def sweep(self) -> None:
        """A visit a day later, which looks for deleted deals, too."""
        self.clock.forward(days=1)
        self.visit()

    @property
    def error(self) -> str:
        """Why it could not be asked, in English."""
        return plain_sentence(self.state.error)

    @property
    def state(self) -> PullState:
        """How far it is."""
        with self.database.reading() as session:
            return session.get_one(PullState, self.source_id)

    def deals(self) -> dict[str, tuple[Any, ...]]:
        """What we have and what is not gone, as `Office.all_deals` tells it."""
        lines = (
            select(func.count(DealLine.number)).where(DealLine.deal_id == Deal.id).scalar_subquery()
        )
        wanted = select(
            Deal.external_id, Deal.title, Deal.amount, Deal.stage, Deal.probability, lines
        ).where(Deal.source_id == self.source_id, Deal.gone_at.is_(None))
        with self.database.reading() as session:
            rows = [tuple(row) for row in session.execute(wanted)]
        assert len({row[0] for row in rows}) == len(rows)
        return {row[0]: row[1:] for row in rows}

    def deal(self, number: int) -> Deal:
        """One deal by its number there."""
        with self.database.reading() as session:
            return session.scalars(
                select(Deal).where(
                    Deal.external_id == str(number), Deal.source_id == self.source_id
                )
            ).one()

    def stages(self, number: int) -> list[tuple[str, str]]:
        """Its stages in their order, with who told of them."""
        wanted = select(DealStage.stage, DealStage.origin).where(
            DealStage.deal_id == self.deal(number).id
        )
        with self.database.reading() as session:
            rows = session.execute(wanted.order_by(DealStage.at))
            return [(stage, origin.value) for stage, origin in rows]


def pulling(
    database: Database, cast: Cast, clock: SetClock, address: str, key: str, **settings: Any
) -> Ours:
    """A source at that address; it is not looked for deleted deals before a day is over.

    That look would find what the reading of pages had missed.
    """
    typed = Typed("Tryton", {"address": address, "database": NAME}, key)
    with database.transaction() as session:
        source = add_source(session, cast.vera, KEY, SourceKind.TRYTON, typed)
        source.settings = {**source.settings, **settings}
        session.get_one(PullState, source.id).swept_at = clock.moment
    # By chance the longest wait, so that the clock decides alone.
    return Ours(database, clock, Puller(database, KEY, lambda: 0.0), source.id)


def source_of(ours: Ours) -> DealSource:
    """Its row."""
    with ours.database.reading() as session:
        return session.get_one(DealSource, ours.source_id)
