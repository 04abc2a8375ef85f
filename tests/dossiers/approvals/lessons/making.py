"""Finished runs for tests of lessons, written as people write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import StepState
from dossiers.approvals.lessons.traces import Recorded, visits_of
from dossiers.approvals.log import Happened
from dossiers.approvals.models import ApprovalPath, ApprovalRun
from dossiers.approvals.purchases import Purchase
from dossiers.approvals.runs.services import Beginning, Move, begin_run, move_step
from dossiers.approvals.working_days import WorkingDays
from dossiers.clients.models import Client
from tests.factories.approvals import make_path, usual_document
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor

MONDAY = date(2026, 1, 12)
DEAR = Purchase(Decimal(3_100_000), "RUB")
CHEAP = Purchase(Decimal(2_900_000), "RUB")
AS_WRITTEN = ("request", "legal security", "board", "sign")
"""The steps of the usual path; those in one text are done side by side, `-board` is skipped."""


def run_of(
    *steps: str, purchase: Purchase = DEAR, document: PathDocument | None = None
) -> Recorded:
    """A run whose steps took two days each, one after another; side by side in one text."""
    document = document or usual_document()
    return Recorded(
        1, document, purchase, MONDAY, WorkingDays(), visits_of(happened_in(steps)), True
    )


def happened_in(steps: Sequence[str]) -> list[Happened]:
    """The events of such a run, in their order."""
    events = [
        event
        for place, together in enumerate(steps)
        for code in together.split()
        for event in _both(code, MONDAY + timedelta(days=2 * place))
    ]
    return sorted(events, key=lambda event: event.on)


def _both(code: str, start: date) -> tuple[Happened, ...]:
    end, title = start + timedelta(days=1), code.strip("-").title()
    if code.startswith("-"):
        return (Happened(code[1:], StepState.SKIPPED, start, title),)
    began = Happened(code, StepState.RUNNING, start, title)
    return (began, Happened(code, StepState.PASSED, end, title))


@dataclass
class Dossier:
    """A client of anna's team with the usual path."""

    session: Session
    anna: Actor
    client: Client
    path: ApprovalPath

    @classmethod
    def of(cls, session: Session, anna: Actor, name: str = "Romashka") -> "Dossier":
        """A new client with a path without runs."""
        client = make_client(session, anna, name)
        return cls(session, anna, client, make_path(session, anna, client).path)

    @classmethod
    def at(cls, session: Session, anna: Actor, client_id: int, path_id: int) -> "Dossier":
        """One made before, in another transaction."""
        client = session.get_one(Client, client_id)
        return cls(session, anna, client, session.get_one(ApprovalPath, path_id))

    def finishes(self, *steps: str, deal: str = "Line", purchase: Purchase = DEAR) -> ApprovalRun:
        """A run that ends with what happened in these steps."""
        beginning = Beginning(deal, purchase, MONDAY)
        run = begin_run(self.session, self.anna, self.client.id, self.path.id, beginning)
        for event in happened_in(steps or AS_WRITTEN):
            known = event.step in usual_document().by_code
            move = Move(event.step, event.state, event.on, title="" if known else event.title)
            move_step(self.session, self.anna, self.client.id, run.id, move)
        return run
