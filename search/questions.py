"""What is looked for, free of any syntax: the shape that the parser makes and engines answer."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST_QUESTION = 1_000
MOST_WORDS = 32
SHORTEST_PREFIX = 3
"""Fewer letters begin too many words to say anything."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say a word of the question: its terms (all of them must be there) and worth.

    `weight` is 1 for what was asked and less for what only stands for it: a synonym, a word of
    the same family, the nearest word to a slip.
    """

    terms: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of the question and all ways to say it, the asked one first.

    A document has the slot's worth once, by the way that is worth most in it.
    """

    ways: tuple[Way, ...]


class Field(StrEnum):
    """The parts of a document to which a word of the question can be limited."""

    TITLE = "title"
    CLIENT = "client"
    PRODUCT = "product"
    AUTHOR = "author"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Limit:
    """All these terms must be in this part of the document."""

    field: Field
    terms: tuple[str, ...]


class Order(StrEnum):
    """How hits are ordered."""

    FIT = "fit"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for.

    Any of the `slots` makes a hit, the more the better. All else is demanded: each of `phrases`
    stands in the document word by word, none of `without` does, each of `limits` and `marks`
    holds. `marks` are `facet=value` as in `Document.marks`. Days are whole: `after` and `before`
    are days of the last change, both themselves included. `as_of` is a day at whose end the
    document was current. `spelt` are the words of the slots as they are written, folded: of
    documents that fit alike those that hold them so come first. `whole` is all asked terms joined
    by blanks: a document that has it as one of its exact names comes first.
    """

    text: str = ""
    slots: tuple[Slot, ...] = ()
    whole: str = ""
    spelt: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    limits: tuple[Limit, ...] = ()
    marks: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None
    as_of: date | None = None
    order: Order = Order.FIT

    def __bool__(self) -> bool:
        limited = self.limits or self.marks or self.after or self.before
        return bool(self.slots or self.phrases or limited)

    @property
    def terms(self) -> frozenset[str]:
        """All terms that make a hit, to be marked in titles and texts."""
        ways = (term for slot in self.slots for way in slot.ways for term in way.terms)
        limited = (term for limit in self.limits for term in limit.terms)
        return frozenset(ways).union(limited, *self.phrases)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What has been typed so far: whole terms, and the last word that may go on or be whole.

    `typed` is the whole of it, folded, to put titles that begin so first.
    """

    terms: tuple[str, ...]
    last: str = ""
    last_term: str = ""
    typed: str = ""

    def __bool__(self) -> bool:
        return bool(self.terms or self.last)
