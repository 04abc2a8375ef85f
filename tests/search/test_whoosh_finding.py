from datetime import UTC, datetime, timedelta

from search.documents import Key, Label
from search.questions import Order, Question, Slot, Way
from search.whoosh_engine import WhooshEngine
from tests.search.conftest import EVERYONE, asked, document, find, hinted, idents, put


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
    assert hinted(engine, "скид") == [2]


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
        *(document(n, "Мимо", "клиент") for n in range(3, 9)),
    )
    assert idents(find(engine, "скидка постоянному клиенту"))[0] == 2


def test_one_more_word_that_the_page_holds_does_not_lose_it(engine: WhooshEngine) -> None:
    put(engine, document(1, "Скидка", "для постоянного клиента из Казани"), document(2, "Казань"))
    words = ["скидка", "постоянный", "клиент", "казань"]
    for count in range(1, len(words) + 1):
        assert 1 in idents(find(engine, " ".join(words[:count])))


def test_pages_of_hits_join_without_gap_or_double(engine: WhooshEngine) -> None:
    put(engine, *(document(n, "Скидка") for n in range(25)))
    with engine.looking(EVERYONE) as look:
        parts = [look.search(asked("скидка"), 10, offset).hits for offset in (0, 10, 20)]
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


def test_a_word_counts_once_by_the_way_that_is_worth_most(engine: WhooshEngine) -> None:
    put(
        engine,
        document(1, "Первый", "скидка бонус"),
        document(2, "Второй", "скидка прочее"),
        document(3, "Третий", "бонус прочее"),
        document(4, "Прочее", "прочее прочее"),
    )
    slot = Slot((Way(("скидк",)), Way(("бонус",), 0.5)))
    with engine.looking(EVERYONE) as look:
        found = look.search(Question(slots=(slot,)), 10)
    assert idents(found) == [1, 2, 3]
    assert found.hits[0].score == found.hits[1].score > found.hits[2].score


def test_all_terms_of_a_way_must_be_there(engine: WhooshEngine) -> None:
    put(engine, document(1, "А", "коммерческое предложение"), document(2, "Б", "предложение"))
    terms = asked("коммерческое предложение").whole.split()
    with engine.looking(EVERYONE) as look:
        found = look.search(Question(slots=(Slot((Way(tuple(terms)),)),)), 10)
    assert idents(found) == [1]


def test_neighbouring_words_of_the_question_count_more_side_by_side(engine: WhooshEngine) -> None:
    filler = "разные слова о разном деле без конца и края"
    put(
        engine,
        document(1, "Один", f"договор {filler} поставки"),
        document(2, "Два", f"договор поставки {filler}"),
        document(3, "Три", f"{filler} поставки договор"),
    )
    assert idents(find(engine, "договор поставки")) == [2, 3, 1]


def test_another_exact_name_comes_first_too(engine: WhooshEngine) -> None:
    put(
        engine,
        document(1, "Сделка 4711", "сделка 4711 " * 20),
        document(2, "Насос", names=("СД-4711",)),
    )
    assert idents(find(engine, "сд-4711"))[0] == 2


def test_what_it_belongs_to_finds_a_document(engine: WhooshEngine) -> None:
    category, client = Label(4, "Насосы", "Pumps"), Label(7, "Ромашка", "Daisy")
    put(engine, document(1, "А", categories=(category,), client=client, tags=("Хит",)))
    for word in ("насос", "pump", "ромашка", "daisy", "хит"):
        assert idents(find(engine, word)) == [1]


def test_hits_can_be_ordered_by_their_last_change(engine: WhooshEngine) -> None:
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    put(
        engine,
        *(
            document(n, "Скидка", "скидка " * n, changed_at=begin + timedelta(days=n % 3, hours=n))
            for n in range(1, 8)
        ),
    )
    newest = idents(find(engine, "скидка", order=Order.NEWEST))
    assert newest == sorted(range(1, 8), key=lambda n: (-(n % 3), -n))
    assert idents(find(engine, "скидка", order=Order.OLDEST)) == newest[::-1]
    assert find(engine, "скидка", order=Order.NEWEST).hits[0].changed == int(
        (begin + timedelta(days=2, hours=5)).timestamp()
    )


def test_an_empty_question_finds_nothing(engine: WhooshEngine) -> None:
    put(engine, document(1, "Скидка"))
    assert find(engine, "").total == 0


def test_equal_hits_are_ordered_by_kind_and_number(engine: WhooshEngine) -> None:
    put(
        engine,
        *(document(n, "Скидка", kind=kind) for n in (10, 9, 2) for kind in ("person", "file")),
    )
    keys = [hit.key for hit in find(engine, "скидка").hits]
    assert keys == [Key(kind, n) for kind in ("file", "person") for n in (2, 9, 10)]
