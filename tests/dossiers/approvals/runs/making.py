"""A client with a path and a run on it, for tests of pages."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from dossiers.approvals.purchases import Purchase
from dossiers.approvals.runs.services import Beginning, begin_run
from tests.factories.approvals import make_path, usual_document
from tests.factories.dossiers import make_client, pen_of, person_id_of, seat
from wiki.accounts.actor import Actor

BEGAN = date(2026, 2, 2)
DEAR = Purchase(Decimal(3_100_000), "RUB")


@dataclass(frozen=True)
class Walked:
    """The numbers of what was made, and the address of the run."""

    client: int
    path: int
    run: int
    person: int

    @property
    def url(self) -> str:
        return f"/clients/{self.client}/runs/{self.run}"


def walked_by(
    session: Session,
    actor: Actor,
    name: str = "Romashka",
    deal: str = "Line 4",
    hidden: bool = False,
) -> Walked:
    """A client of the actor's team whose lawyer is Ivan Petrov, with a run since 2 February."""
    client = make_client(session, actor, name, restricted=hidden)
    pen = pen_of(session, actor, client)
    lawyer = seat(pen, "Lawyer", name="Ivan Petrov")
    path = make_path(session, actor, client, usual_document({"legal": lawyer})).path
    run = begin_run(session, actor, client.id, path.id, Beginning(deal, DEAR, BEGAN))
    return Walked(client.id, path.id, run.id, person_id_of(pen, "Ivan Petrov"))
