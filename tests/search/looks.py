"""Looks at a real index of a few texts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from search.engine import Look, Scope
from search.whoosh_engine import WhooshEngine
from tests.search.conftest import EVERYONE, document, put


@contextmanager
def look_at(*texts: str, hidden: str = "", scope: Scope = EVERYONE) -> Iterator[Look]:
    """A look at these texts; `hidden` is one that only team 7 may see."""
    with TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder) / "index")
        with engine.writing():
            engine.rebuild([], lambda _done: None)
        pages = [document(number, "", text) for number, text in enumerate(texts)]
        put(engine, *pages, document(len(texts), "", hidden, audience="team:7"))
        with engine.looking(scope) as look:
            yield look
        engine.close()
