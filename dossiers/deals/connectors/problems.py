"""Why a source could not be asked: a sentence, and how long to wait when it says so."""

import json
from datetime import timedelta

from wiki.errors import Refusal
from wiki.locale import _

LONGEST_WAIT = timedelta(days=1)
_LONGEST_VALUE = 200
_LONGEST_KEPT = 1000


class PullError(Refusal):
    """The source did not give what was asked for; `wait` is how long it asks to be left alone."""

    status = 502

    def __init__(self, message: str, /, wait: timedelta | None = None, **values: object) -> None:
        super().__init__(message, **{name: str(v)[:_LONGEST_VALUE] for name, v in values.items()})
        self.wait = min(wait, LONGEST_WAIT) if wait else None


class Denied(PullError):
    """The source answers, but does not let this key see what was asked for."""


def kept_sentence(refusal: Refusal) -> str:
    """A sentence as it is kept, so that each reader has it in their own language."""
    kept = json.dumps([refusal.message, refusal.values], ensure_ascii=False, default=str)
    return kept if len(kept) <= _LONGEST_KEPT else json.dumps([refusal.message[:400], {}])


def said_sentence(kept: str) -> str:
    """A kept sentence in the reader's language; empty when there is none."""
    if not kept:
        return ""
    message, values = json.loads(kept)
    return str(_(message, **values)) if values else str(_(message))


def plain_sentence(kept: str) -> str:
    """A kept sentence in English, for the command line."""
    if not kept:
        return ""
    message, values = json.loads(kept)
    return str(message) % values if values else str(message)
