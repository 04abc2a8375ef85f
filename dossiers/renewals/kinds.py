"""The enumerations of contracts and reviews, as codes."""

from enum import StrEnum


class RenewalState(StrEnum):
    """How far the renewal of a contract is."""

    FUTURE = "future"
    IN_REVIEW = "in_review"
    AT_RISK = "at_risk"
    AGREED = "agreed"
    PAPER = "paper"
    RENEWED = "renewed"
    SHRUNK = "shrunk"
    LOST = "lost"


OVER = (RenewalState.RENEWED, RenewalState.SHRUNK, RenewalState.LOST)
"""States in which nothing is left to be renewed."""


class Voice(StrEnum):
    """Whose opinion it is; opinions are never averaged."""

    MACHINE = "machine"
    MANAGER = "manager"
    DIRECTOR = "director"


class Verdict(StrEnum):
    """How somebody sees a renewal."""

    SAFE = "safe"
    WAIT = "wait"
    AT_RISK = "at_risk"
    LOST = "lost"


class ReviewState(StrEnum):
    """Whether a review can still be written into."""

    OPEN = "open"
    SIGNED = "signed"
    DROPPED = "dropped"


class FollowUpState(StrEnum):
    """How far a follow-up is."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
