"""A search with a real index folder, and pages as rows to find."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from search import analysis
from search.assembly import Search
from search.documents import Document, Key
from search.engine import Results, Scope, SearchEngine
from search.parsing import begin
from search.questions import Question, Slot, Way
from search.whoosh_engine import WhooshEngine
from tests.conftest import Cast
from tests.factories.pages import make_page_row
from wiki.config import Settings
from wiki.database import Database
from wiki.outbox import changed

EVERYONE = Scope(frozenset({"all"}))

WritePage = Callable[..., int]


def document(ident: int, title: str, body: str = "", **values: object) -> Document:
    """A page document for everyone."""
    plain: dict[str, object] = {
        "kind": "page",
        "url": f"/pages/{ident}",
        "audience": "all",
        "language": "ru",
        "changed_at": datetime(2026, 3, 2, tzinfo=UTC),
    }
    return Document(ident=ident, title=title, body=body, **{**plain, **values})  # type: ignore[arg-type]


def put(engine: WhooshEngine, *documents: Document, gone: tuple[int, ...] = ()) -> None:
    """Write documents as the worker does."""
    with engine.writing():
        engine.write(documents, [Key("page", ident) for ident in gone])


def asked(words: str, **demanded: Any) -> Question:
    """These words as a question, each in one way; `demanded` are other parts of the question."""
    terms = analysis.terms(words)
    return Question(
        words, tuple(Slot((Way((term,)),)) for term in terms), " ".join(terms), **demanded
    )


def find(engine: SearchEngine, words: str, scope: Scope = EVERYONE, **demanded: Any) -> Results:
    """The best 50 that the engine finds for these words."""
    with engine.looking(scope) as look:
        return look.search(asked(words, **demanded), 50)


def hinted(engine: WhooshEngine, text: str, scope: Scope = EVERYONE, limit: int = 10) -> list[int]:
    """The numbers of the documents that are hinted at for what has been typed."""
    with engine.looking(scope) as look:
        return [hit.key.ident for hit in look.suggest(begin(text), limit)]


def idents(results: Results) -> list[int]:
    """The numbers of the found documents, best first."""
    return [hit.key.ident for hit in results.hits]


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    """An empty index."""
    made = WhooshEngine(tmp_path / "index")
    with made.writing():
        made.rebuild([], lambda _done: None)
    return made


@pytest.fixture
def search(app: Flask, settings: Settings) -> Search:
    """The application's search, still without an index."""
    found: Search = app.extensions["search"]
    return found


@pytest.fixture
def write_page(database: Database, cast: Cast) -> WritePage:
    """Write a page and its outbox row in one transaction; returns its number."""

    def write(title: str, body: str = "", **values: object) -> int:
        with database.transaction() as session:
            page = make_page_row(session, title, cast.anna, body, **values)
            changed(session, "page", page.id)
            return page.id

    return write
