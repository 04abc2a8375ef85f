"""Markdown text as a row of blocks, and which blocks of two versions belong together.

A block is what a person would call one thing on the page: a paragraph, a heading, a list item, a
row of a table, a line of code. The blank space between blocks is kept apart, so that joining a
document gives its text back to the letter.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from wiki.pages.matching import Budget, Run, Span, gaps_between, matching_runs

LINE = re.compile(r"[^\n]*\n|[^\n]+")
FENCE = re.compile(r" *(`{3,}(?=[^`]*$)|~{3,})")
ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
ROW = re.compile(r"[ \t]*\|")
HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
WORD = re.compile(r"\w+")

SAME_BLOCK = 0.3
MOST_CELLS = 2_500
WORTH_MOVING = 4


@dataclass(frozen=True)
class Document:
    """A text cut into blocks: `lead`, then each block followed by its space."""

    lead: str
    texts: tuple[str, ...]
    spaces: tuple[str, ...]

    def __str__(self) -> str:
        return self.lead + "".join(map("".join, zip(self.texts, self.spaces, strict=True)))

    def part(self, first: int, last: int) -> str:
        """Return blocks `first` to `last` with the space between them."""
        if first == last:
            return self.texts[last]
        pairs = zip(self.texts[first:last], self.spaces[first:last], strict=True)
        return "".join(map("".join, pairs)) + self.texts[last]

    @cached_property
    def lines(self) -> tuple[int, ...]:
        """The line, counted from 1, on which each block begins."""
        numbers, line = [], 1 + self.lead.count("\n")
        for text, space in zip(self.texts, self.spaces, strict=True):
            numbers.append(line)
            line += text.count("\n") + space.count("\n")
        return tuple(numbers)


@dataclass
class _Bag:
    """The words of a block and how often each occurs."""

    text: str
    words: Counter[str] = field(init=False)
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.words = Counter(WORD.findall(self.text))
        self.size = self.words.total()


def split_blocks(body: str) -> Document:
    """Cut Markdown text into blocks; `str()` of the answer is `body` again."""
    lead, texts, spaces = "", [], []
    for lines in _blocks(body):
        text = "".join(line for line in lines if line.strip()).removesuffix("\n")
        space = "".join(lines)[len(text) :]
        if text:
            texts.append(text)
            spaces.append(space)
        else:
            lead += space
    return Document(lead, tuple(texts), tuple(spaces))


def kind_of(text: str) -> str:
    """Return what kind of block this is: heading, item, row or text."""
    for kind, pattern in (("heading", HEADING), ("item", ITEM), ("row", ROW)):
        if pattern.match(text):
            return kind
    return "text"


def likeness(one: str, other: str) -> float:
    """Return the share of words two texts have in common, from 0 to 1."""
    return _likeness(_Bag(one), _Bag(other))


def pair_blocks(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[tuple[int, int]]:
    """Return which old block became which new one; all others were removed, added or moved.

    Equal blocks come first. Between them, blocks are paired so that they have most words in
    common; equal numbers of strangers of one kind stand for each other in their order.
    """
    runs = matching_runs(old, new, budget)
    gaps = list(gaps_between(runs, len(old), len(new)))
    moved = _moved(old, new, gaps)
    pairs = [(run.old + n, run.new + n) for run in runs for n in range(run.length)]
    for gap in gaps:
        pairs += _pairs_in_gap(old, new, gap, moved, budget)
    return sorted(pairs)


def _blocks(body: str) -> Iterator[list[str]]:
    """Yield the lines of each block, with the blank lines after it."""
    block: list[str] = []
    fence = ""
    for line in LINE.findall(body):
        mark = FENCE.match(line)
        if block and _begins_block(line, block, bool(fence or mark)):
            yield block
            block = []
        block.append(line)
        if mark and fence:
            fence = "" if line.strip() == mark[1] and mark[1].startswith(fence) else fence
        elif mark:
            fence = mark[1]
    if block:
        yield block


def _begins_block(line: str, block: list[str], code: bool) -> bool:
    if not line.strip():
        return False
    if code or not block[-1].strip():
        return True
    return bool(
        ITEM.match(line)
        or ROW.match(line)
        or HEADING.match(line)
        or HEADING.match(block[0])
        or (ROW.match(block[0]) and not ROW.match(line))
        or FENCE.match(block[0])
    )


def _moved(old: Sequence[str], new: Sequence[str], gaps: Sequence[Span]) -> set[str]:
    """Return the texts that went from one place to another unchanged."""
    gone = {old[i] for gap in gaps for i in range(gap.old, gap.old_end)}
    come = {new[j] for gap in gaps for j in range(gap.new, gap.new_end)}
    return {text for text in gone & come if len(WORD.findall(text)) >= WORTH_MOVING}


def _pairs_in_gap(
    old: Sequence[str], new: Sequence[str], gap: Span, moved: set[str], budget: Budget
) -> list[tuple[int, int]]:
    rows = [i for i in range(gap.old, gap.old_end) if old[i] not in moved]
    columns = [j for j in range(gap.new, gap.new_end) if new[j] not in moved]
    if not rows or not columns:
        return []
    if len(rows) * len(columns) > MOST_CELLS:
        alike = _alike_by_beginning(old, new, rows, columns, budget)
    else:
        alike = _most_alike(old, new, rows, columns, budget)
    strangers = gaps_between([Run(i, j, 1) for i, j in alike], len(rows), len(columns))
    pairs = [(rows[i], columns[j]) for i, j in alike]
    if budget.exhausted:
        return pairs
    for span in strangers:
        pairs += _in_order(
            old, new, rows[span.old : span.old_end], columns[span.new : span.new_end]
        )
    return pairs


def _most_alike(
    old: Sequence[str], new: Sequence[str], rows: list[int], columns: list[int], budget: Budget
) -> list[tuple[int, int]]:
    """Return the pairs of positions in `rows` and `columns` that are most alike together.

    Likeness counts squared: one true pair is worth more than two that have a few words in common.
    """
    across, down = [_Bag(old[i]) for i in rows], [_Bag(new[j]) for j in columns]
    if not budget.spend(sum(min(len(a.words), len(b.words)) + 12 for a in across for b in down)):
        return []
    values = [[_likeness(a, b) for b in down] for a in across]
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for i in range(len(rows) - 1, -1, -1):
        for j in range(len(columns) - 1, -1, -1):
            paired = best[i + 1][j + 1] + values[i][j] ** 2 if values[i][j] >= SAME_BLOCK else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    return list(_best_path(values, best))


def _best_path(values: list[list[float]], best: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(values) and j < len(values[i]):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1


def _alike_by_beginning(
    old: Sequence[str], new: Sequence[str], rows: list[int], columns: list[int], budget: Budget
) -> list[tuple[int, int]]:
    """Pair blocks that begin with the same word, as the changed rows of a long table do."""
    across = [tuple(WORD.findall(old[i][:80])[:1]) for i in rows]
    down = [tuple(WORD.findall(new[j][:80])[:1]) for j in columns]
    runs = matching_runs(across, down, budget)
    return [(run.old + n, run.new + n) for run in runs for n in range(run.length)]


def _in_order(
    old: Sequence[str], new: Sequence[str], rows: list[int], columns: list[int]
) -> list[tuple[int, int]]:
    if len(rows) != len(columns):
        return []
    if [kind_of(old[i]) for i in rows] != [kind_of(new[j]) for j in columns]:
        return []
    return list(zip(rows, columns, strict=True))


def _likeness(one: _Bag, other: _Bag) -> float:
    if not one.size or not other.size:
        return float(one.text == other.text)
    few, many = sorted((one.words, other.words), key=len)
    common = sum(min(count, many[word]) for word, count in few.items() if word in many)
    return 2 * common / (one.size + other.size)
