"""Terms as a reader sees them: in the reader's language, else in the other one."""

from typing import NamedTuple

from products.catalogue.terms.finding import Found


class ShownTerm(NamedTuple):
    """A term, the words that stand in the text, what else it is called, and what it means."""

    id: int
    name: str
    words: str
    others: tuple[str, ...]
    explanation: str
    language: str


def shown(found: Found, language: str) -> ShownTerm:
    """The term for a reader of that language."""
    ru, en = found.term.explanations
    russian = bool(ru) if language == "ru" else not en
    others = tuple(one for one in found.term.expressions[1:] if one != found.words)
    return ShownTerm(
        found.term.group_id,
        found.term.name,
        found.words,
        others,
        ru if russian else en,
        "ru" if russian else "en",
    )
