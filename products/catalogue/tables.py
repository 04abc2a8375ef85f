"""Products as tables: which facts make good columns, and products side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from products.catalogue.queries import Card
from wiki.pages.facts import Field, Kind
from wiki.pages.showing import ShownFact

MOST_COLUMNS = 4


def columns_of(fields: Sequence[Field], cards: Sequence[Card]) -> list[Field]:
    """The first few facts that at least one of the products has; links say too little."""
    useful = (f for f in fields if f.kind is not Kind.LINK and any(f.key in c.facts for c in cards))
    return list(useful)[:MOST_COLUMNS]


@dataclass(frozen=True)
class CompareRow:
    """One fact of several products; `differs` when they do not all say the same."""

    label: str
    cells: list[ShownFact | None]
    differs: bool


def compare_rows(shown: Sequence[Sequence[ShownFact]]) -> list[CompareRow]:
    """All facts of the products, in the order in which they first appear."""
    labels = {fact.key: fact.label for facts in shown for fact in facts}
    by_key = [{fact.key: fact for fact in facts} for facts in shown]
    return [_row(label, [facts.get(key) for facts in by_key]) for key, label in labels.items()]


def _row(label: str, cells: list[ShownFact | None]) -> CompareRow:
    texts = {cell.text if cell else "" for cell in cells}
    return CompareRow(label, cells, len(texts) > 1)
