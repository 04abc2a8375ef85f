"""What packages above put into the daily letter, told once when the application starts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A part of one person's letter: what it adds to the subject, and its paragraphs."""

    subject: str
    paragraphs: tuple[str, ...]


PartOf = Callable[[Session, Actor, date, str], LetterPart | None]
"""From the reader, their present day and the wiki's address; `None` when there is nothing."""

_parts: dict[str, PartOf] = {}


def register_letter_part(name: str, part_of: PartOf) -> None:
    """Let this part stand in every daily letter, before what is new; it speaks the reader's tongue.

    The same name again replaces the part.
    """
    _parts[name] = part_of


def parts_for(session: Session, actor: Actor, day: date, base: str) -> list[LetterPart]:
    """The parts that have something to tell this reader, within their language."""
    found = [part_of(session, actor, day, base) for part_of in _parts.values()]
    return [part for part in found if part is not None]
