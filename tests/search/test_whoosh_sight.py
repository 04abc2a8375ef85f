from search.documents import Document, Key, Label
from search.engine import Near, Scope
from search.whoosh_engine import WhooshEngine
from tests.search.conftest import document, find, hinted, idents, put

NORTH = Scope(frozenset({"all", "team:1"}))


def test_what_one_may_not_see_is_in_no_hit_count_or_hint(engine: WhooshEngine) -> None:
    put(
        engine,
        document(1, "Тайная скидка", audience="team:1"),
        document(2, "Открытая скидка"),
    )
    assert idents(find(engine, "скидка")) == [2]
    assert find(engine, "скидка").total == 1
    assert hinted(engine, "тайн") == []
    assert sorted(idents(find(engine, "скидка", NORTH))) == [1, 2]
    assert hinted(engine, "тайн", NORTH) == [1]


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


def test_documents_that_are_out_of_date_can_be_left_out(engine: WhooshEngine) -> None:
    put(engine, document(1, "Скидка"), document(2, "Скидка"))
    scope = Scope(frozenset({"all"}), without=frozenset({Key("page", 1)}))
    assert idents(find(engine, "скидка", scope)) == [2]
    assert hinted(engine, "скид", scope) == [2]


def test_average_lengths_do_not_tell_of_hidden_documents(engine: WhooshEngine) -> None:
    put(engine, document(1, "Скидка", "много слов о скидке"), document(2, "Прочее", "скидка"))
    before = find(engine, "скидка").hits
    put(engine, *(document(n, "Иное", "иное " * 500, audience="team:1") for n in range(3, 9)))
    assert find(engine, "скидка").hits == before


def test_facets_count_only_what_is_seen(engine: WhooshEngine) -> None:
    client = Label(7, "Ромашка", "Daisy")
    put(
        engine,
        document(1, "Скидка", tags=("тайна",), client=client, audience="team:1"),
        document(2, "Скидка", tags=("явно",)),
    )
    seen = find(engine, "скидка").counts
    assert seen["tag"] == {"явно": 1}
    assert seen["client"] == {}
    assert find(engine, "скидка", NORTH).counts["tag"] == {"тайна": 1, "явно": 1}


def test_no_word_of_a_hidden_document_is_suggested_or_counted(engine: WhooshEngine) -> None:
    put(
        engine,
        document(1, "Тайное", "реорганизация", audience="team:1"),
        document(2, "Открытое", "реорганизации"),
    )
    with engine.looking(Scope(frozenset({"all"}))) as look:
        assert [near.word for near in look.nearest("реарганизация", 5)] == ["реорганизации"]
        assert look.beginning_with("реорг", 5) == ("реорганизации",)
        assert look.count("тайн") == 0
        assert look.nearest("тойное", 5) == ()
    with engine.looking(NORTH) as look:
        assert look.nearest("тойное", 5) == (
            Near("тайное", look.nearest("тойное", 1)[0].likeness, 1),
        )
        assert look.beginning_with("реорг", 5) == ("реорганизации", "реорганизация")


def test_what_is_out_of_date_is_in_no_facet_and_no_word(engine: WhooshEngine) -> None:
    put(engine, document(1, "Скидка", "реорганизация", tags=("старое",)), document(2, "Скидка"))
    scope = Scope(frozenset({"all"}), without=frozenset({Key("page", 1)}))
    assert find(engine, "скидка", scope).counts["tag"] == {}
    with engine.looking(scope) as look:
        assert look.beginning_with("реорг", 5) == ()
        assert look.nearest("реорганизацея", 5) == ()


def test_deleted_words_and_marks_are_told_no_more(engine: WhooshEngine) -> None:
    put(engine, document(1, "Скидка", "реорганизация", tags=("старое",)), document(2, "Скидка"))
    put(engine, document(1, "Скидка", "иное"))
    assert find(engine, "скидка").counts["tag"] == {}
    with engine.looking(Scope(frozenset({"all"}))) as look:
        assert look.beginning_with("реорг", 5) == ()
        assert look.count("реорганизац") == 0


def test_hidden_words_neither_crowd_out_nor_hold_back_what_is_offered(
    engine: WhooshEngine,
) -> None:
    shown = [document(1, "Ведро", "экскурсоводами"), document(2, "Сад", "мирабель")]
    hidden = [
        document(10 + n, "Тайна", f"мирабел{letter}", audience="team:7")
        for n, letter in enumerate("абвгдежзик")
    ]
    farther = document(30, "Тайна", "экзкуртаводам", audience="team:7")

    def offered(*documents: Document) -> tuple[object, ...]:
        with engine.writing():
            engine.rebuild(documents, lambda _done: None)
        with engine.looking(Scope(frozenset({"all"}))) as look:
            return look.nearest("мирабелл", 3), look.nearest("экзкуртаводом", 3)

    alone = offered(*shown)
    assert all(alone)
    assert offered(*shown, *hidden, farther) == alone
