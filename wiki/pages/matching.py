"""Which elements of two sequences belong together, in bounded time.

Patience diff (Bram Cohen) anchors on elements that are unique in both sequences; what lies between
two anchors goes to the greedy algorithm of E. W. Myers, "An O(ND) Difference Algorithm" (1986).
Both draw on one budget. When it is spent, what is left counts as different: coarser, never wrong.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST_STEPS = 3_000_000
MOST_DIFFERENCES = 400

Elements = Sequence[Hashable]


@dataclass
class Budget:
    """The steps a comparison may still take; `exhausted` says that it was cut short."""

    steps: int = MOST_STEPS
    exhausted: bool = False

    def spend(self, steps: int) -> bool:
        """Take `steps` away and say whether there were enough of them."""
        self.steps -= steps
        self.exhausted = self.exhausted or self.steps < 0
        return self.steps >= 0


@dataclass(frozen=True)
class Run:
    """`length` equal elements, from `old` on in one sequence and from `new` on in the other."""

    old: int
    new: int
    length: int


@dataclass(frozen=True)
class Span:
    """A part of both sequences: [old, old_end) and [new, new_end)."""

    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def one_sided(self) -> bool:
        """Whether one of the two parts is empty, so that nothing can match."""
        return self.old == self.old_end or self.new == self.new_end

    @property
    def size(self) -> int:
        """How many elements lie in both parts together."""
        return self.old_end - self.old + self.new_end - self.new


def matching_runs(old: Elements, new: Elements, budget: Budget) -> list[Run]:
    """Return the runs of equal elements, in order and without crossing each other."""
    runs: list[Run] = []
    spans = [Span(0, len(old), 0, len(new))]
    while spans:
        span = _without_equal_ends(old, new, spans.pop(), runs)
        if span.one_sided or not budget.spend(span.size):
            continue
        anchors = _anchors(old, new, span)
        if anchors:
            spans.extend(_between(anchors, span))
            runs.extend(Run(i, j, 1) for i, j in anchors)
        else:
            runs.extend(_shortest_script(old, new, span, budget))
    return _joined(runs)


def gaps_between(runs: Sequence[Run], old_length: int, new_length: int) -> Iterator[Span]:
    """Yield what lies before, between and after the runs, where anything does."""
    old = new = 0
    for run in [*runs, Run(old_length, new_length, 0)]:
        if old < run.old or new < run.new:
            yield Span(old, run.old, new, run.new)
        old, new = run.old + run.length, run.new + run.length


def _without_equal_ends(old: Elements, new: Elements, span: Span, runs: list[Run]) -> Span:
    i, i_end, j, j_end = span.old, span.old_end, span.new, span.new_end
    while i < i_end and j < j_end and old[i] == new[j]:
        i, j = i + 1, j + 1
    while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
        i_end, j_end = i_end - 1, j_end - 1
    runs.append(Run(span.old, span.new, i - span.old))
    runs.append(Run(i_end, j_end, span.old_end - i_end))
    return Span(i, i_end, j, j_end)


def _anchors(old: Elements, new: Elements, span: Span) -> list[tuple[int, int]]:
    """Return the longest rising chain of elements that are unique on both sides."""
    places = _unique(old, span.old, span.old_end)
    others = _unique(new, span.new, span.new_end)
    return _longest_rising([(i, others[e]) for e, i in places.items() if e in others])


def _unique(elements: Elements, start: int, end: int) -> dict[Hashable, int]:
    part = elements[start:end]
    counts = Counter(part)
    return {e: i for i, e in enumerate(part, start) if counts[e] == 1}


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence of `pairs` whose second numbers rise (patience sorting)."""
    tops: list[int] = []
    top_pairs: list[int] = []
    below: list[int] = []
    for index, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        below.append(top_pairs[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        top_pairs[pile : pile + 1] = [index]
    chain = []
    index = top_pairs[-1] if top_pairs else -1
    while index >= 0:
        chain.append(pairs[index])
        index = below[index]
    return chain[::-1]


def _between(anchors: list[tuple[int, int]], span: Span) -> Iterator[Span]:
    fences = [(span.old - 1, span.new - 1), *anchors, (span.old_end, span.new_end)]
    for (i, j), (i_end, j_end) in pairwise(fences):
        yield Span(i + 1, i_end, j + 1, j_end)


def _shortest_script(old: Elements, new: Elements, span: Span, budget: Budget) -> Iterator[Run]:
    """Yield the matches of a shortest edit script, or nothing when it is too long to look for."""
    trail = _furthest_points(old, new, span, budget)
    if trail is None:
        return
    x, y = span.old_end - span.old, span.new_end - span.new
    for d in range(len(trail) - 1, -1, -1):
        reached = trail[d]
        k = x - y
        down = k == -d or (k != d and reached.get(k - 1, -1) < reached.get(k + 1, -1))
        before_x = reached.get(k + 1 if down else k - 1, 0) if d else 0
        start_x = before_x if down or not d else before_x + 1
        yield Run(span.old + start_x, span.new + start_x - k, x - start_x)
        x, y = before_x, before_x - (k + 1 if down else k - 1)


def _furthest_points(
    old: Elements, new: Elements, span: Span, budget: Budget
) -> list[dict[int, int]] | None:
    """Return, for each number of differences, how far each diagonal had come before it."""
    width, height = span.old_end - span.old, span.new_end - span.new
    reached = {1: 0}
    trail: list[dict[int, int]] = []
    for d in range(min(width + height, MOST_DIFFERENCES) + 1):
        trail.append(reached.copy())
        if not budget.spend(4 * d + 4):
            return None
        for k in range(-d + 2 * max(0, d - height), d + 1 - 2 * max(0, d - width), 2):
            left, right = reached.get(k - 1, -1), reached.get(k + 1, -1)
            start = x = right if k == -d or (k != d and left < right) else left + 1
            i, j = span.old + x, span.new + x - k
            while i < span.old_end and j < span.new_end and old[i] == new[j]:
                i, j = i + 1, j + 1
            reached[k] = x = i - span.old
            budget.steps -= x - start
            if x >= width and x - k >= height:
                return trail
    budget.exhausted = True
    return None


def _joined(runs: list[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in sorted(runs, key=lambda run: (run.old, run.new)):
        last = joined[-1] if joined else Run(-1, -1, 0)
        if last.old + last.length == run.old and last.new + last.length == run.new:
            joined[-1] = Run(last.old, last.new, last.length + run.length)
        elif run.length:
            joined.append(run)
    return joined
