"""What comes of reading a file, and within which limits. Plain values: both processes know them."""

from dataclasses import dataclass
from enum import StrEnum

EXTRACTOR_VERSION = 1
"""Grows when files are read better; the worker then reads all of them anew."""


class Reason(StrEnum):
    """Why the text of a file is absent, or why only a part of it is there."""

    PROTECTED = "protected"
    PICTURES = "pictures"
    EMPTY = "empty"
    DAMAGED = "damaged"
    TOO_LARGE = "too large"
    TOO_SLOW = "too slow"
    OTHER_KIND = "other kind"
    MISSING = "missing"
    FAILED = "failed"
    PARTLY = "partly"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The text of a file; with a reason and no text it could not be read."""

    text: str = ""
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: seconds, megabytes of memory, characters of text."""

    seconds: float = 20.0
    megabytes: int = 512
    characters: int = 500_000


class Unreadable(Exception):
    """The file cannot be read, for this reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
