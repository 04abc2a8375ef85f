"""What a manager may expect."""

from datetime import date

from dossiers.approvals.kinds import RunState
from wiki.errors import Clash, Refusal

LATEST = date(2100, 1, 1)


def check_expected(state: RunState, began_on: date, expected: date | None) -> None:
    """Raise `Clash` for a run that has ended, `Refusal` for a day before it began."""
    if state is not RunState.RUNNING:
        raise Clash(
            "This run has ended, so nothing is expected of it any more. Nothing was changed."
        )
    if expected is not None and not began_on <= expected <= LATEST:
        raise Refusal(
            "The signature comes after the first day of the run. Nothing was changed. Correct the "
            "day."
        )
