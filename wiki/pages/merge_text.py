"""Three-way merge of Markdown text: whole blocks first, words inside blocks changed by both."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from wiki.pages.blocks import Document, split_blocks
from wiki.pages.matching import Budget, Run, Span, gaps_between, matching_runs
from wiki.pages.merge_sides import Addition, Blocks, Side, side_of
from wiki.pages.merge_words import Versions, merge_words


class Settled(NamedTuple):
    """Text on which the machine could decide, and the blank space after it."""

    text: str
    space: str


@dataclass(frozen=True)
class Hunk:
    """One place where a person decides: a block both changed, or what both put between two.

    An empty text means that this side has nothing there.
    """

    name: str
    base: str
    ours: str
    theirs: str
    space: str


@dataclass(frozen=True)
class MergedText:
    """The merged blocks in order, and how many of them the other side had changed."""

    lead: str
    parts: tuple[Settled | Hunk, ...]
    blocks_from_theirs: int

    @property
    def hunks(self) -> tuple[Hunk, ...]:
        """The places a person must decide."""
        return tuple(part for part in self.parts if isinstance(part, Hunk))

    @property
    def condensed(self) -> tuple[Settled | Hunk, ...]:
        """The parts, with neighbours that are settled joined into one."""
        parts: list[Settled | Hunk] = []
        for settled, group in groupby(self.parts, lambda part: isinstance(part, Settled)):
            pieces = list(group)
            if settled:
                texts = [part for part in pieces if isinstance(part, Settled)]
                whole = _joined([*texts[:-1], Settled(texts[-1].text, "")])
                parts.append(Settled(whole, texts[-1].space))
            else:
                parts += pieces
        return tuple(parts)

    def text(self, decide: Callable[[Hunk], str]) -> str:
        """Return the whole text, with what `decide` answers in place of each hunk."""
        pieces = [
            part if isinstance(part, Settled) else Settled(decide(part), part.space)
            for part in self.parts
        ]
        return self.lead + _joined(pieces)


# Where a piece of the merged text comes from: the first and the last block of each document.
OURS, THEIRS = 1, 2
Places = tuple[Blocks | None, Blocks | None, Blocks | None]


class _Piece(NamedTuple):
    what: str | Versions
    places: Places
    from_theirs: bool = False


def merge_text(base: str, ours: str, theirs: str) -> MergedText:
    """Merge two texts made from `base`: `theirs` is saved already, `ours` is being saved.

    Changes in different blocks, or with an unchanged word between them, are both taken. Changes
    that touch, and different blocks put at one place, become hunks.
    """
    budget = Budget()
    root = split_blocks(base)
    us, them = (side_of(root, split_blocks(text), budget) for text in (ours, theirs))
    pieces = list(_pieces(root, us, them, budget))
    documents = (root, us.document, them.document)
    lead = _changed(*(document.lead for document in documents))
    from_theirs = sum(piece.from_theirs for piece in pieces)
    return MergedText(lead, tuple(_parts(pieces, documents)), from_theirs)


def _pieces(root: Document, ours: Side, theirs: Side, budget: Budget) -> Iterator[_Piece]:
    added = _additions_by_gap(ours, theirs, budget)
    for gap in range(len(root.texts) + 1):
        yield from added.get(gap, [])
        if gap < len(root.texts):
            yield _merged_block(root, ours, theirs, gap, budget)


def _merged_block(root: Document, ours: Side, theirs: Side, block: int, budget: Budget) -> _Piece:
    base, us, them = root.texts[block], ours.text_of(block), theirs.text_of(block)
    if us in (base, them) or them == base:
        what: str | Versions = us if them == base else them
    elif us and them:
        what = merge_words(base, us, them, budget)
    else:
        what = Versions(base, us, them)
    places = ((block, block), ours.became.get(block), theirs.became.get(block))
    return _Piece(what, places, from_theirs=them not in (base, us))


def _additions_by_gap(ours: Side, theirs: Side, budget: Budget) -> dict[int, list[_Piece]]:
    """Return what either side added, by the base block before which it goes.

    Where a side also removed blocks, its addition may belong before or after any of them: two
    additions that may stand at one place meet there, so that their order is not the machine's.
    """
    pieces: dict[int, list[_Piece]] = {}
    rest = deque(theirs.additions)
    alone: list[Addition] = []
    for mine in ours.additions:
        # Both sides are in the order of the base: what ends before this meets nothing any more.
        while rest and rest[0].last < mine.first:
            alone.append(rest.popleft())
        if rest and rest[0].meets(mine):
            rival = rest.popleft()
            gap = max(mine.first, rival.first)
            pieces[gap] = list(_side_by_side(ours, mine.blocks, theirs, rival.blocks, budget))
        else:
            pieces[mine.first] = [_added(ours, block, OURS) for block in mine.blocks]
    for other in (*alone, *rest):
        pieces[other.first] = [_added(theirs, block, THEIRS) for block in other.blocks]
    return pieces


def _side_by_side(
    ours: Side, us: range, theirs: Side, them: range, budget: Budget
) -> Iterator[_Piece]:
    """Yield what both added at one place: what is equal once, the rest for a person to order."""
    texts = ours.document.texts[us.start : us.stop]
    others = theirs.document.texts[them.start : them.stop]
    runs = matching_runs(texts, others, budget)
    parts: list[Run | Span] = [*runs, *gaps_between(runs, len(texts), len(others))]
    for part in sorted(parts, key=lambda part: (part.old, part.new)):
        if isinstance(part, Span):
            mine, yours = us[part.old : part.old_end], them[part.new : part.new_end]
            yield from _different(ours, mine, theirs, yours)
        else:
            for i, j in zip(us[part.old :], them[part.new :][: part.length], strict=False):
                yield _Piece(ours.document.texts[i], (None, (i, i), (j, j)))


def _different(ours: Side, us: range, theirs: Side, them: range) -> Iterator[_Piece]:
    if us and them:
        mine, yours = (us[0], us[-1]), (them[0], them[-1])
        versions = Versions("", ours.document.part(*mine), theirs.document.part(*yours))
        yield _Piece(versions, (None, mine, yours), from_theirs=True)
    else:
        yield from (_added(ours, block, OURS) for block in us)
        yield from (_added(theirs, block, THEIRS) for block in them)


def _added(side: Side, block: int, whose: int) -> _Piece:
    place = (block, block)
    places = (None, place, None) if whose == OURS else (None, None, place)
    return _Piece(side.document.texts[block], places, whose == THEIRS)


def _parts(pieces: Sequence[_Piece], documents: Sequence[Document]) -> Iterator[Settled | Hunk]:
    kept = [piece for piece in pieces if piece.what]
    number = 0
    for piece, following in zip(kept, [*kept[1:], None], strict=False):
        space = _space(piece, following, documents)
        if isinstance(piece.what, str):
            yield Settled(piece.what, space)
        else:
            number += 1
            what = piece.what
            yield Hunk(f"hunk-{number}", what.base, what.ours, what.theirs, space)


def _space(piece: _Piece, following: _Piece | None, documents: Sequence[Document]) -> str:
    """Return the blank space between two pieces, as a document has it that holds them so."""
    if following is None:
        return "\n"
    base, us, them = (
        _space_in(document, here, there)
        for document, here, there in zip(documents, piece.places, following.places, strict=True)
    )
    if us is not None and them is not None:
        return _changed(base if base is not None else us, us, them)
    if us is not None or them is not None:
        return us or them or "\n"
    return _widest_around(piece, following, documents)


def _space_in(document: Document, here: Blocks | None, there: Blocks | None) -> str | None:
    if here is None or there is None or here[1] + 1 != there[0]:
        return None
    return document.spaces[here[1]]


def _widest_around(piece: _Piece, following: _Piece, documents: Sequence[Document]) -> str:
    """Return the widest space after one piece or before the other, where both occur if possible."""
    found = list(zip(documents, piece.places, following.places, strict=True))
    both = [places for places in found if places[1] and places[2]]
    spaces = []
    for document, here, there in both or found:
        spaces += [document.spaces[here[1]]] if here else []
        spaces += [document.spaces[there[0] - 1]] if there and there[0] else []
    return max(spaces, key=_height, default="\n\n")


def _changed(base: str, ours: str, theirs: str) -> str:
    """Return the side that changed; when both did, the taller: this is for blank space only."""
    if theirs == base:
        return ours
    return theirs if ours == base else max(ours, theirs, key=_height)


def _height(space: str) -> int:
    return space.count("\n")


def _joined(pieces: Iterable[Settled]) -> str:
    parts: list[str] = []
    space = ""
    for piece in pieces:
        if piece.text:
            parts += [space, piece.text]
            space = piece.space
        elif parts:
            space = max(space, piece.space, key=_height)
    return "".join([*parts, space])
