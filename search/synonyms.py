"""Expressions that mean the same in this house, as the parser and the engines see them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of expressions; each expression is the tuple of its terms."""

    groups: tuple[tuple[tuple[str, ...], ...], ...] = ()
