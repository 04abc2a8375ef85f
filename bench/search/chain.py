"""Our own search, from the typed text to the found documents, without a database."""

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.search.sets import Collection, Text
from search.documents import Document
from search.engine import Look, Results, Scope, SearchEngine
from search.parsing import parse
from search.synonyms import Synonyms
from search.understanding import understand
from search.whoosh_engine import WhooshEngine

EVERYBODY = Scope(frozenset({"all"}))
_AT = datetime(2026, 1, 1, tzinfo=UTC)
_NO_SYNONYMS = Synonyms()


class Ours:
    """The whole chain over an index in a folder of its own."""

    def __init__(self, collection: Collection) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="bench-search-"))
        self._engine = WhooshEngine(self._folder)
        documents = (document(number, text) for number, text in enumerate(collection.texts, 1))
        with self._engine.writing():
            self._engine.rebuild(documents, lambda _done: None)

    def find(self, text: str, limit: int) -> list[int]:
        """See `Finder`."""
        return [hit.key.ident - 1 for hit in ask(self._engine, text, limit).hits]

    def close(self) -> None:
        """See `Finder`."""
        self._engine.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def ask(engine: SearchEngine, text: str, limit: int = 10) -> Results:
    """What the engine finds for a typed text, understood as for a reader."""
    with engine.looking(EVERYBODY) as look:
        return ask_look(look, text, limit)


def ask_look(look: Look, text: str, limit: int = 10) -> Results:
    """The same within an open look."""
    understood = understand(look, parse(text), _NO_SYNONYMS)
    return look.search(understood.question, limit)


def document(number: int, text: Text) -> Document:
    """A text as a page that everybody may read."""
    return Document(
        kind="page",
        ident=number,
        title=text.title,
        body=text.body,
        url=f"/pages/{number}",
        audience="all",
        language=text.language,
        changed_at=_AT,
    )
