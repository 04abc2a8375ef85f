import random

import pytest
from rapidfuzz.distance import OSA

from search.whoosh_engine import WhooshEngine
from search.whoosh_engine.spelling import most_slips
from tests.search.conftest import EVERYONE, document, put

WORDS = "лицензия договор поставка биллинг оформление счет банк quotation warranty invoice"


def nearest(engine: WhooshEngine, word: str, limit: int = 5) -> list[str]:
    with engine.looking(EVERYONE) as look:
        return [near.word for near in look.nearest(word, limit)]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("лицнзия", "лицензия"),
        ("лиццензия", "лицензия"),
        ("лицезния", "лицензия"),
        ("кицензия", "лицензия"),
        ("ицензия", "лицензия"),
        ("дагавор", "договор"),
        ("бнак", "банк"),
        ("счт", "счет"),
        ("warrenty", "warranty"),
        ("nivoice", "invoice"),
        ("qoutaton", "quotation"),
        ("оформленеи", "оформление"),
    ],
)
def test_a_slip_finds_the_word_that_was_meant(engine: WhooshEngine, slip: str, meant: str) -> None:
    put(engine, document(1, "Слова", WORDS), document(2, "Прочее", "один два три"))
    assert nearest(engine, slip)[0] == meant


def test_what_is_spelt_quite_otherwise_is_not_near(engine: WhooshEngine) -> None:
    put(engine, document(1, "Слова", WORDS))
    assert nearest(engine, "экскаватор") == []
    assert nearest(engine, "кот") == []


def test_a_word_like_none_is_looked_for_by_half_of_its_letters(engine: WhooshEngine) -> None:
    put(engine, document(1, "Слова", WORDS))
    assert nearest(engine, "офармлэннне") == ["оформление"]
    assert nearest(engine, "бэнг") == []


def test_no_word_within_the_slips_is_missed(engine: WhooshEngine) -> None:
    dice = random.Random(4)
    words = {"".join(dice.choices("абвгдabc", k=dice.randint(2, 9))) for _ in range(800)}
    put(engine, document(1, "", " ".join(words)), *(document(n, f"Имя{n}") for n in range(2, 5)))
    for asked in sorted(words)[::40]:
        near = {w for w in words - {asked} if OSA.distance(asked, w) <= most_slips(asked)}
        assert set(nearest(engine, asked, 1_000)) >= near


def test_the_likelier_comes_first_then_the_more_frequent(engine: WhooshEngine) -> None:
    put(
        engine,
        document(1, "А", "доставка"),
        document(2, "Б", "поставка"),
        document(3, "В", "поставка поставщик"),
    )
    with engine.looking(EVERYONE) as look:
        near = look.nearest("аоставка", 5)
    assert [one.word for one in near][:2] == ["поставка", "доставка"]
    assert near[0].count == 2
    assert all(0 < one.likeness < 1 for one in near)


def test_words_of_all_segments_are_counted_together(engine: WhooshEngine) -> None:
    for number in range(5):
        put(engine, document(number, "А", "договор договоренность"))
    put(engine, document(7, "А", "договора"), document(8, "А", "договора договор"))
    with engine.looking(EVERYONE) as look:
        assert look.beginning_with("догов", 5) == ("договор", "договоренность", "договора")
        assert look.nearest("довогор", 1)[0].count == 6
        assert look.count("договор") == 7


def test_a_beginning_is_the_whole_word_too(engine: WhooshEngine) -> None:
    put(engine, document(1, "Договор", "дог"))
    with engine.looking(EVERYONE) as look:
        assert look.beginning_with("договор", 5) == ("договор",)
        assert look.beginning_with("договора", 5) == ()
        assert look.beginning_with("", 5) == ("дог", "договор")
