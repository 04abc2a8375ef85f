"""Many threads read one index while it is written, merged and made anew under them."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from search.documents import Document
from search.engine import Health, IndexUnusable, Scope
from search.parsing import begin, parse
from search.synonyms import Synonyms
from search.understanding import understand
from search.whoosh_engine import WhooshEngine
from search.whoosh_engine.folders import Folders
from tests.search.conftest import document, put

EVERYONE, NORTH = Scope(frozenset({"all"})), Scope(frozenset({"all", "team:1"}))
ROUNDS, PAGES = 24, 12


def page(ident: int, turn: int) -> Document:
    """Each third page is of a team; each page has the words of its turn only."""
    audience = "team:1" if ident % 3 == 0 else "all"
    tags = ("тайна",) if ident % 3 == 0 else ("явно",)
    body = f"договор скидка номер{ident} ход{turn} " * 20
    return document(ident, f"Договор {ident}", body, audience=audience, tags=tags)


def look_around(engine: WhooshEngine, stop: Event) -> int:
    """Ask for everything that a look can tell, until told to stop; how often."""
    done = 0
    while not stop.is_set():
        for scope in (EVERYONE, NORTH):
            with engine.looking(scope) as look:
                question = understand(look, parse('договр "договор скидка"'), Synonyms()).question
                results = look.search(question, 50)
                hits = {hit.key.ident for hit in results.hits}
                assert results.total == len(hits) == PAGES - (scope is EVERYONE) * PAGES // 3
                assert ("тайна" in results.counts["tag"]) is (scope is NORTH)
                assert all(ident % 3 for ident in hits) is (scope is EVERYONE)
                assert len(look.suggest(begin("догов"), 50)) == results.total
                assert look.beginning_with("номе", 50)
        done += 1
    return done


def while_read(engine: WhooshEngine, work: Callable[[], None]) -> None:
    """Four threads read while this is done; whatever goes wrong in any of them is raised."""
    stop = Event()
    with ThreadPoolExecutor(4) as threads:
        readers = [threads.submit(look_around, engine, stop) for _ in range(4)]
        try:
            work()
        finally:
            stop.set()
        assert all(reader.result() for reader in readers)


def test_readers_see_whole_states_while_pages_are_saved_and_the_index_is_made_anew(
    engine: WhooshEngine,
) -> None:
    put(engine, *(page(ident, 0) for ident in range(1, PAGES + 1)))

    def work() -> None:
        for turn in range(ROUNDS):
            put(engine, page(turn % PAGES + 1, turn))
            with engine.writing():
                if turn % 20 == 10:
                    engine.rebuild((page(n, turn) for n in range(1, PAGES + 1)), lambda _done: None)
                engine.tidy()

    while_read(engine, work)
    assert sorted(key.ident for key, _version in engine.document_versions()) == [*range(1, 13)]


def test_an_index_that_is_removed_under_a_look_goes_on_answering_it(
    engine: WhooshEngine, tmp_path: Path
) -> None:
    put(engine, *(page(ident, 0) for ident in range(1, PAGES + 1)))
    with engine.looking(EVERYONE) as look:
        shutil.rmtree(tmp_path / "index")
        assert look.search(parse("скидка").question, 50).total == PAGES - PAGES // 3
        with pytest.raises(IndexUnusable), engine.looking(EVERYONE):
            pass
    with engine.writing():
        engine.rebuild([page(1, 0)], lambda _done: None)
    with engine.looking(EVERYONE) as look:
        assert look.search(parse("скидка").question, 50).total == 1


class Overtaken(Folders):
    """Folders of which the current one is replaced and removed just after it was named."""

    overtaken = False

    def current(self) -> Path | None:
        """The folder that answered a moment ago."""
        found = super().current()
        if not self.overtaken:
            self.overtaken = True
            self.publish(self.begin())
        return found


def test_a_folder_that_is_replaced_while_it_is_looked_at_is_not_taken_for_a_lost_index(
    tmp_path: Path,
) -> None:
    first = Folders(tmp_path / "index")
    first.publish(first.begin())
    folder, health = Overtaken(tmp_path / "index").answering()
    assert folder == tmp_path / "index" / "2"
    assert health is Health.READY
