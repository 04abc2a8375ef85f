"""Words inside one block: cutting a text into them, and finding which were changed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wiki.pages.blocks import SAME_BLOCK, likeness
from wiki.pages.matching import Budget, Run, gaps_between, matching_runs

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
REWRITTEN = SAME_BLOCK
COST_OF_A_TEXT = 200


@dataclass(frozen=True)
class Edit:
    """Tokens [start, end) of an old text, replaced by tokens [new_start, new_end) of a new one."""

    start: int
    end: int
    new_start: int
    new_end: int


def cut(text: str) -> list[str]:
    """Return the words, spaces and single marks of `text`; joined they are `text` again."""
    return TOKEN.findall(text)


def is_word(token: str) -> bool:
    """Whether a token is a word and not a mark or a space."""
    return token[0].isalnum() or token[0] == "_"


def edits_between(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[Edit]:
    """Return what was changed between two cut texts, in order, never touching each other.

    Two changes with no unchanged word between them are one. A text that was written anew is one
    change, not many around the commas that happened to stay.
    """
    if old == new:
        return []
    affordable = budget.spend(COST_OF_A_TEXT + len(old) + len(new))
    if not affordable or likeness("".join(old), "".join(new)) < REWRITTEN:
        return [Edit(0, len(old), 0, len(new))]
    runs = [run for run in matching_runs(old, new, budget) if _holds(run, old, len(new))]
    gaps = gaps_between(runs, len(old), len(new))
    return [Edit(gap.old, gap.old_end, gap.new, gap.new_end) for gap in gaps]


def slid_back(edits: Sequence[Edit], old: Sequence[str], new: Sequence[str]) -> list[Edit]:
    """Return the same change with each insertion and removal as early as it can stand.

    "the" put between "the" and "end" may as well stand before the first "the": who wrote it there
    meant the one or the other, and only one of them may touch what somebody else changed.
    """
    slid: list[Edit] = []
    for edit in edits:
        floor = slid[-1].end + 1 if slid else 0
        steps = 0
        if edit.start == edit.end:
            steps = _steps_back(new, edit.new_start, edit.new_end, edit.start - floor)
        elif edit.new_start == edit.new_end:
            steps = _steps_back(old, edit.start, edit.end, edit.start - floor)
        places = (edit.start, edit.end, edit.new_start, edit.new_end)
        slid.append(Edit(*(place - steps for place in places)))
    return slid


def _steps_back(tokens: Sequence[str], start: int, end: int, most: int) -> int:
    steps = 0
    while steps < most and tokens[start - steps - 1] == tokens[end - steps - 1]:
        steps += 1
    return steps


def word_between(tokens: Sequence[str], start: int, end: int, cells: bool = False) -> bool:
    """Whether [start, end) holds a word, or with `cells` the border of a table's cell."""
    return any(is_word(t) or (cells and t == "|") for t in tokens[start:end])


def _holds(run: Run, old: Sequence[str], new_length: int) -> bool:
    """Whether equal tokens are worth calling unchanged: they hold a word or stand at an end."""
    at_start = run.old == 0 and run.new == 0
    at_end = run.old + run.length == len(old) and run.new + run.length == new_length
    return at_start or at_end or word_between(old, run.old, run.old + run.length)
