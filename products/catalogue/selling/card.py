"""The card for a sales talk: the parts of a page, its facts, and what it links to; plain values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from products.catalogue.selling.parts import Part, PartKind, Parts, Row
from products.catalogue.selling.queries import LinkedProduct
from products.catalogue.selling.words import plain
from wiki.pages.facts import Field, Kind
from wiki.pages.showing import ShownFact, fact_text
from wiki.rendering.titles import fold_title


@dataclass(frozen=True, slots=True)
class Criterion:
    """A row beside the competitors: what is compared, what we have, what each of them has.

    `fact` is what the page's own fact says of it, where the text says something else.
    """

    name: str
    ours: str
    theirs: Sequence[str]
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A product to offer with this one or instead; `product` is absent while nobody wrote it."""

    title: str
    note: str
    product: LinkedProduct | None


def criteria(part: Part, fields: Iterable[Field], facts: Iterable[ShownFact]) -> list[Criterion]:
    """The rows of the competitors beside our facts of the same name in either language."""
    texts = {fact.key: fact.text for fact in facts if fact.text}
    by_name = {
        fold_title(label): texts[field.key]
        for field in fields
        for label in (field.label_ru, field.label_en)
        if field.key in texts
    }
    return [_criterion(row, by_name) for row in part.rows]


def offers(part: Part, linked: Mapping[str, LinkedProduct]) -> list[Offer]:
    """The products of a part with their pages."""
    return [Offer(title, note, linked.get(fold_title(title)[:300])) for title, note in part.rows]


def shown_kinds(parts: Parts) -> list[PartKind]:
    """The parts that say something, in the order of a talk: why, what if, who else, what not."""
    order = (
        PartKind.BENEFITS,
        PartKind.OBJECTIONS,
        PartKind.COMPETITORS,
        PartKind.LIMITS,
        PartKind.AUDIENCE,
        PartKind.RELATED,
        PartKind.REPLACEMENTS,
    )
    return [kind for kind in order if not parts[kind].is_empty]


def price_of(facts: Mapping[str, Any], fields: Iterable[Field], language: str) -> str:
    """The first price among facts, in words; empty when there is none."""
    prices = (field for field in fields if field.kind is Kind.MONEY)
    texts = (fact_text(facts.get(field.key), field, language) for field in prices)
    return next((text for text in texts if text), "")


def _criterion(row: Row, by_name: Mapping[str, str]) -> Criterion:
    name, ours, *theirs = row
    fact = by_name.get(fold_title(plain(name)).rstrip(" :"), "")
    if not ours:
        return Criterion(name, fact, theirs)
    differs = fact and _bare(fact) not in _bare(plain(ours))
    return Criterion(name, ours, theirs, fact if differs else "")


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()
