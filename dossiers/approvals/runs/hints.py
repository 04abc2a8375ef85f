"""Hints of what happened in a deal, out of a CRM or a file: offered to read, never as fact.

Packages above say where hints come from, when the application starts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from dossiers.approvals.kinds import StepKind
from dossiers.clients.models import Client
from wiki.accounts.actor import Actor

MOST = 20


@dataclass(frozen=True, slots=True)
class Hint:
    """What another system says of a day; `kind` is the kind of step that it may have been.

    `source` is the name of that system, as people call it.
    """

    day: date
    text: str
    kind: StepKind | None = None
    source: str = ""


Find = Callable[[Session, Actor, Client, str], Sequence[Hint]]
"""The hints about a deal of that name, for this reader, in a constant number of statements."""

_known: dict[str, Find] = {}


def know_hints(name: str, find: Find) -> None:
    """Let the pages of runs offer what `find` finds; one of the same name takes its place."""
    _known[name] = find


def forget_hints(name: str) -> None:
    """No longer ask that source."""
    _known.pop(name, None)


def hints_of(session: Session, actor: Actor, client: Client, deal: str) -> list[Hint]:
    """The hints of all sources, the newest first."""
    found = [hint for find in _known.values() for hint in find(session, actor, client, deal)]
    return sorted(found, key=lambda hint: hint.day, reverse=True)[:MOST]
