"""Rows of runs as plain values: what is bought, and what happened."""

from dossiers.approvals.log import Happened
from dossiers.approvals.models import ApprovalRun, RunEvent
from dossiers.approvals.purchases import ZERO, Purchase


def purchase_of(run: ApprovalRun) -> Purchase:
    """What the run is about. Without an amount every step about amounts is not sure."""
    return Purchase(
        run.amount or ZERO,
        run.currency if run.amount is not None else "?",
        frozenset(run.categories),
        run.new_vendor,
        run.personal_data,
        frozenset(run.tags),
    )


def happened(event: RunEvent) -> Happened:
    """One event as plain values."""
    return Happened(
        event.step,
        event.state,
        event.happened_on,
        event.title,
        event.kind,
        event.position_id,
        event.person_id,
    )
