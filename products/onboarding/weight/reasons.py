"""What the rule answers: whether a change must be read again, and what speaks for it."""

from enum import StrEnum
from typing import NamedTuple


class ReasonKind(StrEnum):
    """What kind of difference asks to be read again."""

    NEW = "new"
    NUMBER = "number"
    DATE = "date"
    UNIT = "unit"
    NEGATION = "negation"
    CONDITION = "condition"
    WORDS = "words"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    ORDER = "order"
    FACT = "fact"
    TITLE = "title"
    BACK = "back"
    REWRITTEN = "rewritten"


class Reason(NamedTuple):
    """One difference: its kind, and the words before and after (empty: there were none).

    A fact's words begin with its key and a colon.
    """

    kind: ReasonKind
    old: str = ""
    new: str = ""


class Weight(NamedTuple):
    """Whether a change must be read again; without reasons it need not."""

    material: bool
    reasons: tuple[Reason, ...] = ()


def weight_of(reasons: tuple[Reason, ...]) -> Weight:
    """A change with any reason must be read again."""
    return Weight(bool(reasons), reasons)
