"""Three-way merge of one block, word by word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wiki.pages.blocks import ROW
from wiki.pages.matching import Budget
from wiki.pages.words import cut, edits_between, word_between


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
    """Merge two versions of one block; changes with no unchanged word between them conflict."""
    tokens = cut(base)
    changes = _together(_changes(tokens, ours, budget), _changes(tokens, theirs, budget))
    groups = _touching(changes, tokens, cells=bool(ROW.match(base)))
    settled = [change for group in groups if _agreed(group) for change in group]
    disputed = [change for group in groups if not _agreed(group) for change in group]
    if not disputed:
        return _applied(tokens, settled)
    us = _applied(tokens, [*settled, *(change for change in disputed if change.by_us)])
    them = _applied(tokens, [*settled, *(change for change in disputed if change.by_them)])
    return Versions(base, us, them)


def _changes(tokens: Sequence[str], text: str, budget: Budget) -> list[tuple[int, int, str]]:
    other = cut(text)
    return [
        (edit.start, edit.end, "".join(other[edit.new_start : edit.new_end]))
        for edit in edits_between(tokens, other, budget)
    ]


def _together(
    ours: Iterable[tuple[int, int, str]], theirs: Iterable[tuple[int, int, str]]
) -> list[_Change]:
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
