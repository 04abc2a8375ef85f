"""What may be said of paths and their confirmations."""

from collections.abc import Sequence
from datetime import date

from dossiers.approvals.document import PathDocument
from wiki.errors import Refusal
from wiki.pages.content import one_line

LONGEST_SUBJECT = 200
LONGEST_REASON = 300
LONGEST_NAME = 200
LONGEST_NOTE = 500


def subject_of(text: str) -> str:
    """What is bought by a path, on one line. Raises `Refusal` when empty or too long."""
    subject = _line(text, LONGEST_SUBJECT)
    if not subject:
        raise Refusal(
            "Say for which purchases the path is, for example «equipment». Nothing was changed."
        )
    return subject


def reason_of(text: str) -> str:
    """Why somebody changed a path. Raises `Refusal` when too long."""
    return _line(text, LONGEST_REASON)


def check_confirmable(
    document: PathDocument, on: date, name: str, note: str, today: date
) -> tuple[str, str]:
    """The name of who told it and the note, cleaned.

    Raises `Refusal` for a path without steps, and for a day that has not come.
    """
    if not document.steps:
        raise Refusal("A path without steps cannot be confirmed. Nothing was changed.")
    if on > today:
        raise Refusal("Nobody can have confirmed it on a day to come. Nothing was changed.")
    return _line(name, LONGEST_NAME), _line(note, LONGEST_NOTE)


def in_force(versions: Sequence[tuple[date, bool]], day: date) -> int:
    """The place of the version by which the path goes on a day.

    `versions`, the newest first, are the day since which each holds and whether it is confirmed.
    The newest confirmed one that holds by then; while none is, the newest draft that does; else
    the first of all.
    """
    places = [place for place, (since, _sure) in enumerate(versions) if since <= day]
    begun = places or [len(versions) - 1]
    return next((place for place in begun if versions[place][1]), begun[0])


def _line(text: str, longest: int) -> str:
    line = one_line(text)
    if len(line) > longest:
        raise Refusal(
            "The text has %(length)d characters; %(limit)d is the limit. Nothing was changed. "
            "Shorten it and try again.",
            length=len(line),
            limit=longest,
        )
    return line
