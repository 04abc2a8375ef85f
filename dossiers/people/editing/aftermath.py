"""What follows, beside its facts, when a change is taken back or done again.

Packages above say here what belongs to the changes of their own actions.
"""

from collections.abc import Callable

from sqlalchemy.orm import Session

from dossiers.facts.models import Change
from wiki.accounts.actor import Actor

#: Gets the change that was done first, and the one that took it back or did it again.
Aftermath = Callable[[Session, Actor, Change, Change], None]

_known: dict[str, Aftermath] = {}


def follow(action: str, aftermath: Aftermath) -> None:
    """Let `aftermath` run whenever a change of that action has been taken back or done again."""
    _known[action] = aftermath


def settle(session: Session, actor: Actor, undo: Change) -> None:
    """Run what belongs to the change that this one takes back or does again."""
    first = first_of(session, undo)
    if first.action in _known:
        _known[first.action](session, actor, first, undo)


def first_of(session: Session, change: Change) -> Change:
    """The change at the beginning of a row of undoing and doing again."""
    while change.undoes_id is not None:
        change = session.get_one(Change, change.undoes_id)
    return change


def is_in_force(session: Session, change: Change) -> bool:
    """Whether what the first change did holds after this one: it was taken back an even time."""
    times = 0
    while change.undoes_id is not None:
        times += 1
        change = session.get_one(Change, change.undoes_id)
    return times % 2 == 0
