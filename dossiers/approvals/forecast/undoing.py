"""Taking back that a manager expects a signature on a day."""

from datetime import date

from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalRun
from dossiers.facts.models import Change
from dossiers.people.editing.aftermath import is_in_force
from wiki.accounts.actor import Actor
from wiki.errors import Clash


def expected_again(session: Session, _actor: Actor, first: Change, undo: Change) -> None:
    """The manager's date before the deed, or that of the deed again.

    Raises `Clash` when the date was changed since.
    """
    run = session.get_one(ApprovalRun, first.words["run"])
    before, after = _day(first.words["from"]), _day(first.words["to"])
    if is_in_force(session, undo):
        before, after = after, before
    if run.managers_date != after:
        raise Clash(
            "The date was changed once more since then. Nothing was changed. Write the date that "
            "you expect now."
        )
    run.managers_date = before


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
