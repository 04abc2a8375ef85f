"""Facts and tables of contents as a reader sees them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import dates, numbers
from flask_babel import gettext as _

from wiki.pages.facts import Field, Kind, as_date, unit_name
from wiki.pages.queries import PageLine

# Many pages have the same prices, weights and dates, and Babel takes its time over each.
format_date = lru_cache(4096)(dates.format_date)
format_currency = lru_cache(4096)(numbers.format_currency)
format_decimal = lru_cache(4096)(numbers.format_decimal)

_LETTERS_BEFORE_FIGURE = re.compile(r"(?<=[A-Z])(?=\d)")


@dataclass(frozen=True)
class ShownFact:
    """A fact with its name, its text, and where it leads if it is a link."""

    key: str
    label: str
    text: str
    url: str = ""
    missing: bool = False


def linked_pages(facts: Mapping[str, Any]) -> list[int]:
    """The ids of the pages that link facts lead to."""
    return [v["page"] for v in facts.values() if isinstance(v, dict) and "page" in v]


def shown_facts(
    fields: Iterable[Field],
    facts: Mapping[str, Any],
    language: str,
    pages: Mapping[int, PageLine] | None = None,
) -> list[ShownFact]:
    """The facts in the order of the category's fields; a required one that is absent says so."""
    fields = tuple(fields)
    shown = [_shown(f, facts.get(f.key), language, pages or {}) for f in fields]
    known = {f.key for f in fields}
    strays = [Field(key, key, key, Kind.TEXT) for key in facts if key not in known]
    shown += [_shown(f, facts[f.key], language, pages or {}) for f in strays]
    return [fact for fact in shown if fact.text or fact.missing]


def fact_text(value: Any, field: Field, language: str) -> str:
    """A canonical value as words and figures of that language."""
    match value:
        case None:
            return ""
        case bool():
            return str(_("yes") if value else _("no"))
        case {"amount": amount, "currency": currency}:
            text = str(format_currency(Decimal(amount), currency, locale=language))
            # Babel leaves out the space that a sign made of letters needs: RUB12.50.
            return _LETTERS_BEFORE_FIGURE.sub("\u00a0", text)
        case {"value": number, "unit": unit}:
            figure = format_decimal(Decimal(number), locale=language)
            return f"{figure}\u00a0{unit_name(unit, language)}".strip()
        case {"url": url}:
            return str(url)
        case {"page": page}:
            return f"/pages/{page}"
    return _plain_text(str(value), field, language)


def _plain_text(value: str, field: Field, language: str) -> str:
    if field.kind is Kind.DATE and (day := as_date(value)):
        return format_date(day, "long", locale=language)
    if field.kind is Kind.CHOICE:
        labels = {choice.code: choice.label(language) for choice in field.choices}
        return labels.get(value, value)
    return value


def _shown(field: Field, value: Any, language: str, pages: Mapping[int, PageLine]) -> ShownFact:
    label, text = field.label(language), fact_text(value, field, language)
    if isinstance(value, dict) and "page" in value:
        line = pages.get(value["page"])
        return ShownFact(field.key, label, line.title if line else "…", line.url if line else "")
    url = str(value["url"]) if isinstance(value, dict) and "url" in value else ""
    return ShownFact(field.key, label, text, url, missing=field.required and not text)


@dataclass(frozen=True)
class TocLine:
    """One heading of a page and the headings below it."""

    anchor: str
    text: str
    below: list["TocLine"]


def nested_toc(toc: Sequence[Sequence[Any]], deepest: int = 3) -> list[TocLine]:
    """The flat list of (level, anchor, text) as a tree; headings below `deepest` are left out."""
    top: list[TocLine] = []
    open_lists: list[tuple[int, list[TocLine]]] = [(0, top)]
    for level, anchor, text in toc:
        if level > deepest:
            continue
        while len(open_lists) > 1 and open_lists[-1][0] >= level:
            open_lists.pop()
        line = TocLine(anchor, text, [])
        open_lists[-1][1].append(line)
        open_lists.append((level, line.below))
    return top
