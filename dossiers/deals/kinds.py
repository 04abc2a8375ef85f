"""The enumerations of deals, as codes."""

from enum import StrEnum


class DealKind(StrEnum):
    """What a stage means: the deal goes on, was won, or was lost."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class SourceKind(StrEnum):
    """By which door the deals of a source come."""

    FILE = "file"
    API = "api"
    TRYTON = "tryton"


class Origin(StrEnum):
    """Who wrote a line of the stage history: the source, or we when we saw the change."""

    SOURCE = "source"
    SEEN = "seen"


class Matched(StrEnum):
    """By what a company, a product name or an owner was found to be one of ours."""

    TAX = "tax"
    DOMAIN = "domain"
    NAME = "name"
    PERSON = "person"


class LoadState(StrEnum):
    """How far an import is."""

    SENT = "sent"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"
