"""Where a sentence went when its page was edited: pure, over the sentences before and after.

First what is the same stands for the same, among equals by what stands around them. What is left
on both sides is compared word by word: a sentence goes to the one most like it, unless another
sentence that is also missing fits better there. So what was taken out is not found in its sister.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from rapidfuzz.distance import Indel

from products.onboarding.unclear.likeness import Words, likeness

ANYWHERE = 0.6
"""How like (0 to 1) another sentence must be wherever it stands."""
IN_PLACE = 0.34
"""How like it must be between the two neighbours that the sentence had before."""
INSTEAD = 0.55
"""How like it must be there to be believed more than the same words in another place."""
_NEVER = 2.0
_AROUND = 200
_MOST_EQUALS = 30
_MOST_CANDIDATES = 5
_MOST_COMPARED = 400
_WIDEST = 8


def follow(
    old: Sequence[str], wanted: Collection[int], new: Sequence[str]
) -> dict[int, int | None]:
    """Where these sentences of the old page stand in the new one; `None`: nowhere.

    `wanted` are numbers of sentences in `old`.
    """
    change = _Change(old, new)
    return {one: change.place_of(one) for one in wanted}


def find(quote: str, around: tuple[str, str], sentences: Sequence[str]) -> int | None:
    """Where a quoted sentence stands when the page as it was is not at hand; `None`: nowhere.

    `around` is what stood before and behind it. Only the same words count, whatever their case
    and punctuation.
    """
    key = Words.of(quote).key
    same = [n for n, sentence in enumerate(sentences) if Words.of(sentence).key == key]
    return max(same, key=lambda n: _alike(around, around_of(sentences, n)), default=None)


def around_of(sentences: Sequence[str], number: int) -> tuple[str, str]:
    """What stands before and behind a sentence, at most 200 letters of each."""
    before = " ".join(sentences[max(0, number - 6) : number])[-_AROUND:]
    return before, " ".join(sentences[number + 1 : number + 7])[:_AROUND]


class _Change:
    """An old and a new text, and which of their sentences are the same."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._texts = (old, new)
        self._old, self._new = (tuple(map(Words.of, side)) for side in (old, new))
        self._same = self._paired()

    def place_of(self, one: int) -> int | None:
        """Where the sentence stands now.

        Its words far away are a copy when something very like it stands in its old place.
        """
        same, (low, high) = self._same.get(one), self._neighbours(one)
        if same is None:
            return self._nearest(one, IN_PLACE, ANYWHERE)
        if low < same < high:
            return same
        instead = self._nearest(one, INSTEAD, _NEVER)
        return same if instead is None else instead

    @cached_property
    def _lost(self) -> Sequence[int]:
        return [n for n in range(len(self._old)) if n not in self._same]

    @cached_property
    def _unclaimed(self) -> Sequence[int]:
        taken = set(self._same.values())
        return [n for n in range(len(self._new)) if n not in taken]

    def _paired(self) -> Mapping[int, int]:
        head, tail = _same_ends(self._old, self._new)
        pairs = {n: n for n in range(head)}
        pairs.update((len(self._old) - n, len(self._new) - n) for n in range(1, tail + 1))
        before = _places(self._old, head, len(self._old) - tail)
        after = _places(self._new, head, len(self._new) - tail)
        for key in before.keys() & after.keys():
            pairs.update(self._among_equals(before[key], after[key]))
        return pairs

    def _among_equals(self, before: list[int], after: list[int]) -> Mapping[int, int]:
        if len(before) == len(after) == 1 or len(before) + len(after) > _MOST_EQUALS:
            return dict(zip(before, after, strict=False))
        fits = sorted(
            ((self._fit(i, j), -abs(before.index(i) - after.index(j)), i, j)
             for i in before for j in after),
            reverse=True,
        )  # fmt: skip
        pairs: dict[int, int] = {}
        for _fit, _near, i, j in fits:
            if i not in pairs and j not in pairs.values():
                pairs[i] = j
        return pairs

    def _fit(self, one: int, other: int) -> float:
        """How like the surroundings are; a neighbour that stayed counts most."""
        old, new = self._texts
        stayed = sum(
            _key(self._old, one + step) == _key(self._new, other + step) for step in (-1, 1)
        )
        return stayed + _alike(around_of(old, one), around_of(new, other))

    def _nearest(self, one: int, here: float, elsewhere: float) -> int | None:
        low, high = self._neighbours(one)
        scored = []
        for place in self._near(low):
            like = likeness(self._old[one], self._new[place])
            enough = here if low < place < high and high - low <= _WIDEST else elsewhere
            if like >= enough:
                scored.append((like - enough, like, place))
        scored.sort(reverse=True)
        best = (place for _over, like, place in scored[:_MOST_CANDIDATES]
                if not self._is_of_another(one, place, like))  # fmt: skip
        return next(best, None)

    def _near(self, place: int) -> Sequence[int]:
        """Of very many new sentences only those around the place are looked at."""
        if len(self._unclaimed) <= _MOST_COMPARED:
            return self._unclaimed
        return sorted(self._unclaimed, key=lambda n: abs(n - place))[:_MOST_COMPARED]

    def _neighbours(self, one: int) -> tuple[int, int]:
        """Where the nearest sentences before and behind it stand that are the same as before."""
        before = (self._same[n] for n in range(one - 1, -1, -1) if n in self._same)
        behind = (self._same[n] for n in range(one + 1, len(self._old)) if n in self._same)
        return next(before, -1), next(behind, len(self._new))

    def _is_of_another(self, one: int, place: int, like: float) -> bool:
        rivals = sorted(self._lost, key=lambda n: abs(n - one))[:_MOST_COMPARED]
        new = self._new[place]
        return any(
            likeness(self._old[other], new) > like and not _holds_both(self._old, one, other, new)
            for other in rivals
            if other != one
        )


def _same_ends(old: Sequence[Words], new: Sequence[Words]) -> tuple[int, int]:
    """How many sentences at the beginning and at the end are the same."""
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n].key != new[n].key), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if old[-1 - n].key != new[-1 - n].key), rest)
    return head, tail


def _places(sentences: Sequence[Words], begin: int, end: int) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number in range(begin, end):
        found[sentences[number].key].append(number)
    return found


def _key(sentences: Sequence[Words], number: int) -> str:
    return sentences[number].key if 0 <= number < len(sentences) else ""


def _alike(one: tuple[str, str], other: tuple[str, str]) -> float:
    return sum(Indel.normalized_similarity(a, b) for a, b in zip(one, other, strict=True))


def _holds_both(old: Sequence[Words], one: int, other: int, new: Words) -> bool:
    """Whether two sentences became one."""
    return all(old[n].share_in(new) >= 0.7 for n in (one, other)) and len(new.all) >= 0.75 * (
        len(old[one].all) + len(old[other].all)
    )
