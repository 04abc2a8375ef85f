import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from search.documents import Key
from search.engine import Health, IndexBusy, IndexUnusable, Scope
from search.questions import ask, begin
from search.whoosh_engine import WhooshEngine
from tests.search.conftest import EVERYONE, document, find, idents, put

NORTH = Scope(frozenset({"all", "team:1"}))


def titles(engine: WhooshEngine, typed: str, scope: Scope = EVERYONE) -> list[int]:
    return [hit.key.ident for hit in engine.suggest(begin(typed), scope, 10)]


def test_a_word_finds_every_form_of_it(engine: WhooshEngine) -> None:
    put(engine, document(1, "Звонки клиентам"), document(2, "Письма"))
    assert idents(find(engine, "звонок")) == [1]


def test_a_replaced_document_is_found_once_and_never_by_its_old_words(engine: WhooshEngine) -> None:
    put(engine, document(1, "Прежний", "вишня"), document(2, "Другой", "вишня"))
    for number in range(5):
        assert find(engine, "вишня").total in (1, 2)
        put(engine, document(1, "Новый", f"яблоко слива{number}"))
    assert idents(find(engine, "прежний")) == []
    assert idents(find(engine, "яблоко")) == [1]
    assert find(engine, "яблоко").total == 1
    assert sorted(key.ident for key, _version in engine.document_versions()) == [1, 2]


def test_a_removed_document_is_never_found_again(engine: WhooshEngine) -> None:
    put(engine, document(1, "Скидка"), document(2, "Скидка вторая"))
    assert find(engine, "скидка").total == 2
    put(engine, gone=(1,))
    assert idents(find(engine, "скидка")) == [2]
    assert titles(engine, "скид") == [2]


def test_the_same_write_twice_does_no_harm(engine: WhooshEngine) -> None:
    for _time in range(2):
        put(engine, document(1, "Скидка"), gone=(7,))
    assert find(engine, "скидка").total == 1


def test_the_title_counts_more_than_the_text(engine: WhooshEngine) -> None:
    put(engine, document(1, "Разное", "скидка"), document(2, "Скидка", "разное"))
    assert idents(find(engine, "скидка")) == [2, 1]


def test_an_exact_title_comes_first(engine: WhooshEngine) -> None:
    long = " ".join(["договор поставки"] * 30)
    put(engine, document(1, "Договор поставки оборудования", long), document(2, "Договор поставки"))
    assert idents(find(engine, "договоры поставок"))[0] == 2


def test_more_words_of_the_question_count_more_than_one_word_often(engine: WhooshEngine) -> None:
    put(
        engine,
        document(1, "Один", "скидка " * 40),
        document(2, "Два", "скидка постоянному клиенту"),
        *(document(n, "Мимо", "клиенту постоянному") for n in range(3, 9)),
    )
    assert idents(find(engine, "скидка постоянному клиенту"))[0] == 2


def test_one_more_word_that_the_page_holds_does_not_lose_it(engine: WhooshEngine) -> None:
    put(engine, document(1, "Скидка", "для постоянного клиента из Казани"), document(2, "Казань"))
    words = ["скидка", "постоянный", "клиент", "казань"]
    for count in range(1, len(words) + 1):
        assert 1 in idents(find(engine, " ".join(words[:count])))


def test_what_one_may_not_see_is_in_no_hit_count_or_hint(engine: WhooshEngine) -> None:
    put(
        engine,
        document(1, "Тайная скидка", audience="team:1"),
        document(2, "Открытая скидка"),
    )
    assert idents(find(engine, "скидка")) == [2]
    assert find(engine, "скидка").total == 1
    assert titles(engine, "тайн") == []
    assert sorted(idents(find(engine, "скидка", NORTH))) == [1, 2]
    assert titles(engine, "тайн", NORTH) == [1]


