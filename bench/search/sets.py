"""What is measured: collections of documents, and questions with the documents that answer them."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

Change = Callable[[str, random.Random], str]


@dataclass(frozen=True)
class Text:
    """A document to be found."""

    title: str
    body: str
    language: str


@dataclass(frozen=True)
class Collection:
    """Documents that are searched together; a document is its place in the row."""

    name: str
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Asked:
    """A question, and what each relevant document is worth."""

    text: str
    gains: Mapping[int, float]


@dataclass(frozen=True)
class QuestionSet:
    """Questions to one collection; `row` groups sets in the report."""

    row: str
    name: str
    collection: Collection
    asked: tuple[Asked, ...]

    def halves(self) -> tuple[Sequence[Asked], Sequence[Asked]]:
        """The half that may be tuned on and the one held out, drawn by the set's name."""
        drawn = list(self.asked)
        random.Random(f"halves of {self.name}").shuffle(drawn)
        middle = len(drawn) // 2
        return drawn[:middle], drawn[middle:]

    def changed(self, name: str, change: Change) -> "QuestionSet":
        """The same questions, each written otherwise."""
        dice = random.Random(f"{self.row} {name}")
        asked = tuple(replace(one, text=change(one.text, dice)) for one in self.asked)
        return replace(self, name=name, asked=asked)
