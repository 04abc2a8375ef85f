"""Titles while typing: all whole words are there, and some word goes on as the last one.

Titles that begin just as typed come first, the shorter before the longer. The longer the typed
beginning, the fewer titles have it, so whatever was shown once for its own beginning stays.
"""

import numpy as np

from search.engine import Hit
from search.questions import SHORTEST_PREFIX, Beginning
from search.whoosh_engine.order import first_by, hits
from search.whoosh_engine.postings import Numbers, joined
from search.whoosh_engine.reach import Reach
from search.whoosh_engine.view import Mask, View


def titles(reach: Reach, beginning: Beginning, limit: int) -> tuple[Hit, ...]:
    """The reached documents with such a title."""
    view = reach.view
    opening = view.mask(_having(view, "openings", beginning.typed)) if beginning.typed else None
    found = _with_words(reach, beginning)
    if opening is None:
        opening = np.zeros(view.size, np.bool_)
    found |= opening & reach.mask
    numbers = np.flatnonzero(found)
    best = first_by(view, numbers, limit, (~opening[numbers], view.title_lengths[numbers]))
    return hits(view, best)


def _with_words(reach: Reach, beginning: Beginning) -> Mask:
    view, found = reach.view, reach.mask.copy()
    if not beginning:
        return np.zeros(view.size, np.bool_)
    for term in beginning.terms:
        found &= view.mask(view.numbers("title", term))
    if beginning.last:
        found &= view.mask(_going_on(view, beginning))
    return found


def _going_on(view: View, beginning: Beginning) -> Numbers:
    whole = view.numbers("title", beginning.last_term)
    if len(beginning.last) < SHORTEST_PREFIX:
        return whole
    return joined([whole, _having(view, "title_words", beginning.last)])


def _having(view: View, field: str, prefix: str) -> Numbers:
    """The documents with a term of this beginning in a listed field."""
    found, text = [], prefix.encode("utf-8", "replace")
    for leaf, offset in view.parts():
        if listed := leaf.vocabulary(field):
            found.append(listed.numbers(*listed.beginning(text)) + offset)
    return joined(found)
