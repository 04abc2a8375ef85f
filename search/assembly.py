"""Search as one thing that the composition root makes and others ask for."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app

from search.documents import Source, Sources
from search.engine import SearchEngine
from search.whoosh_engine import WhooshEngine


@dataclass(frozen=True, slots=True)
class Search:
    """The engine of this instance and the sources of its documents."""

    engine: SearchEngine
    sources: Sources


def assemble(home: Path, sources: Iterable[Source]) -> Search:
    """Search over these sources with its index in the instance's folder."""
    return Search(WhooshEngine(home / "index"), Sources(sources))


def init_app(app: Flask, search: Search) -> None:
    """Give the application its search."""
    app.extensions["search"] = search


def current_search() -> Search:
    """The search of the current application."""
    found: Search = current_app.extensions["search"]
    return found
