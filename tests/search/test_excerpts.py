from hypothesis import given
from hypothesis import strategies as st

from search.analysis import Spotter, terms, tokens
from search.excerpts import LENGTH, excerpt, mark, plain


def about(question: str) -> Spotter:
    return Spotter(terms(question))


texts = st.text(st.sampled_from("абвг скидка звонок. \n!"), max_size=2_000)


def test_every_form_of_a_word_is_marked() -> None:
    pieces = mark("Скидки: кому даются скидками", about("скидка"))
    assert [piece.text for piece in pieces if piece.marked] == ["Скидки", "скидками"]


def test_the_sentence_with_the_words_is_shown_and_not_the_beginning() -> None:
    text = "Начало о другом. " * 60 + "Скидка даётся директором по звонку. " + "Конец. " * 60
    shown = excerpt(text, about("скидка звонок"))
    assert plain(shown).startswith("… Скидка даётся директором по звонку.")
    assert plain(shown).endswith("…")


def test_the_part_with_more_different_words_wins() -> None:
    text = "Скидка скидка скидка. " + "Пусто здесь. " * 60 + "Скидка и звонок рядом. "
    assert "звонок рядом" in plain(excerpt(text, about("скидка звонок")))


def test_without_the_words_the_beginning_is_shown() -> None:
    assert plain(excerpt("Первая строка. Вторая.", about("звонок"))) == "Первая строка. Вторая."


def test_a_code_is_marked_once_as_a_whole() -> None:
    pieces = mark("Артикул A-12/3 есть", about("A-12/3"))
    assert "".join(piece.text for piece in pieces) == "Артикул A-12/3 есть"
    assert "A-12/3" in [piece.text for piece in pieces if piece.marked]


def test_words_far_apart_are_shown_in_two_parts() -> None:
    text = "Скидка даётся всем. " + "Пусто здесь. " * 60 + "Решает звонок директору. " + "Да. " * 60
    shown = plain(excerpt(text, about("скидка звонок")))
    assert shown.startswith("Скидка даётся всем.")
    assert " … Решает звонок директору." in shown
    assert len(shown) <= LENGTH + len("…  …  …")


def test_two_parts_are_not_shown_when_one_has_all_words() -> None:
    text = (
        "Скидка здесь. " + "Пусто. " * 60 + "Скидка и звонок вместе. " + "Пусто. " * 60 + "Звонок."
    )
    assert plain(excerpt(text, about("скидка звонок"))).startswith("… Скидка и звонок вместе.")


@given(texts)
def test_an_excerpt_is_short_and_taken_from_the_text(text: str) -> None:
    shown = plain(excerpt(text, about("скидка звонок")))
    assert len(shown) <= LENGTH + len("…  …  …")
    for part in shown.removeprefix("… ").removesuffix(" …").split(" … "):
        assert part.strip() in " ".join(f" {text} ".split())


@given(
    st.text(st.sampled_from("аб12- .,+\n7(5"), max_size=80),
    st.lists(st.sampled_from(["аб", "б", "12", "7", "1225", "аб-12"]), min_size=1, max_size=3),
)
def test_places_found_piece_by_piece_are_those_of_the_whole_analysis(
    text: str, words: list[str]
) -> None:
    wanted = set(terms(" ".join(words)))
    slowly = [token for token in tokens(text) if token.term in wanted]
    quickly = Spotter(wanted).places(text)
    assert {token[:4] for token in quickly} == {token[:4] for token in slowly}


def test_a_telephone_is_marked_whole_in_any_spelling() -> None:
    pieces = mark("Звоните +7 (495) 123-45-67 днём", about("84951234567"))
    assert [piece.text for piece in pieces if piece.marked] == ["+7 (495) 123-45-67"]


@given(st.text(max_size=300), st.text(max_size=50))
def test_marking_loses_no_character(text: str, question: str) -> None:
    assert plain(mark(text, about(question))) == text
