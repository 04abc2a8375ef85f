"""The rule: does a new version say something else, so that those who read it must read again.

What differs asks again unless it is of a kind that is known to be harmless: punctuation, slips of
the pen, bent words, the order of words, fillers, dress, headings' levels, links' targets, moved
paragraphs, ways to write a number or a day, an editor's synonyms, tags and the shelf.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from products.onboarding.weight.reasons import Reason, ReasonKind, Weight, weight_of
from products.onboarding.weight.texts import weigh_texts, weigh_words
from wiki.pages.content import Content, FactValue

MOST_REASONS = 40
_LONGEST_VALUE = 200
_FIGURES = ("value", "amount")


def weigh(before: Content, after: Content, language: str) -> Weight:
    """Whether whoever knows `before` must read `after`, and the reasons (40 at most).

    Both are in their canonical form, as revisions keep them. Takes a few milliseconds; a text of
    which more than 20,000 letters changed is not looked at word by word and must be read again.
    """
    reasons = [
        *_title(before, after, language),
        *_facts(before, after, language),
        *weigh_texts(before.body, after.body, language),
    ]
    if before.archived and not after.archived:
        reasons.append(Reason(ReasonKind.BACK))
    return weight_of(tuple(reasons[:MOST_REASONS]))


def _title(before: Content, after: Content, language: str) -> list[Reason]:
    if not weigh_words(before.title, after.title, language):
        return []
    return [Reason(ReasonKind.TITLE, before.title[:_LONGEST_VALUE], after.title[:_LONGEST_VALUE])]


def _facts(before: Content, after: Content, language: str) -> Iterator[Reason]:
    for key in sorted({*before.facts, *after.facts}):
        old, new = before.facts.get(key), after.facts.get(key)
        if not _same_fact(old, new, language):
            yield Reason(ReasonKind.FACT, f"{key}: {_said(old)}", f"{key}: {_said(new)}")


def _same_fact(old: FactValue | None, new: FactValue | None, language: str) -> bool:
    if isinstance(old, str) and isinstance(new, str):
        return not weigh_words(old, new, language)
    if isinstance(old, dict) and isinstance(new, dict):
        return _canonical(old) == _canonical(new)
    return old == new


def _canonical(value: Mapping[str, object]) -> dict[str, object]:
    return {key: _figure(part) if key in _FIGURES else part for key, part in value.items()}


def _figure(part: object) -> object:
    try:
        return Decimal(str(part))
    except InvalidOperation:
        return part


def _said(value: FactValue | None) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values())[:_LONGEST_VALUE]
    return str(value)[:_LONGEST_VALUE]
