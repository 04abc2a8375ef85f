"""One side of a merge seen from the base: what became of its blocks, and what was added."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wiki.pages.blocks import Document, likeness, pair_blocks
from wiki.pages.matching import Budget

SPLIT = 0.7

# The first and the last block of a piece of text, in the numbering of one document.
Blocks = tuple[int, int]


@dataclass(frozen=True)
class Addition:
    """Blocks one side put somewhere into gaps `first` to `last` of the base."""

    first: int
    last: int
    blocks: range

    def meets(self, other: "Addition") -> bool:
        """Whether both may stand in one gap."""
        return self.first <= other.last and other.first <= self.last


@dataclass
class Side:
    """One side seen from the base: what became of each base block, and what was added."""

    document: Document
    became: dict[int, Blocks]
    additions: list[Addition]

    def text_of(self, block: int) -> str:
        """Return what this side made of a base block; empty when it was removed."""
        return self.document.part(*self.became[block]) if block in self.became else ""


def side_of(root: Document, document: Document, budget: Budget) -> Side:
    """Compare a side's document with the base's."""
    pairs = pair_blocks(root.texts, document.texts, budget)
    became = _with_split_off(root, document, pairs)
    additions = []
    gap = block = 0
    for paired, (first, last) in [*became.items(), (len(root.texts), (len(document.texts), 0))]:
        if block < first:
            additions.append(Addition(gap, paired, range(block, first)))
        gap, block = paired + 1, last + 1
    return Side(document, became, additions)


def _with_split_off(
    root: Document, document: Document, pairs: Sequence[tuple[int, int]]
) -> dict[int, Blocks]:
    """Add to each pair the next new block, or the one before, when it was split off the old one."""
    became: dict[int, Blocks] = {}
    taken = -1
    for (old, new), (_, end) in pairwise([*pairs, (len(root.texts), len(document.texts))]):
        whole = root.texts[old]
        first, last = new, new
        if whole != document.texts[new]:
            if taken < first - 1 and _closer(whole, document, (first - 1, last), (first, last)):
                first -= 1
            if last + 1 < end and _closer(whole, document, (first, last + 1), (first, last)):
                last += 1
        became[old] = (first, last)
        taken = last
    return became


def _closer(whole: str, document: Document, longer: Blocks, shorter: Blocks) -> bool:
    together = likeness(whole, document.part(*longer))
    return together >= SPLIT and together > likeness(whole, document.part(*shorter))
