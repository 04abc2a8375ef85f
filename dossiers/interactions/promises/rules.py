"""What may be said of a promise, and what its events make of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from dossiers.interactions.kinds import PromiseDeed, PromiseState
from wiki.errors import Clash, Refusal
from wiki.pages.content import one_line

LONGEST = 500
"""Characters of what is promised, of a result, of a reason."""
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
_ENDS = {PromiseDeed.DONE: PromiseState.DONE, PromiseDeed.BROKEN: PromiseState.BROKEN}


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of a promise as plain values; `words` are what was promised, a result, a reason."""

    deed: PromiseDeed
    on: date
    words: str = ""
    due_on: date | None = None
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a promise stands; `said` is the result or the reason of its end."""

    what: str
    due_on: date
    user_id: int
    state: PromiseState = PromiseState.OPEN
    ended_on: date | None = None
    said: str = ""


def standing_of(events: Iterable[Happened], first: Standing) -> Standing:
    """How a promise stands after these events, which come as they were written down.

    `first` is what it was called, due and whose before anything happened; without an event that
    made it, it was taken back.
    """
    events = list(events)
    if all(event.deed is not PromiseDeed.MADE for event in events):
        return replace(first, state=PromiseState.TAKEN_BACK)
    standing = first
    for event in events:
        standing = _after(standing, event)
    return standing


def _after(standing: Standing, event: Happened) -> Standing:
    if event.deed in (PromiseDeed.MADE, PromiseDeed.REWORDED):
        standing = replace(standing, what=event.words or standing.what)
    if event.deed in _ENDS:
        return replace(standing, state=_ENDS[event.deed], ended_on=event.on, said=event.words)
    if event.deed is PromiseDeed.REOPENED:
        standing = replace(standing, state=PromiseState.OPEN, ended_on=None, said="")
    due_on, user_id = event.due_on or standing.due_on, event.user_id or standing.user_id
    return replace(standing, due_on=due_on, user_id=user_id)


def what_of(text: str) -> str:
    """What is promised, on one line. Raises `Refusal` when empty or too long."""
    what = one_line(text)
    if not what or len(what) > LONGEST:
        raise Refusal(
            "Say what was promised in up to %(limit)d characters. Nothing was changed.",
            limit=LONGEST,
        )
    return what


def said_of(text: str) -> str:
    """A result or a reason, on one line. Raises `Refusal` when too long."""
    said = one_line(text)
    if len(said) > LONGEST:
        raise Refusal(
            "This is too long: at most %(limit)d characters. Nothing was changed.", limit=LONGEST
        )
    return said


def why_of(text: str) -> str:
    """A reason, on one line. Raises `Refusal` when there is none, or it is too long."""
    why = said_of(text)
    if not why:
        raise Refusal(
            "Say why, so that whoever reads it later understands. Nothing was changed: write a few "
            "words and send it again."
        )
    return why


def check_due(due_on: date, made_on: date) -> None:
    """Raise `Refusal` for a day before it was promised, or beyond all calendars."""
    if not made_on <= due_on <= LATEST:
        raise Refusal(
            "A promise is due on the day on which it was given, or later, and before 2100. "
            "Nothing was changed. Correct the day."
        )


def check_made(made_on: date, today: date) -> None:
    """Raise `Refusal` for a day to come, or before all calendars."""
    if not EARLIEST <= made_on <= today:
        raise Refusal(
            "A promise was given today or on a day before. Nothing was changed. Correct the day."
        )


def check_happened(on: date, made_on: date, today: date) -> None:
    """Raise `Refusal` when it would end before it was promised, or on a day to come."""
    if not made_on <= on <= today:
        raise Refusal(
            "A promise ends today, or on a day since it was given. Nothing was changed. Correct "
            "the day."
        )


def check_open(state: PromiseState) -> None:
    """Raise `Clash` unless the promise is still open."""
    if state is not PromiseState.OPEN:
        raise Clash(
            "This promise has ended already, perhaps somebody was faster. Nothing was changed. "
            "Look at how it ended; open it again if it did not."
        )


def check_ended(state: PromiseState) -> None:
    """Raise `Clash` unless the promise was kept or broken."""
    if state is not PromiseState.DONE and state is not PromiseState.BROKEN:
        raise Clash("This promise is open, so there is nothing to open again. Nothing was changed.")
