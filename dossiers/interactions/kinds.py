"""The enumerations of the contact log, as codes."""

from enum import StrEnum


class InteractionKind(StrEnum):
    """By which way one spoke with the client."""

    CALL = "call"
    MEETING = "meeting"
    LETTER = "letter"
    MESSAGE = "message"
    OTHER = "other"


class Door(StrEnum):
    """By which door an interaction came; letters from mailboxes have their place."""

    HAND = "hand"
    FILE = "file"
    API = "api"
    MAIL = "mail"


class PromiseState(StrEnum):
    """How far a promise is; taken back means that it was written down by mistake."""

    OPEN = "open"
    DONE = "done"
    BROKEN = "broken"
    TAKEN_BACK = "taken_back"


class PromiseDeed(StrEnum):
    """What became of a promise; never is one silently gone."""

    MADE = "made"
    DONE = "done"
    MOVED = "moved"
    HANDED = "handed"
    BROKEN = "broken"
    REOPENED = "reopened"
    REWORDED = "reworded"


class TopicKind(StrEnum):
    """What an interaction was about, beside the client."""

    DEAL = "deal"
    RUN = "run"
    CONTRACT = "contract"
