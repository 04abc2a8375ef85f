import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from search.engine import Health, IndexBusy, IndexUnusable
from search.whoosh_engine import WhooshEngine
from tests.search.conftest import EVERYONE, asked, document, find, idents, put


def test_the_old_index_answers_while_the_new_one_is_made(engine: WhooshEngine) -> None:
    put(engine, document(1, "Скидка"))
    seen: list[list[int]] = []

    def documents():  # type: ignore[no-untyped-def]
        yield document(2, "Скидка")
        seen.append(idents(find(engine, "скидка")))

    with engine.writing():
        engine.rebuild(documents(), lambda _done: None)
    assert seen == [[1]]
    assert idents(find(engine, "скидка")) == [2]


def test_an_interrupted_rebuild_leaves_the_old_index_and_is_cleared_away(
    engine: WhooshEngine, tmp_path: Path
) -> None:
    put(engine, document(1, "Скидка"))

    def broken():  # type: ignore[no-untyped-def]
        yield document(2, "Скидка")
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk"), engine.writing():
        engine.rebuild(broken(), lambda _done: None)
    assert idents(find(engine, "скидка")) == [1]
    with engine.writing():
        engine.rebuild([document(3, "Скидка")], lambda _done: None)
    assert len([path for path in (tmp_path / "index").iterdir() if path.is_dir()]) == 1
    assert idents(find(engine, "скидка")) == [3]


def test_an_index_of_another_version_says_so_and_does_not_answer(
    engine: WhooshEngine, tmp_path: Path
) -> None:
    (about,) = (tmp_path / "index").glob("*/about.json")
    about.write_text(json.dumps({"analysis": 0, "schema": 0}))
    assert engine.health() is Health.OUTDATED
    with pytest.raises(IndexUnusable):
        find(engine, "скидка")


# Whoosh leaves the file of a segment that it could not read to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_torn_index_says_so_and_is_whole_after_a_rebuild(
    engine: WhooshEngine, tmp_path: Path
) -> None:
    put(engine, document(1, "Скидка"))
    engine.close()
    for segment in (tmp_path / "index").glob("*/*.seg"):
        os.truncate(segment, segment.stat().st_size // 2)
    with pytest.raises(IndexUnusable):
        find(engine, "скидка")
    assert engine.health() is Health.BROKEN
    assert WhooshEngine(tmp_path / "index").health() is Health.BROKEN
    with engine.writing():
        engine.rebuild([document(1, "Скидка")], lambda _done: None)
    assert idents(find(engine, "скидка")) == [1]


@pytest.mark.parametrize("size", [0, 1, 60])
@pytest.mark.parametrize("files", ["*.seg", "*.toc"])
def test_a_file_of_any_length_left_is_noticed(
    engine: WhooshEngine, tmp_path: Path, files: str, size: int
) -> None:
    put(engine, document(1, "Скидка"))
    engine.close()
    for file in (tmp_path / "index").glob(f"*/{files}"):
        os.truncate(file, size)
    assert engine.health() is Health.BROKEN
    with pytest.raises(IndexUnusable), engine.writing():
        engine.write([document(2, "Скидка")], [])


def test_an_answer_may_be_read_on_while_the_index_is_made_anew(engine: WhooshEngine) -> None:
    put(engine, document(1, "Скидка", tags=("хит",)))
    with engine.looking(EVERYONE) as look:
        with engine.writing():
            engine.rebuild([document(2, "Скидка")], lambda _done: None)
        assert idents(look.search(asked("скидка"), 10)) == [1]
    assert idents(find(engine, "скидка")) == [2]


def test_a_segment_without_living_documents_is_forgotten(
    engine: WhooshEngine, tmp_path: Path
) -> None:
    for number in range(30):
        put(engine, document(1, f"Скидка {number}"))
    assert len(list((tmp_path / "index").glob("*/*.seg"))) == 1
    assert find(engine, "скидка").total == 1


def test_an_absent_index_says_so(tmp_path: Path) -> None:
    absent = WhooshEngine(tmp_path / "nothing")
    assert absent.health() is Health.ABSENT
    with pytest.raises(IndexUnusable):
        put(absent, document(1, "Скидка"))


def test_only_one_may_write_at_a_time(engine: WhooshEngine, tmp_path: Path) -> None:
    other = WhooshEngine(tmp_path / "index")
    with engine.writing():
        with pytest.raises(IndexBusy), other.writing(0.1):
            pass
        with pytest.raises(IndexBusy), engine.writing(0.1):
            pass
    with other.writing():
        pass


def test_another_process_sees_what_was_written(engine: WhooshEngine, tmp_path: Path) -> None:
    reader = WhooshEngine(tmp_path / "index")
    for number in range(1, 6):
        put(engine, document(number, "Скидка"))
        assert find(reader, "скидка").total == number


def test_eight_threads_read_whole_answers_while_one_writes(engine: WhooshEngine) -> None:
    put(engine, *(document(n, "Скидка", "текст " * 50) for n in range(40)))
    stop = Event()

    def read() -> int:
        answers = 0
        while not stop.is_set():
            found = idents(find(engine, "скидка текст"))
            assert len(found) == len(set(found)) == 40
            answers += 1
        return answers

    with ThreadPoolExecutor(8) as pool:
        readers = [pool.submit(read) for _reader in range(8)]
        try:
            for number in range(10):
                put(engine, document(number, "Скидка", "другой текст " * 50))
        finally:
            stop.set()
        assert all(reader.result() > 0 for reader in readers)
