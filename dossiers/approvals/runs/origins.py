"""What a run is begun for: packages above send people to the form, and are told of the run.

The address of the form says it as `origin=deal:12`: the name under which somebody asked to be told,
and a number that only they understand.
"""

from collections.abc import Callable

from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalRun
from wiki.accounts.actor import Actor
from wiki.pages.forms import whole_number

LONGEST = 40

Follow = Callable[[Session, Actor, ApprovalRun, int], None]
"""Gets the new run in its own transaction; may raise what services raise."""

_known: dict[str, Follow] = {}


def know_origin(name: str, follow: Follow) -> None:
    """Let `follow` be told of runs begun for things of that name."""
    _known[name] = follow


def tell_origin(session: Session, actor: Actor, run: ApprovalRun, origin: str) -> None:
    """Tell whoever sent the person here; an origin that nobody knows is nothing."""
    name, _mark, number = origin.partition(":")
    if name in _known:
        _known[name](session, actor, run, whole_number(number))
