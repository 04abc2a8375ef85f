"""What changed from one content to another, as data for a page that shows it.

Blocks that stayed come with those that were added, removed, rewritten or moved, in the order in
which a reader goes through both texts. Each carries its words twice: `old` and `new` for two
columns, `inline` for one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from wiki.pages.blocks import WORD, WORTH_MOVING, Document, pair_blocks, split_blocks
from wiki.pages.content import Content, FactValue, normalise
from wiki.pages.matching import Budget
from wiki.pages.words import cut, edits_between

SegmentKind = Literal["same", "added", "removed"]
BlockKind = Literal["same", "added", "removed", "changed", "moved_from", "moved_to"]
RowKind = Literal["same", "added", "removed", "changed"]


class Segment(NamedTuple):
    """A stretch of text and whether it stayed."""

    kind: SegmentKind
    text: str


class BlockChange(NamedTuple):
    """One block in both versions; the side on which it is absent has no segments and no line.

    `other_line` is set on moved blocks: the line on which the same block stands in the other
    version. Lines are counted from 1.
    """

    kind: BlockKind
    old: tuple[Segment, ...] = ()
    new: tuple[Segment, ...] = ()
    inline: tuple[Segment, ...] = ()
    old_line: int | None = None
    new_line: int | None = None
    other_line: int | None = None


@dataclass(frozen=True)
class Row:
    """A fact or field in both versions; None: not there."""

    key: str
    old: FactValue | int | None
    new: FactValue | int | None
    kind: RowKind


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two contents.

    `facts` has a row for each fact of either version, `fields` only those that changed (`title`,
    `category_id`, `archived`). `spacing` says that blank lines differ; `coarse` that the texts
    were too different to compare word by word in the time allowed.
    """

    blocks: tuple[BlockChange, ...]
    facts: tuple[Row, ...]
    fields: tuple[Row, ...]
    tags_added: tuple[str, ...]
    tags_removed: tuple[str, ...]
    spacing: bool
    coarse: bool

    @property
    def same(self) -> bool:
        """Whether nothing differs at all."""
        kinds: set[str] = {row.kind for row in (*self.facts, *self.fields)}
        kinds |= {block.kind for block in self.blocks}
        return kinds <= {"same"} and not (self.tags_added or self.tags_removed or self.spacing)


def compare(old: Content, new: Content) -> Comparison:
    """Compare two contents block by block and word by word, in bounded time."""
    old, new = normalise(old), normalise(new)
    budget = Budget()
    before, after = split_blocks(old.body), split_blocks(new.body)
    pairs = pair_blocks(before.texts, after.texts, budget)
    blocks = tuple(_with_moves(_in_reading_order(before, after, pairs, budget)))
    return Comparison(
        blocks=blocks,
        facts=tuple(_fact_rows(old, new)),
        fields=tuple(_field_rows(old, new)),
        tags_added=tuple(tag for tag in new.tags if tag not in old.tags),
        tags_removed=tuple(tag for tag in old.tags if tag not in new.tags),
        spacing=before.texts == after.texts and old.body != new.body,
        coarse=budget.exhausted,
    )


def _in_reading_order(
    old: Document, new: Document, pairs: Sequence[tuple[int, int]], budget: Budget
) -> Iterator[BlockChange]:
    i = j = 0
    for paired, partner in [*pairs, (len(old.texts), len(new.texts))]:
        yield from (_removed(old, block) for block in range(i, paired))
        yield from (_added(new, block) for block in range(j, partner))
        if paired < len(old.texts):
            yield _paired(old, paired, new, partner, budget)
        i, j = paired + 1, partner + 1


def _removed(old: Document, block: int) -> BlockChange:
    whole = (Segment("removed", old.texts[block]),)
    return BlockChange("removed", old=whole, inline=whole, old_line=old.lines[block])


def _added(new: Document, block: int) -> BlockChange:
    whole = (Segment("added", new.texts[block]),)
    return BlockChange("added", new=whole, inline=whole, new_line=new.lines[block])


def _paired(old: Document, i: int, new: Document, j: int, budget: Budget) -> BlockChange:
    if old.texts[i] == new.texts[j]:
        whole = (Segment("same", old.texts[i]),)
        return BlockChange("same", whole, whole, whole, old.lines[i], new.lines[j])
    inline = _words(old.texts[i], new.texts[j], budget)
    return BlockChange(
        "changed",
        old=tuple(segment for segment in inline if segment.kind != "added"),
        new=tuple(segment for segment in inline if segment.kind != "removed"),
        inline=inline,
        old_line=old.lines[i],
        new_line=new.lines[j],
    )


def _words(old: str, new: str, budget: Budget) -> tuple[Segment, ...]:
    before, after = cut(old), cut(new)
    segments: list[Segment] = []
    at = 0
    for edit in edits_between(before, after, budget):
        segments.append(Segment("same", "".join(before[at : edit.start])))
        segments.append(Segment("removed", "".join(before[edit.start : edit.end])))
        segments.append(Segment("added", "".join(after[edit.new_start : edit.new_end])))
        at = edit.end
    segments.append(Segment("same", "".join(before[at:])))
    return tuple(segment for segment in segments if segment.text)


def _with_moves(changes: Iterable[BlockChange]) -> Iterator[BlockChange]:
    """Mark removed and added blocks of one text as moved: each copy is moved once at most."""
    changes = list(changes)
    removed = {change.inline[0].text for change in changes if change.kind == "removed"}
    waiting: dict[str, list[int]] = {}
    for place, change in enumerate(changes):
        if change.kind == "added" and _worth_moving(change, removed):
            waiting.setdefault(change.inline[0].text, []).append(place)
    for places in waiting.values():
        places.reverse()
    for place, change in enumerate(changes):
        if change.kind == "removed" and waiting.get(change.inline[0].text):
            arrival = waiting[change.inline[0].text].pop()
            changes[place], changes[arrival] = _moved(change, changes[arrival])
    yield from changes


def _worth_moving(change: BlockChange, removed: set[str]) -> bool:
    text = change.inline[0].text
    return text in removed and len(WORD.findall(text)) >= WORTH_MOVING


def _moved(gone: BlockChange, come: BlockChange) -> tuple[BlockChange, BlockChange]:
    return (
        gone._replace(kind="moved_from", other_line=come.new_line),
        come._replace(kind="moved_to", other_line=gone.old_line),
    )


def _fact_rows(old: Content, new: Content) -> Iterator[Row]:
    for key in sorted({*old.facts, *new.facts}):
        yield _row(key, old.facts.get(key), new.facts.get(key))


def _field_rows(old: Content, new: Content) -> Iterator[Row]:
    for name in ("title", "category_id", "archived"):
        row = _row(name, getattr(old, name), getattr(new, name))
        if row.kind != "same":
            yield row


def _row(key: str, old: FactValue | int | None, new: FactValue | int | None) -> Row:
    if old == new:
        return Row(key, old, new, "same")
    if old is None or new is None:
        return Row(key, old, new, "added" if old is None else "removed")
    return Row(key, old, new, "changed")
