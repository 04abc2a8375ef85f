"""Facts and money of care as a reader sees them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import format_compact_decimal, get_currency_symbol

from products.catalogue.care.queries import CaredFact
from wiki.errors import Refusal
from wiki.locale import language
from wiki.pages.categories import Tree
from wiki.pages.facts import Field, Kind, parse
from wiki.pages.queries import PageLine
from wiki.pages.showing import fact_text, shown_facts


def field_of(tree: Tree, category_id: int | None, key: str) -> Field:
    """The field of a fact on a page of that category; one of plain text when there is none."""
    fields = (field for field in tree.fields(category_id) if field.key == key)
    return next(fields, Field(key, key, key, Kind.TEXT))


def text_of(
    tree: Tree, fact: CaredFact, words: str, pages: Mapping[int, PageLine]
) -> tuple[str, str]:
    """The fact's name and what it says, in that language."""
    field = field_of(tree, fact.category_id, fact.key)
    shown = shown_facts((field,), {fact.key: fact.fact}, words, pages)
    return field.label(words), shown[0].text if shown else fact.value


def typed_text(field: Field, value: str) -> str:
    """What was typed once, in the reader's language; as it is when the field has changed since."""
    try:
        return fact_text(parse(field, value), field, language()) or value
    except Refusal:
        return value


def linked_by(facts: Sequence[CaredFact]) -> list[int]:
    """The ids of the pages that link facts lead to."""
    return [one.fact["page"] for one in facts if isinstance(one.fact, dict) and "page" in one.fact]


def money_text(stake: Mapping[str, Decimal], words: str) -> str:
    """Sums in words for a glance: `1.2M $, 300K ₽`; the largest first. Empty without any."""
    ordered = sorted(stake.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(_amount(amount, currency, words) for currency, amount in ordered)


@lru_cache(4096)
def _amount(amount: Decimal, currency: str, words: str) -> str:
    figure = format_compact_decimal(amount, fraction_digits=1, locale=Locale(words))
    sign = get_currency_symbol(currency, locale=words) if currency else ""
    return f"{figure}\u00a0{sign}".strip("\u00a0")
