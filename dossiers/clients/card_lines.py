"""The card of a client line by line, each with the fact that it is known from."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from dossiers.clients.card_words import value_text
from dossiers.clients.kinds import CardField
from dossiers.clients.provenance import KnownCard, KnownFact
from dossiers.clients.wording import FIELD_NAMES

#: Shown in other places of a dossier's first page.
ELSEWHERE = frozenset(
    (CardField.NAME, CardField.TAGS, CardField.STATE, CardField.TEAM, CardField.RESTRICTED)
)
_BY_NUMBER = (CardField.PARENT, CardField.TEAM)


class CardLine(NamedTuple):
    """One field of the card in the reader's words."""

    field: CardField
    label: str
    text: str
    fact: KnownFact


def card_lines(
    known: KnownCard,
    names: Mapping[CardField, str],
    without: Collection[CardField] = (),
) -> list[CardLine]:
    """The fields that are known. `names` are those of parent and team, as far as one sees them."""
    lines = []
    for field in CardField:
        fact = known.facts.get(field.value)
        value = names.get(field) if field in _BY_NUMBER else fact and fact.value
        if fact is None or field in without or (field in _BY_NUMBER and not value):
            continue
        lines.append(CardLine(field, str(FIELD_NAMES[field]), value_text(field.value, value), fact))
    return lines
