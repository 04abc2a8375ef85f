"""Search as one thing that the composition root makes and others ask for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy.orm import Session

from search.documents import Label, Source, Sources
from search.engine import SearchEngine
from search.whoosh_engine import WhooshEngine

Names = Callable[[Session, Sequence[int]], Mapping[int, Label]]
"""The names of some things that documents belong to, in a constant number of statements."""


@dataclass(frozen=True, slots=True)
class Search:
    """An index and the sources of its documents.

    `names` tells the names of a facet's values by their numbers. `past` is the index of what
    things said before; nothing in it is current.
    """

    engine: SearchEngine
    sources: Sources
    names: Mapping[str, Names] = field(default_factory=dict)
    past: "Search | None" = None

    def all_indexes(self) -> "tuple[Search, ...]":
        """The current index, then that of the past."""
        return (self, self.past) if self.past else (self,)

    def close(self) -> None:
        """Let go of all files."""
        for one in self.all_indexes():
            one.engine.close()


def assemble(
    home: Path,
    sources: Iterable[Source],
    past: Iterable[Source] = (),
    names: Mapping[str, Names] | None = None,
) -> Search:
    """Search over these sources with its indexes in the instance's folder."""
    before = Search(WhooshEngine(home / "past-index"), Sources(past))
    return Search(WhooshEngine(home / "index"), Sources(sources), names or {}, before)


def init_app(app: Flask, search: Search) -> None:
    """Give the application its search."""
    app.extensions["search"] = search


def current_search() -> Search:
    """The search of the current application."""
    found: Search = current_app.extensions["search"]
    return found
