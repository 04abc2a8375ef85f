"""Titles while typing: all whole words are there, and some word goes on as the last one."""

from collections.abc import Set as AbstractSet

from search.questions import SHORTEST_PREFIX, Beginning
from search.whoosh_engine.view import View

_MOST_WORDS = 100


def titles(view: View, beginning: Beginning, allowed: AbstractSet[int]) -> list[int]:
    """The allowed documents with such a title, the shortest title first."""
    found = allowed
    for term in beginning.terms:
        found = found & {number for number, _ in view.postings("title", term)}
    if beginning.last:
        found = found & _going_on(view, beginning)
    return sorted(found, key=lambda number: (view.length("title", number), str(view.key(number))))


def _going_on(view: View, beginning: Beginning) -> set[int]:
    found = {number for number, _ in view.postings("title", beginning.last_term)}
    if len(beginning.last) >= SHORTEST_PREFIX:
        for word in view.beginning_with("title_words", beginning.last, _MOST_WORDS):
            found.update(number for number, _ in view.postings("title_words", word))
    return found
