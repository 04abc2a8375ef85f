"""Three-way merge of one block, word by word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, product

from wiki.pages.blocks import ROW
from wiki.pages.matching import Budget
from wiki.pages.words import cut, edits_between, slid_back, word_between

# Tokens [start, end) of the base, and the text put there.
Place = tuple[int, int, str]


@dataclass(frozen=True)
class Versions:
    """The three texts of a place that both sides changed so that only a person can decide.

    `ours` and `theirs` already hold what the other side changed elsewhere in the same block.
    """

    base: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class _Change:
    """Tokens [start, end) of the base and what one side, or both alike, put there."""

    start: int
    end: int
    text: str
    by_us: bool
    by_them: bool


def merge_words(base: str, ours: str, theirs: str, budget: Budget) -> str | Versions:
    """Merge two versions of one block; changes with no unchanged word between them conflict.

    Where a change can be read in two ways, it is a question only when both readings conflict.
    """
    tokens = cut(base)
    cells = bool(ROW.match(base))
    readings = product(_readings(tokens, ours, budget), _readings(tokens, theirs, budget))
    answers = (_merged(tokens, _together(us, them), cells) for us, them in readings)
    first = next(answers)
    return next((answer for answer in chain([first], answers) if isinstance(answer, str)), first)


def _readings(tokens: Sequence[str], text: str, budget: Budget) -> list[list[Place]]:
    """Return what was changed, read forwards and, if that differs, backwards."""
    other = cut(text)
    edits = edits_between(tokens, other, budget)
    back = slid_back(edits, tokens, other)
    return [
        [(e.start, e.end, "".join(other[e.new_start : e.new_end])) for e in reading]
        for reading in ([edits] if back == edits else [edits, back])
    ]


def _merged(tokens: Sequence[str], changes: Iterable[_Change], cells: bool) -> str | Versions:
    groups = _touching(changes, tokens, cells)
    settled = [change for group in groups if _agreed(group) for change in group]
    disputed = [change for group in groups if not _agreed(group) for change in group]
    if not disputed:
        return _applied(tokens, settled)
    us = _applied(tokens, [*settled, *(change for change in disputed if change.by_us)])
    them = _applied(tokens, [*settled, *(change for change in disputed if change.by_them)])
    return Versions("".join(tokens), us, them)


def _together(ours: Iterable[Place], theirs: Iterable[Place]) -> list[_Change]:
    us, them = set(ours), set(theirs)
    return [_Change(*place, place in us, place in them) for place in sorted(us | them)]


def _touching(
    changes: Iterable[_Change], tokens: Sequence[str], cells: bool
) -> list[list[_Change]]:
    groups: list[list[_Change]] = []
    end = 0
    for change in changes:
        if groups and not word_between(tokens, end, change.start, cells):
            groups[-1].append(change)
        else:
            groups.append([change])
        end = max(end, change.end)
    return groups


def _agreed(group: Sequence[_Change]) -> bool:
    return all(change.by_us for change in group) or all(change.by_them for change in group)


def _applied(tokens: Sequence[str], changes: Iterable[_Change]) -> str:
    parts: list[str] = []
    at = 0
    for change in sorted(changes, key=lambda change: change.start):
        parts += [*tokens[at : change.start], change.text]
        at = change.end
    return "".join([*parts, *tokens[at:]])
