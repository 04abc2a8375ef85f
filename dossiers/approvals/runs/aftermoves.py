"""What follows when a run has begun or one of its steps has moved, told by packages above."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalRun
from wiki.accounts.actor import Actor

#: Gets who moved it and the run, settled already, inside the same transaction.
AfterMove = Callable[[Session, Actor, ApprovalRun], None]

_known: list[AfterMove] = []


def after_moves(do: AfterMove) -> None:
    """Let `do` be called whenever a run has begun or moved on; once, however often it is named."""
    if do not in _known:
        _known.append(do)


def tell_moved(session: Session, actor: Actor, run: ApprovalRun) -> None:
    """Tell all who asked that the run has begun or moved on."""
    for do in _known:
        do(session, actor, run)