def test_scores_do_not_tell_of_hidden_documents(engine: WhooshEngine) -> None:
    put(engine, document(1, "Скидка"), document(2, "Прочее"))
    before = find(engine, "скидка").hits
    put(engine, *(document(n, "Прочее", audience="team:1") for n in range(3, 30)))
    assert find(engine, "скидка").hits == before
    assert find(engine, "скидка", NORTH).hits != before


def test_without_any_audience_nothing_is_found(engine: WhooshEngine) -> None:
    put(engine, document(1, "Скидка"))
    assert find(engine, "скидка", Scope(frozenset())).total == 0
    assert find(engine, "скидка", Scope(frozenset({"team:9"}))).total == 0


def test_a_kind_leaves_out_the_others(engine: WhooshEngine) -> None:
    put(engine, document(1, "Скидка"), document(1, "Скидка", kind="client"))
    found = find(engine, "скидка", Scope(frozenset({"all"}), "client"))
    assert [hit.key for hit in found.hits] == [Key("client", 1)]
    assert find(engine, "скидка").total == 2


def test_documents_that_are_out_of_date_can_be_left_out(engine: WhooshEngine) -> None:
    put(engine, document(1, "Скидка"), document(2, "Скидка"))
    scope = Scope(frozenset({"all"}), without=frozenset({Key("page", 1)}))
    assert idents(find(engine, "скидка", scope)) == [2]
    assert titles(engine, "скид", scope) == [2]


@pytest.mark.parametrize("typed", ["соз", "созда", "создание", "создание пред", "предложений созд"])
def test_a_longer_beginning_never_loses_the_title(engine: WhooshEngine, typed: str) -> None:
    put(engine, document(1, "Создание предложений"), document(2, "Письма"))
    assert titles(engine, typed) == [1]


def test_a_code_is_suggested_however_its_signs_are_written(engine: WhooshEngine) -> None:
    put(engine, document(1, "Насос A-12/3"), document(2, "Насос Б"))
    assert titles(engine, "А-12") == [1]
    assert titles(engine, "насос a12") == [1]


def test_many_words_with_one_beginning_are_suggested_in_bounded_number(
    engine: WhooshEngine,
) -> None:
    put(engine, *(document(n, f"про{n:04}слово") for n in range(400)))
    assert len(titles(engine, "про")) == 10
    assert titles(engine, "про0123слово") == [123]


def test_pages_of_hits_join_without_gap_or_double(engine: WhooshEngine) -> None:
    put(engine, *(document(n, "Скидка") for n in range(25)))
    parts = [engine.search(ask("скидка"), EVERYONE, 10, offset).hits for offset in (0, 10, 20)]
    joined = [hit.key.ident for part in parts for hit in part]
    assert sorted(joined) == list(range(25))


def test_the_order_is_the_same_after_a_rebuild(engine: WhooshEngine) -> None:
    documents = [document(n, "Скидка", "равный текст") for n in range(12)]
    for one in documents:
        put(engine, one)
    before = idents(find(engine, "скидка"))
    with engine.writing():
        engine.rebuild(reversed(documents), lambda _done: None)
    assert idents(find(engine, "скидка")) == before


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


HOSTILE = [
    "(" * 1_000,
    "*" * 500,
    "а*" * 500,
    '"' * 999,
    "title:[a TO ",
    "AND OR NOT",
    "NOT скидка AND (",
    "\x00\x01\x1f\x7f",
    "\u202eадикс\u202c\u200f",
    "скидка^999999999 ~1000",
    "'; DROP TABLE pages; --",
    "{{ 7*7 }} <script>",
    "а" * 1_000,
    "а-" * 500,
    " ".join(f"слово{n}" for n in range(100)),
    "\ud800",
    "🙂" * 200,
    "%_\\",
]


@pytest.mark.parametrize("question", HOSTILE)
def test_no_question_makes_the_engine_fail(engine: WhooshEngine, question: str) -> None:
    put(engine, document(1, "Скидка", "текст"))
    find(engine, question)
    titles(engine, question)
