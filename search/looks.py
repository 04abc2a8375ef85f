"""What one reader's search sees: the index within their rights, and what waits for the index."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from search.engine import Hit, IndexUnusable, Look, Near, Results, Scope, SearchEngine
from search.questions import Beginning, Question


@dataclass(frozen=True, slots=True)
class WithFresh:
    """A look that also knows the words of what waits for the index."""

    look: Look
    fresh: frozenset[str]

    def search(self, question: Question, limit: int, offset: int = 0) -> Results:
        """See `Look`: the index alone; fresh documents are matched apart."""
        return self.look.search(question, limit, offset)

    def suggest(self, beginning: Beginning, limit: int) -> tuple[Hit, ...]:
        """See `Look`."""
        return self.look.suggest(beginning, limit)

    def count(self, term: str) -> int:
        """See `Look`: a word that was saved a moment ago is no slip."""
        return self.look.count(term) + (term in self.fresh)

    def nearest(self, word: str, limit: int) -> tuple[Near, ...]:
        """See `Look`."""
        return self.look.nearest(word, limit)

    def beginning_with(self, prefix: str, limit: int) -> tuple[str, ...]:
        """See `Look`."""
        return self.look.beginning_with(prefix, limit)


class Nothing:
    """The look at an index that cannot be read."""

    def search(self, question: Question, limit: int, offset: int = 0) -> Results:
        """No hits."""
        return Results(0, ())

    def suggest(self, beginning: Beginning, limit: int) -> tuple[Hit, ...]:
        """No titles."""
        return ()

    def count(self, term: str) -> int:
        """As if every word were known: what cannot be looked up is not corrected."""
        return 1

    def nearest(self, word: str, limit: int) -> tuple[Near, ...]:
        """No words."""
        return ()

    def beginning_with(self, prefix: str, limit: int) -> tuple[str, ...]:
        """No words."""
        return ()


@contextmanager
def looking(engine: SearchEngine, scope: Scope) -> Iterator[tuple[Look, bool]]:
    """The look, and whether it is whole: it sees nothing while the index cannot be read."""
    with ExitStack() as opened:
        try:
            look, whole = opened.enter_context(engine.looking(scope)), True
        except IndexUnusable:
            look, whole = Nothing(), False
        yield look, whole
