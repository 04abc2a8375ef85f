"""A claim: a page gives a quantity of a product a value."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from products.catalogue.contradictions.quantities import Lexicon
from products.catalogue.contradictions.subjects import Titles
from products.catalogue.contradictions.values import Value


class Where(StrEnum):
    """In what part of a page a claim stands."""

    FACT = "fact"
    TEXT = "text"
    CELL = "cell"


class Claim(NamedTuple):
    """What is claimed of which product, and the words that claim it.

    `marks` are all that narrows the quantity: only claims with equal marks are compared. `fact` is
    the key of the fact, if it is one; `unit` is that of the label, where the number has none.
    """

    product: int
    quantity: str
    marks: frozenset[str]
    value: Value
    page_id: int
    where: Where
    words: str
    heading: str = ""
    fact: str = ""
    language: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Known:
    """What must be known of the house to read a page: all titles and all labels of facts."""

    titles: Titles
    lexicon: Lexicon


class FactText(NamedTuple):
    """A fact with its label and its value as they are written in the page's language."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class PageText:
    """A page to be read; `product` is the same for a page and its translation."""

    page_id: int
    product: int
    language: str
    title: str
    body: str
    facts: tuple["FactText", ...] = ()
