"""One generation of the index as a reader of some scope sees it."""

import numpy as np
from numpy.typing import NDArray

from search.engine import Hit, Near, Results
from search.questions import Beginning, Order, Question, Slot, Way
from search.whoosh_engine import facets, hints, words
from search.whoosh_engine.conditions import fitting
from search.whoosh_engine.kinship import add_kinship
from search.whoosh_engine.nearness import MOST_CANDIDATES, closeness
from search.whoosh_engine.order import first_by, hits
from search.whoosh_engine.postings import Numbers
from search.whoosh_engine.ranking import SAME_NAME, Scores, rank
from search.whoosh_engine.reach import ANYWHERE, Reach
from search.whoosh_engine.view import Mask


class WhooshLook:
    """A `search.engine.Look`. It may outlive a write and then answers as before it."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def search(self, question: Question, limit: int, offset: int = 0) -> Results:
        """See `Look`."""
        if not question:
            return Results(0, ())
        found = fitting(self._reach, question)
        scores = self._score(question, found)
        numbers = np.flatnonzero(found)
        worded = question.slots or question.phrases
        order = question.order if worded or question.order is Order.OLDEST else Order.NEWEST
        best = self._first(order, numbers, scores, offset + limit)[offset:]
        counts = facets.counts(self._reach.view, found)
        return Results(len(numbers), hits(self._reach.view, best, scores), counts)

    def suggest(self, beginning: Beginning, limit: int) -> tuple[Hit, ...]:
        """See `Look`."""
        return hints.titles(self._reach, beginning, limit) if beginning else ()

    def count(self, term: str) -> int:
        """See `Look`."""
        return int(np.count_nonzero(self._reach.holding(ANYWHERE, term)))

    def nearest(self, word: str, limit: int) -> tuple[Near, ...]:
        """See `Look`."""
        return words.nearest(self._reach, word, limit)

    def beginning_with(self, prefix: str, limit: int) -> tuple[str, ...]:
        """See `Look`."""
        return words.beginning_with(self._reach, prefix, limit)

    def _score(self, question: Question, found: Mask) -> NDArray[np.float64]:
        """The scores; documents without any word of the question are taken out of `found`."""
        slots = question.slots or tuple(Slot((Way(phrase),)) for phrase in question.phrases)
        scores, held = rank(self._reach, slots)
        named = self._reach.holding(("names",), question.whole) if question.whole else None
        if question.slots:
            found &= (held > 0) if named is None else (held > 0) | named
        self._add_nearness(slots, found, scores)
        add_kinship(self._reach, question.spelt, found, scores)
        if named is not None:
            scores[named] += SAME_NAME
        return scores.astype(np.float64).round(4)

    def _add_nearness(self, slots: tuple[Slot, ...], found: Mask, scores: Scores) -> None:
        if len(slots) > 1:
            numbers = np.flatnonzero(found)
            best = np.sort(self._first(Order.FIT, numbers, scores, MOST_CANDIDATES))
            scores[best] += closeness(self._reach, slots, best)

    def _first(
        self, order: Order, numbers: Numbers, scores: NDArray[np.floating], count: int
    ) -> Numbers:
        view = self._reach.view
        if order is Order.FIT:
            return first_by(view, numbers, count, (-scores[numbers],))
        changed = view.column("changed")[numbers]
        newest = (-changed, -scores[numbers])
        return first_by(
            view, numbers, count, newest if order is Order.NEWEST else (changed, newest[1])
        )
