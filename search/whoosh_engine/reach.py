"""What a scope reaches of one generation: nothing else is ever counted, ranked or named."""

import numpy as np

from search.engine import Scope
from search.whoosh_engine.postings import Numbers, joined
from search.whoosh_engine.schema import RANKED
from search.whoosh_engine.view import Mask, View

ANYWHERE = RANKED


class Reach:
    """The documents of a scope."""

    def __init__(self, view: View, mask: Mask) -> None:
        self.view, self.mask = view, mask
        self.count = int(np.count_nonzero(mask))
        self.averages = {field: _average(view, field, mask, self.count) for field in RANKED}

    def less(self, hidden: Numbers) -> "Reach":
        """The same without these documents."""
        fewer = Reach.__new__(Reach)
        fewer.view, fewer.mask = self.view, self.mask.copy()
        fewer.mask[hidden] = False
        fewer.count = int(np.count_nonzero(fewer.mask))
        fewer.averages = self.averages
        return fewer

    def holding(self, fields: tuple[str, ...], term: str) -> Mask:
        """The reached documents with the term in any of these fields."""
        found = joined([self.view.numbers(field, term) for field in fields])
        return self.view.mask(found) & self.mask


class Reaches:
    """Remembers what the scopes of one generation reach."""

    def __init__(self, view: View, most: int = 64) -> None:
        self.view, self._most = view, most
        self._known: dict[frozenset[str], Reach] = {}

    def of(self, scope: Scope) -> Reach:
        """What this scope reaches."""
        reach = self._known.get(scope.audiences) or self._find(scope.audiences)
        if not scope.without:
            return reach
        return reach.less(self.view.numbers_of(scope.without))

    def _find(self, audiences: frozenset[str]) -> Reach:
        seen = joined([self.view.numbers("audience", name) for name in sorted(audiences)])
        reach = Reach(self.view, self.view.mask(seen) & self.view.alive)
        if len(self._known) >= self._most:
            self._known.clear()
        self._known[audiences] = reach
        return reach


def _average(view: View, field: str, mask: Mask, count: int) -> float:
    return float(view.column(field)[mask].sum()) / max(count, 1) or 1.0
