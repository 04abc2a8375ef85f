"""Pages and edits made at random, with the truth about them: what a right merge must give.

A page is a row of blocks of words. An edit says which words of which block it replaces, which
blocks it removes and what it adds between two blocks, so that several edits of one page can be
applied to it together, and the words each of them wrote can be counted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random

from hypothesis import strategies as st

from wiki.pages.content import Content

RUSSIAN_WORDS = """
пельмени поставка договор клиент и в на с по для срок оплата склад отгрузка заявка менеджер
директор цена скидка партия упаковка килограмм холодильник температура хранение и не что если
возврат претензия качество образец дегустация магазин сеть акция прайс-лист согласование
"""
ENGLISH_WORDS = """
delivery contract client the a of and to for in on term payment warehouse shipment order manager
director price discount batch package kilogram freezer temperature storage is not that when
return complaint quality sample tasting shop chain offer price-list approval the a of
"""

RUSSIAN, ENGLISH = RUSSIAN_WORDS.split(), ENGLISH_WORDS.split()
NEW = "ново"
MARKS = ["", "", "", "", ",", ".", " —", ";"]


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, item, row or line of code; `group` tells one list from the next."""

    kind: str
    group: int
    words: tuple[str, ...]
    fixed: bool = False

    def __str__(self) -> str:
        if self.kind == "row":
            return "| " + " | ".join(self.words) + " |"
        return {"heading": "## ", "item": "- "}.get(self.kind, "") + " ".join(self.words)


