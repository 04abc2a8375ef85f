"""Products as a table: which facts make good columns."""

from collections.abc import Sequence

from products.catalogue.queries import Card
from wiki.pages.facts import Field, Kind

MOST_COLUMNS = 4


def columns_of(fields: Sequence[Field], cards: Sequence[Card]) -> list[Field]:
    """The first few facts that at least one of the products has; links say too little."""
    useful = (f for f in fields if f.kind is not Kind.LINK and any(f.key in c.facts for c in cards))
    return list(useful)[:MOST_COLUMNS]
