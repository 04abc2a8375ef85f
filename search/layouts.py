"""Parts of a question that were typed with the other keyboard layout."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from search.analysis import chains
from search.parsing import Parsed, Word, parse
from search.parsing.vocabulary import COMMON_TERMS
from search.questions import LONGEST_QUESTION, Slot, Way
from search.slips import readings
from search.wordbook import Wordbook

LAYOUT = 0.95
"""Worth of what the same keys give in the other layout."""
_SHORT = 3
"""Words of so few letters may exist by chance in the wrong layout, too."""


@dataclass(frozen=True, slots=True)
class Retyped:
    """A question with some of its words put into the other layout, and which these are."""

    parsed: Parsed
    changes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What stands between two blanks: its words, and how it reads in the other layout.

    `known`: the index has a word of it as typed; `sure`: it has all words of the other reading.
    """

    words: tuple[Word, ...]
    known: bool
    other: str = ""
    sure: bool = False

    @property
    def written(self) -> str:
        return self.words[0].written


def retyped(look: Wordbook, parsed: Parsed) -> Retyped:
    """The question in the layout that was meant.

    A word changes when the index has it in the other layout alone. When this is so with most
    words that the index has at all, the unknown ones and the short ones change, too.
    """
    chunks = [_typed(look, words) for words in _chunks(parsed.words)]
    if all(chunk.known for chunk in chunks):
        return Retyped(parsed)
    chunks = [chunk if _certain(chunk) else _read(look, chunk) for chunk in chunks]
    sure = [chunk for chunk in chunks if chunk.sure]
    most = len(sure) > sum(map(_certain, chunks))
    changed = [c for c in chunks if c.sure or (most and c.other and not _certain(c))]
    return _with(parsed, changed) if sure else Retyped(parsed)


def _chunks(words: Iterable[Word]) -> Iterable[tuple[Word, ...]]:
    return (tuple(chunk) for _at, chunk in groupby(words, lambda word: word.written_at))


def _typed(look: Wordbook, words: tuple[Word, ...]) -> _Chunk:
    """A chunk as it was typed; words of grammar are known in any index."""
    return _Chunk(words, any(w.term in COMMON_TERMS or look.count(w.term) for w in words))


def _read(look: Wordbook, chunk: _Chunk) -> _Chunk:
    """The chunk with what it is in the other layout, best as words that the index has."""
    others = list(readings(chunk.written))
    for other in others:
        terms = [part.term for chain in chains(other) for part in chain.parts]
        telling = [term for term in terms if term not in COMMON_TERMS]
        if telling and all(look.count(term) for term in telling):
            return replace(chunk, other=other, sure=not chunk.known)
    return replace(chunk, other=others[-1] if others else "")


def _certain(chunk: _Chunk) -> bool:
    """Whether it is hardly there by chance."""
    return chunk.known and len(chunk.written) > _SHORT


def _with(parsed: Parsed, changed: Iterable[_Chunk]) -> Retyped:
    """The question read anew; what was typed stays a way of its words."""
    text, typed, shift = parsed.text, {}, 0
    for chunk in changed:
        at = chunk.words[0].written_at + shift
        text = text[:at] + chunk.other + text[at + len(chunk.written) :]
        typed[at] = [
            parsed.question.slots[w.slot].ways[0] for w in chunk.words if w.slot is not None
        ]
        shift += len(chunk.other) - len(chunk.written)
    again = parse(text[:LONGEST_QUESTION], parsed.today)
    slots = list(again.question.slots)
    for word in again.words:
        if word.slot is not None and word.written_at in typed:
            slots[word.slot] = _also(slots[word.slot], typed[word.written_at])
    question = replace(parsed.question, slots=tuple(slots), whole=again.question.whole)
    pairs = tuple((chunk.written, chunk.other) for chunk in changed)
    return Retyped(replace(again, question=question), pairs)


def _also(slot: Slot, typed: list[Way]) -> Slot:
    return Slot((*(Way(way.terms, way.weight * LAYOUT) for way in slot.ways), *typed))