@dataclass(frozen=True)
class Replacement:
    """Words [start, end) of a block, and what stands there instead."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass
class Edit:
    """What one person did to a page."""

    replaced: dict[int, list[Replacement]] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    added: dict[int, Block] = field(default_factory=dict)

    def written(self) -> Counter[str]:
        """Every word this person wrote."""
        words = [word for block in self.added.values() for word in block.words]
        words += [w for parts in self.replaced.values() for part in parts for w in part.words]
        return words_of(" ".join(words))

    def names(self) -> Counter[str]:
        """The words this person wrote that stand nowhere else."""
        return Counter({word: n for word, n in self.written().items() if word.startswith(NEW)})

    def touched(self, block: int) -> list[tuple[int, int]]:
        """Return the words of a block this person changed, as ranges."""
        return [(part.start, part.end) for part in self.replaced.get(block, [])]


Page = Sequence[Block]


def words_of(text: str) -> Counter[str]:
    """Return how often each word stands in a text."""
    return Counter(text.replace("|", " ").split())


def text_of(blocks: Iterable[Block]) -> str:
    """Return the Markdown of a row of blocks."""
    text, last = "", None
    for block in blocks:
        close = last and block.group == last.group
        text += ("\n" if close else "\n\n" if last else "") + str(block)
        last = block
    return text + "\n" if text else ""


def applied(page: Page, *edits: Edit) -> str:
    """Return the Markdown of the page after all edits together; they must not touch."""
    blocks: list[Block] = []
    for place in range(len(page) + 1):
        blocks += [edit.added[place] for edit in edits if place in edit.added]
        if place < len(page) and not any(place in edit.removed for edit in edits):
            parts = [part for edit in edits for part in edit.replaced.get(place, [])]
            blocks.append(_replaced(page[place], parts))
    return text_of(blocks)


def _replaced(block: Block, parts: Sequence[Replacement]) -> Block:
    words = list(block.words)
    for part in sorted(parts, key=lambda part: part.start, reverse=True):
        words[part.start : part.end] = part.words
    return replace(block, words=tuple(words))


def kept_by_all(page: Page, *edits: Edit) -> Counter[str]:
    """Return the words of the page that none of the edits took away."""
    words: list[str] = []
    for place, block in enumerate(page):
        gone = {n for edit in edits for a, b in edit.touched(place) for n in range(a, b)}
        if not any(place in edit.removed for edit in edits):
            words += [word for n, word in enumerate(block.words) if n not in gone]
    return words_of(" ".join(words))


class Writer:
    """Writes pages and edits; every edit holds words that occur nowhere else."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names = count(1)

    def page(self) -> list[Block]:
        """Return a page in the shape of a product page, Russian or English."""
        vocabulary = self.random.choice([RUSSIAN, ENGLISH])
        group = count(1)
        blocks = [Block("heading", next(group), self._words(vocabulary, 3, 5))]
        for kind in self.random.choices(["text", "item", "row", "code", "heading"], k=6):
            blocks += self._group(kind, next(group), vocabulary)
            blocks.append(Block("text", next(group), self._words(vocabulary, 12, 60)))
        return blocks

    def edit(self, page: Page) -> Edit:
        """Return an edit of a few places anywhere on the page."""
        return self._edit(page, range(len(page)), ())

    def edits_apart(self, page: Page, number: int) -> list[Edit]:
        """Return edits with an untouched word, or another place, between any two of them."""
        places = self.random.choice([range(len(page)), self._few_places(page)])
        edits: list[Edit] = []
        for _ in range(number):
            edits.append(self._edit(page, places, edits))
        return edits

    def crowded_edits(self, page: Page, number: int) -> list[Edit]:
        """Return edits of the same few blocks: they may touch in every way."""
        places = self._few_places(page)
        return [self._edit(page, places, ()) for _ in range(number)]

    def _few_places(self, page: Page) -> range:
        first = self.random.randrange(len(page) - 4)
        return range(first, first + self.random.randint(1, 5))

    def _edit(self, page: Page, places: range, others: Sequence[Edit]) -> Edit:
        edit = Edit()
        for _ in range(self.random.randint(1, 6)):
            step = self.random.choice([self._replace, self._replace, self._remove, self._add])
            step(page, self.random.choice(places), edit, others)
        return edit

    def _group(self, kind: str, group: int, vocabulary: Sequence[str]) -> Iterator[Block]:
        if kind in ("text", "heading"):
            yield Block(kind, group, self._words(vocabulary, 5, 40))
            return
        if kind == "code":
            yield Block(kind, group, ("```",), fixed=True)
        if kind == "row":
            yield Block(kind, group, self._cells(vocabulary), fixed=True)
            yield Block(kind, group, ("---",) * 4, fixed=True)
        for _ in range(self.random.randint(3, 6)):
            words = self._cells(vocabulary) if kind == "row" else self._words(vocabulary, 5, 12)
            yield Block(kind, group, words)
        if kind == "code":
            yield Block(kind, group, ("```",), fixed=True)

    def _words(self, vocabulary: Sequence[str], least: int, most: int) -> tuple[str, ...]:
        chosen = self.random.choices(vocabulary, k=self.random.randint(least, most))
        return tuple(word + self.random.choice(MARKS) for word in chosen)

    def _cells(self, vocabulary: Sequence[str]) -> tuple[str, ...]:
        chosen = self.random.choices(vocabulary, k=4)
        return tuple(f"{word}-{self.random.randint(1, 999)}" for word in chosen)

    def _new(self, least: int, most: int) -> tuple[str, ...]:
        size = self.random.randint(least, most)
        words = [self.random.choice(RUSSIAN + ENGLISH) for _ in range(size)]
        words[self.random.randrange(size)] = f"{NEW}{next(self.names)}"
        return tuple(words)

    def _replace(self, page: Page, place: int, edit: Edit, others: Sequence[Edit]) -> None:
        size = len(page[place].words)
        length = self.random.randint(0, max(1, size // 4))
        start = self.random.randint(0, size - length)
        row = page[place].kind == "row"
        words = self._new(length, length) if row and length else self._new(1, max(1, size // 4))
        if not row and length and self.random.random() < 0.3:
            words = ()
        removed = any(place in one.removed for one in [edit, *others])
        if page[place].fixed or removed or (row and not length):
            return
        taken = [one for other in [edit, *others] for one in other.touched(place)]
        free = all(start > b or start + length < a for a, b in taken)
        if free and len(edit.touched(place)) < 2:
            part = Replacement(start, start + length, words)
            edit.replaced.setdefault(place, []).append(part)

    def _remove(self, page: Page, place: int, edit: Edit, others: Sequence[Edit]) -> None:
        near = {place - 1, place, place + 1}
        mine = edit.removed & near or edit.replaced.keys() & near or edit.added.keys() & near
        theirs = any(place in other.replaced or place in other.removed for other in others)
        between = len({gap for other in others for gap in other.added} & {*near, place + 2}) > 1
        if not page[place].fixed and not mine and not theirs and not between:
            edit.removed.add(place)

    def _add(self, page: Page, place: int, edit: Edit, others: Sequence[Edit]) -> None:
        near = set(range(place - 2, place + 2))
        mine = edit.removed & near or edit.added.keys() & near
        theirs = any(self._same_place(place, other, others) for other in others)
        before, after = page[place - 1], page[place]
        inside = before.group == after.group
        if not place or mine or theirs or (inside and before.fixed):
            return
        if inside or (before.kind == "item" and self.random.random() < 0.5):
            words = self._new(4, 4) if before.kind == "row" else self._new(5, 9)
            edit.added[place] = Block(before.kind, before.group, words)
        else:
            edit.added[place] = Block("text", 1000 + next(self.names), self._new(8, 30))

    @staticmethod
    def _same_place(place: int, other: Edit, others: Sequence[Edit]) -> bool:
        """Whether the other adds here, or so near that somebody removed all that is between."""
        gone = set().union(*(one.removed for one in others))
        return any(
            place == gap or gone & set(range(min(place, gap), max(place, gap)))
            for gap in other.added
        )


def content(body: str, **fields: object) -> Content:
    """Return a content with this body and, unless given, an ordinary rest."""
    ordinary: dict[str, object] = {
        "title": "Пельмени",
        "facts": {},
        "tags": (),
        "category_id": None,
    }
    return Content(body=body, **{**ordinary, **fields})  # type: ignore[arg-type]


def writers() -> st.SearchStrategy[Writer]:
    """Writers whose choices Hypothesis makes."""
    return st.integers(0, 2**64 - 1).map(lambda seed: Writer(Random(seed)))
