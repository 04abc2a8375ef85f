import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.whoosh_engine import WhooshEngine
from tests.search.conftest import document, hinted, put


@pytest.mark.parametrize("typed", ["соз", "созда", "создание", "создание пред", "предложений созд"])
def test_a_longer_beginning_never_loses_the_title(engine: WhooshEngine, typed: str) -> None:
    put(engine, document(1, "Создание предложений"), document(2, "Письма"))
    assert hinted(engine, typed) == [1]


def test_a_code_is_suggested_however_its_signs_are_written(engine: WhooshEngine) -> None:
    put(engine, document(1, "Насос A-12/3"), document(2, "Насос Б"))
    assert hinted(engine, "А-12") == [1]
    assert hinted(engine, "насос a12") == [1]


def test_many_words_with_one_beginning_are_suggested_in_bounded_number(
    engine: WhooshEngine,
) -> None:
    put(engine, *(document(n, f"про{n:04}слово") for n in range(400)))
    assert len(hinted(engine, "про")) == 10
    assert hinted(engine, "про0123слово") == [123]


def test_titles_that_begin_as_typed_come_first_and_the_shorter_before_the_longer(
    engine: WhooshEngine,
) -> None:
    put(
        engine,
        document(1, "Новый договор"),
        document(2, "Договоры и их подписание"),
        document(3, "Договор поставки"),
        document(4, "Письма"),
    )
    assert hinted(engine, "дого") == [3, 2, 1]


_words = st.sampled_from(["договор", "Поставка", "A-12/3", "№5", "ёлка", "о", "и", "new", "10кг"])
_titles = st.lists(_words, min_size=1, max_size=4).map(" ".join)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_titles, min_size=1, max_size=40))
def test_a_title_that_shows_once_while_it_is_typed_stays(
    engine: WhooshEngine, titles: list[str]
) -> None:
    put(engine, *(document(n, title) for n, title in enumerate(titles)), gone=tuple(range(40, 99)))
    title, shown = titles[0], False
    for length in range(1, len(title) + 1):
        now = 0 in hinted(engine, title[:length], limit=8)
        assert now or not shown, title[:length]
        shown = now
    put(engine, gone=tuple(range(40)))


def test_two_letters_show_the_titles_that_begin_with_them(engine: WhooshEngine) -> None:
    put(engine, document(1, "Создание"), document(2, "Пересоздание со склада"))
    assert hinted(engine, "со") == [1, 2]
