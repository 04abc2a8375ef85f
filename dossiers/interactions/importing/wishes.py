"""A contact as a file has it, ready to be written."""

from dataclasses import dataclass
from datetime import date, datetime

from dossiers.interactions.importing.entries import Promised
from dossiers.interactions.kinds import InteractionKind


@dataclass(frozen=True, slots=True)
class Wish:
    """A contact to be noted. `theirs` are names; those that nobody has become people.

    `ours` are numbers of colleagues, and `text` holds the names of those who are none.
    """

    client_id: int
    number: str
    kind: InteractionKind
    moment: datetime
    theirs: tuple[str, ...]
    ours: tuple[int, ...]
    text: str
    next_on: date | None
    promised: tuple[Promised, ...]
