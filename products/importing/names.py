"""What packages above have decided that a product's name means: which page.

A person who said once that «GTXPro» is the page «GTX Pro» need not say it again for a list.
"""

from collections.abc import Callable, Collection, Mapping

from sqlalchemy.orm import Session

Decided = Callable[[Session, Collection[str]], Mapping[str, int]]
"""Folded names → the pages that somebody has decided them to be; other names are left out."""

_known: dict[str, Decided] = {}


def know_names(name: str, decided: Decided) -> None:
    """Let `decided` be asked what names of products mean."""
    _known[name] = decided


def decided_pages(session: Session, folded: Collection[str]) -> dict[str, int]:
    """The pages that these folded names were decided to be."""
    found: dict[str, int] = {}
    for decided in _known.values():
        found |= decided(session, folded)
    return found
