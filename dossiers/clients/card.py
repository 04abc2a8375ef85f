"""The card of a client as plain values: what may stand in it, and in which form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dossiers.clients.countries import is_country
from dossiers.clients.kinds import CardField, State
from dossiers.clients.mail_domains import domains_of
from dossiers.clients.tax_numbers import tax_number_of
from wiki.errors import Refusal
from wiki.pages.content import one_line, unique_tags
from wiki.pages.rules import LONGEST_TAG, MOST_TAGS

LONGEST_NAME = 250
LONGEST_LEGAL_NAME = 300
LONGEST_GROUP = 100


@dataclass(frozen=True, slots=True)
class Card:
    """Everything on the card; `parent` and `team` are numbers."""

    name: str = ""
    legal_name: str = ""
    country: str = ""
    tax_number: str = ""
    domains: tuple[str, ...] = ()
    segment: str = ""
    region: str = ""
    tags: tuple[str, ...] = ()
    state: State = State.ACTIVE
    parent: int | None = None
    team: int | None = None
    restricted: bool = False

    def values(self) -> dict[CardField, Any]:
        """Each field as it is kept in the facts."""
        found = {field: getattr(self, field.value) for field in CardField}
        return {f: list(v) if isinstance(v, tuple) else v for f, v in found.items()}

    def but(self, changes: Mapping[str, Any]) -> "Card":
        """The card with these fields changed, by their codes."""
        return replace(self, **changes)


def card_from(values: Mapping[str, Any]) -> Card:
    """The card that these facts make; what is not known is empty."""
    known = {field.value: values[field] for field in CardField if values.get(field) is not None}
    for name in (CardField.DOMAINS, CardField.TAGS):
        known[name.value] = tuple(known.get(name.value, ()))
    return Card(**known).but({"state": State(known.get("state", State.ACTIVE))})


def is_empty(value: Any) -> bool:
    """Whether a field with this value says nothing."""
    return value is None or value == "" or value == []


def tidy(card: Card) -> Card:
    """The card in its canonical form. Raises `Refusal` for what cannot stand there."""
    country = card.country.strip().upper()
    _check_country(country)
    return replace(
        card,
        name=_name(card.name),
        legal_name=_line(card.legal_name, LONGEST_LEGAL_NAME),
        country=country,
        tax_number=tax_number_of(country, one_line(card.tax_number)).number,
        domains=domains_of(card.domains),
        segment=_line(card.segment, LONGEST_GROUP),
        region=_line(card.region, LONGEST_GROUP),
        tags=_tags(card.tags),
    )


def _name(typed: str) -> str:
    name = _line(typed, LONGEST_NAME)
    if not any(character.isalnum() for character in name):
        raise Refusal("A client needs a name. Nothing was changed.")
    return name


def _line(typed: str, longest: int) -> str:
    line = one_line(typed)
    if len(line) > longest:
        raise Refusal(
            "The text has %(length)d characters; %(limit)d is the limit. Nothing was changed. "
            "Shorten it and try again.",
            length=len(line),
            limit=longest,
        )
    return line


def _check_country(code: str) -> None:
    if code and not is_country(code):
        raise Refusal("There is no country %(code)s. Nothing was changed.", code=code[:20])


def _tags(typed: Iterable[str]) -> tuple[str, ...]:
    tags = unique_tags(typed)
    if len(tags) > MOST_TAGS:
        raise Refusal(
            "A client has at most %(limit)d tags. Nothing was changed. Take some out.",
            limit=MOST_TAGS,
        )
    if any(len(tag) > LONGEST_TAG for tag in tags):
        raise Refusal("A tag has at most %(limit)d characters.", limit=LONGEST_TAG)
    return tags
