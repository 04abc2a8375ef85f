"""Two people move the same step at once: the second is told who was first."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from dossiers.approvals.kinds import StepState
from dossiers.approvals.models import RunEvent
from dossiers.approvals.wording import STEP_STATES
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Clash


def seen_or_same(
    session: Session,
    actor: Actor,
    events: Sequence[RunEvent],
    step: str,
    state: StepState,
    on: date | None,
    seen: int | None,
) -> RunEvent | None:
    """The event itself when the same person sent the same twice, as a finger does that taps twice.

    `seen` is the newest event of the run that the author knew of. `None` when nothing happened to
    the step since. Raises `Clash` when something did, with the name of who moved it.
    """
    mine = [event for event in events if event.step == step]
    newest = max(mine, key=lambda event: event.id, default=None)
    if seen is None or newest is None or newest.id <= seen:
        return None
    if newest.recorded_by == actor.id and (newest.state, newest.happened_on) == (state, on):
        return newest
    author = session.get(User, newest.recorded_by) if newest.recorded_by else None
    raise Clash(
        "%(who)s has written down «%(step)s – %(state)s» since you opened the page. Nothing of "
        "yours was changed. Look at how it is now, then try again if it is still to be written.",
        who=author.name if author else "–",
        step=newest.title,
        state=STEP_STATES[newest.state],
    )
