"""Values of a column that look like slips of one another: told to a person, never changed."""

from collections.abc import Iterator, Mapping

from wiki.rendering.titles import fold_title

#: With more different values a column is no list of terms, and likeness says nothing.
MOST_VALUES = 300
_SHORTEST = 5


def near_twins(counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Pairs (rarer, more frequent) that differ in blanks and marks alone, or in one letter.

    `counts` says how often each value stands in the column. Nothing for a column with more than
    `MOST_VALUES` values.
    """
    if len(counts) > MOST_VALUES:
        return
    bare = {value: _bare(value) for value in counts}
    ordered = sorted(counts, key=lambda value: (counts[value], value))
    for place, rarer in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if fold_title(rarer) != fold_title(other) and _alike(bare[rarer], bare[other]):
                yield rarer, other


def _bare(value: str) -> str:
    return "".join(filter(str.isalnum, fold_title(value)))


def _alike(one: str, other: str) -> bool:
    if one == other:
        return bool(one)
    if min(len(one), len(other)) < _SHORTEST or abs(len(one) - len(other)) > 1:
        return False
    return _letters_only(one, other) and _one_step(one, other)


def _letters_only(one: str, other: str) -> bool:
    """Numbers tell things apart: "line 1" and "line 2" are no slips."""
    return [c for c in one if c.isdigit()] == [c for c in other if c.isdigit()]


def _one_step(one: str, other: str) -> bool:
    """Whether one letter too many, missing, wrong, or two that changed places, is all."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    rest, rest_other = one[start:], other[start:]
    if rest[1:] == rest_other or rest == rest_other[1:] or rest[1:] == rest_other[1:]:
        return True
    return rest[:2] == rest_other[:2][::-1] and rest[2:] == rest_other[2:]
