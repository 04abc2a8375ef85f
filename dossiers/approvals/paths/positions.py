"""Which positions a path may name."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument
from dossiers.clients.queries import dossier_ids
from dossiers.facts.models import NEVER
from dossiers.people.models import PositionFact
from wiki.errors import Refusal


def check_positions(session: Session, client_id: int, document: PathDocument) -> None:
    """Raise `Refusal` when the document names a position that was never one of this client.

    One that is gone may stay: whoever reads the path is told so.
    """
    named = document.positions()
    known = session.scalars(
        select(PositionFact.position_id)
        .where(PositionFact.position_id.in_(named), PositionFact.superseded_at == NEVER)
        .where(PositionFact.client_id.in_(dossier_ids(client_id)))
    )
    if named - set(known):
        raise Refusal(
            "The path names a position that is not in the chart of this client. Nothing was "
            "changed. Choose one of the chart."
        )
