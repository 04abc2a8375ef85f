"""Products as tables."""

from datetime import UTC, datetime
from typing import Any

from products.catalogue.queries import Card
from products.catalogue.tables import columns_of
from wiki.pages.facts import Field, Kind

FIELDS = tuple(Field(f"f{n}", f"Ф{n}", f"F{n}", Kind.TEXT) for n in range(6))
LINK = Field("sheet", "Лист", "Sheet", Kind.LINK)


def card(**facts: Any) -> Card:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    return Card(1, "a", "en", 1, "A", None, facts, [], now, None)


def test_columns_are_the_first_facts_that_some_product_has() -> None:
    cards = [card(f1="a", sheet={"page": 1}), card(f0="b", f3="c", f4="d", f5="e")]
    assert [f.key for f in columns_of((LINK, *FIELDS), cards)] == ["f0", "f1", "f3", "f4"]
    assert columns_of(FIELDS, []) == []
