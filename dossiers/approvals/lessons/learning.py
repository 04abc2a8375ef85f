"""Keeping what runs teach: worked out when a run changes, never when a page is looked at."""

from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalRun


def learn_from(session: Session, run: ApprovalRun) -> None:
    """Compare a run that has ended with its path, and bring the lessons of the path up to date."""
