from datetime import UTC, datetime

from search.documents import Label
from search.questions import Order
from search.whoosh_engine import WhooshEngine
from search.whoosh_engine.facets import MOST_VALUES
from tests.search.conftest import document, find, put


def test_facets_are_counted_over_all_hits(engine: WhooshEngine) -> None:
    pumps, equipment = Label(2, "Насосы", "Pumps"), Label(1, "Техника", "Equipment")
    put(
        engine,
        *(document(n, "Скидка", tags=("Хит",), categories=(equipment,)) for n in range(1, 61)),
        document(70, "Скидка", language="en", categories=(equipment, pumps)),
        document(71, "Иное", kind="file", client=pumps, owner=equipment, tags=("Скидка",)),
        document(72, "Иное"),
    )
    counts = find(engine, "скидка").counts
    assert counts["kind"] == {"page": 61, "file": 1}
    assert counts["language"] == {"ru": 61, "en": 1}
    assert counts["category"] == {"1": 61, "2": 1}
    assert counts["tag"] == {"хит": 60, "скидка": 1}
    assert counts["client"] == {"2": 1}
    assert counts["owner"] == {"1": 1}


def test_facets_follow_every_write_and_merge(engine: WhooshEngine) -> None:
    for number in range(15):
        put(engine, document(number, "Скидка", tags=("четное" if number % 2 == 0 else "нечетное",)))
    put(engine, document(0, "Скидка", tags=("нечетное",)), gone=(2,))
    expected = {"нечетное": 8, "четное": 6}
    assert find(engine, "скидка").counts["tag"] == expected
    with engine.writing():
        assert engine.tidy()
        assert not engine.tidy()
    assert find(engine, "скидка").counts["tag"] == expected
    put(engine, document(99, "Скидка", tags=("новое",)))
    assert find(engine, "скидка").counts["tag"] == {**expected, "новое": 1}


def test_days_of_change_are_counted(engine: WhooshEngine) -> None:
    put(
        engine,
        document(1, "Скидка", changed_at=datetime(1970, 1, 2, 23, tzinfo=UTC)),
        document(2, "Скидка", changed_at=datetime(1970, 1, 2, 1, tzinfo=UTC)),
        document(3, "Скидка", changed_at=datetime(1970, 1, 4, tzinfo=UTC)),
    )
    assert find(engine, "скидка", order=Order.OLDEST).counts["day"] == {"1": 2, "3": 1}


def test_only_the_most_frequent_values_are_told(engine: WhooshEngine) -> None:
    put(engine, *(document(n, "Скидка", tags=(f"метка{n}", "общая")) for n in range(100)))
    told = find(engine, "скидка").counts["tag"]
    assert len(told) == MOST_VALUES
    assert next(iter(told.items())) == ("общая", 100)
    assert told == find(engine, "скидка").counts["tag"]


def test_a_value_may_hold_any_sign(engine: WhooshEngine) -> None:
    put(engine, document(1, "Скидка", tags=("a=b\nc",)))
    assert find(engine, "скидка").counts["tag"] == {"a=b\nc": 1}
    assert find(engine, "", marks=("tag=a=b\nc",)).total == 1
