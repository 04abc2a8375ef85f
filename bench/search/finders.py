"""What searches a collection: a finder gives the best documents for a question."""

from collections.abc import Callable
from typing import Protocol

from bench.search.sets import Collection


class Finder(Protocol):
    """Something that can be asked about one collection."""

    def find(self, text: str, limit: int) -> list[int]:
        """The numbers of the best documents, best first."""

    def close(self) -> None:
        """Let go of files and memory."""


MakeFinder = Callable[[Collection], Finder]
