"""The enumerations of learning, as codes."""

from enum import StrEnum


class ItemKind(StrEnum):
    """What stands in a reading path: a page, a question, or the place of a page to be written."""

    PAGE = "page"
    QUESTION = "question"
    PLACEHOLDER = "placeholder"


class QuestionKind(StrEnum):
    """Out of what a check question was made."""

    FACT = "fact"
    CHANGE = "change"
    HAND = "hand"


class MarkState(StrEnum):
    """What became of a sentence that somebody marked as unclear."""

    OPEN = "open"
    ANSWERED = "answered"
    MENDED = "mended"
    WITHDRAWN = "withdrawn"


class GapState(StrEnum):
    """What became of a question that no page answered."""

    OPEN = "open"
    ANSWERED = "answered"
    DROPPED = "dropped"
