"""The words of the reached documents: those that begin so, and those that are spelt like one."""

from collections import Counter
from collections.abc import Callable

import numpy as np

from search.engine import Near
from search.whoosh_engine.leaf import Leaf
from search.whoosh_engine.reach import Reach
from search.whoosh_engine.spelling import Spelling, Spelt

_MOST_LETTERS = 64

_Finding = Callable[[Spelling, str], list[Spelt]]


def beginning_with(reach: Reach, prefix: str, limit: int) -> tuple[str, ...]:
    """The words with this beginning, those in the most documents first."""
    found: Counter[str] = Counter()
    for leaf, offset in reach.view.parts():
        found.update(_counted(reach, leaf, offset, prefix.encode("utf-8", "replace")))
    return tuple(sorted(found, key=lambda word: (-found[word], word))[:limit])


def nearest(reach: Reach, word: str, limit: int) -> tuple[Near, ...]:
    """The words that are spelt most like this one; itself is none of them.

    Words of other documents neither crowd out those of the reached ones nor keep the farther
    search from being made, so that what is offered tells nothing of what is hidden.
    """
    if len(word) > _MOST_LETTERS:
        return ()
    near = _reached(reach, word, limit, Spelling.near)
    return near or _reached(reach, word, limit, Spelling.far)


def _reached(reach: Reach, word: str, limit: int, finding: _Finding) -> tuple[Near, ...]:
    spellings = (leaf.spelling for leaf in reach.view.leaves)
    spelt = {found for spelling in spellings if spelling for found in finding(spelling, word)}
    found: list[Near] = []
    for one in sorted(spelt, key=lambda one: (-one.likeness, one.word)):
        if len(found) >= limit and one.likeness < found[-1].likeness:
            break
        if one.word != word and (count := documents_with(reach, one.word)):
            found.append(Near(one.word, one.likeness, count))
    return tuple(sorted(found, key=lambda one: (-one.likeness, -one.count, one.word))[:limit])


def documents_with(reach: Reach, word: str) -> int:
    """How many reached documents have the word in just this spelling."""
    text, count = word.encode("utf-8", "replace"), 0
    for leaf, offset in reach.view.parts():
        words = leaf.vocabulary("words")
        place = words.place(text) if words else None
        if words and place is not None:
            count += int(np.count_nonzero(reach.mask[words.numbers(place, place + 1) + offset]))
    return count


def _counted(reach: Reach, leaf: Leaf, offset: int, prefix: bytes) -> dict[str, int]:
    words = leaf.vocabulary("words")
    if words is None:
        return {}
    first, after = words.beginning(prefix)
    if first == after:
        return {}
    reached = reach.mask[words.numbers(first, after) + offset]
    starts = words.starts[first:after].astype(np.int64) - int(words.starts[first])
    often = np.add.reduceat(reached.astype(np.int64), starts)
    places = np.flatnonzero(often).tolist()
    return {words[first + place].decode(): int(often[place]) for place in places}
