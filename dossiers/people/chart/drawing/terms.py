"""The words that stand in a drawing, in the language of whoever takes it out."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Terms:
    """Title and line below it, and a word for everything that a box can say."""

    title: str
    subtitle: str
    vacant: str = "vacant"
    unknown: str = "not known who"
    acting: str = "acting"
    guess: str = "a guess"
    more: str = "and %(count)d more"
    unplaced: str = "Without a known position"
    dotted: str = "dotted line"
    kinds: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    attitudes: Mapping[str, str] = field(default_factory=dict)
