"""What a typed question means to a reader: word families, synonyms, beginnings and slips.

Everything is judged by the reader's `Look`, so nothing is ever suggested that they may not see.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from search.corrections import JOINED, Meant, joined, meanings
from search.expressions import with_synonyms
from search.families import partners
from search.layouts import Retyped, retyped
from search.lemmas import other_terms, term_of
from search.parsing import Parsed, Word
from search.questions import Question, Slot, Way
from search.synonyms import Synonyms
from search.transliteration import transliterations
from search.wordbook import Remembering, Wordbook

READING = 0.8
"""Worth of a word under which another reading of an ambiguous form stands."""
FAMILY = 0.35
"""Worth of a word of the same family: «продление» for «продлить»."""
ABROAD = 0.4
"""Worth of the same word in the other alphabet: «маркетинг» for «marketing»."""
SHORTEST_ABROAD = 5
_MOST_SPELLINGS = 4
BEGINNING = 0.9
"""Worth of a word that begins as asked (`word*`)."""
MOST_BEGINNINGS = 12
MOST_WAYS = 12
MOST_CORRECTED = 10
"""So many unknown words of a question are worth the time to seek what they mean."""


@dataclass(frozen=True, slots=True)
class Understood:
    """The question with all ways to say it.

    `instead` is what it was taken for, when a word was taken for another; `corrections` are the
    typed words with those that were used.
    """

    question: Question
    instead: str | None = None
    corrections: tuple[tuple[str, str], ...] = ()


_Meanings = Mapping[int | None, tuple[Meant, ...]]
"""What is meant by the unknown words, by the number of their slot."""


def understand(
    look: Wordbook, parsed: Parsed, synonyms: Synonyms, literal: bool = False
) -> Understood:
    """What the question means to this reader; `literal` corrects no slips."""
    book = Remembering(look)
    typed = Retyped(parsed) if literal else retyped(book, parsed)
    taken = typed.parsed
    meant = {} if literal else _meant(book, taken)
    slots = [
        _slot(book, slot, _word_of(taken, number), meant.get(number, ()))
        for number, slot in enumerate(taken.question.slots)
    ]
    terms = [(_used_term(word, meant), word.slot) for word in taken.words]
    question = replace(
        taken.question,
        slots=with_synonyms(slots, terms, synonyms),
        spelt=tuple(_spelling(word, meant) for word in taken.words if word.slot is not None),
    )
    return _told(question, typed, meant)


def _word_of(parsed: Parsed, number: int) -> Word | None:
    return next((word for word in parsed.words if word.slot == number), None)


def _spelling(word: Word, meant: _Meanings) -> str:
    """The word as it is to be spelt: what was surely meant, or as typed."""
    found = meant.get(word.slot)
    return " ".join(found[0].words) if found and found[0].sure else word.word


def _used_term(word: Word, meant: _Meanings) -> str:
    """The term of a word, or of the one word that is surely meant by it."""
    if word.slot in meant and meant[word.slot][0].sure:
        return " ".join(meant[word.slot][0].terms)
    return word.term


def _meant(look: Wordbook, parsed: Parsed) -> dict[int | None, tuple[Meant, ...]]:
    """What the words that are nowhere in the index may mean."""
    unknown: dict[int, Word] = {
        word.slot: word
        for word in reversed(parsed.words)
        if word.slot is not None and _is_unknown(look, word, parsed.question.slots[word.slot])
    }
    meant = _joined(look, parsed.words, unknown)
    left = [(slot, word) for slot, word in sorted(unknown.items()) if slot not in meant]
    for slot, word in left[:MOST_CORRECTED]:
        if found := meanings(look, word.word):
            meant[slot] = found
    return meant


def _is_unknown(look: Wordbook, word: Word, slot: Slot) -> bool:
    """Whether neither the word nor one of its family stands anywhere."""
    if word.begins or any(all(map(look.count, way.terms)) for way in slot.ways):
        return False
    return not any(look.count(way.terms[0]) for way in _relatives(word.word))


def _joined(
    look: Wordbook, words: Sequence[Word], unknown: Mapping[int, Word]
) -> dict[int | None, tuple[Meant, ...]]:
    """Words typed in two pieces."""
    meant: dict[int | None, tuple[Meant, ...]] = {}
    for first, second in pairwise(words):
        if (
            first.slot is None
            or second.slot is None
            or not {first.slot, second.slot} & set(unknown)
        ):
            continue
        if whole := joined(look, first.word, second.word):
            meant[first.slot] = (Meant((whole,), JOINED),)
            meant[second.slot] = (Meant((whole,), JOINED, told=""),)
    return meant


def _slot(look: Wordbook, slot: Slot, word: Word | None, meant: Sequence[Meant]) -> Slot:
    """The slot with all further ways that find anything.

    What an unknown word was taken for stands before it: neighbours are sought by the first way.
    """
    if word is None:
        return slot
    further = _taken_for(meant) if meant else _expanded(look, word)
    useful = [way for way in further if all(map(look.count, way.terms))]
    best = sorted(useful, key=lambda way: -way.weight)[:MOST_WAYS]
    return Slot(_different((*best, *slot.ways) if meant else (*slot.ways, *best)))


def _different(ways: Sequence[Way]) -> tuple[Way, ...]:
    """Each way once, at its first place."""
    return tuple({way.terms: way for way in reversed(ways)}.values())[::-1]


def _taken_for(meant: Sequence[Meant]) -> Iterator[Way]:
    """The words that an unknown one was taken for, with the family of the likeliest."""
    for one in meant:
        yield Way(one.terms, one.weight)
    if len(meant[0].words) == 1:
        for way in _relatives(meant[0].words[0]):
            yield Way(way.terms, way.weight * meant[0].weight)


def _expanded(look: Wordbook, word: Word) -> Iterator[Way]:
    if word.begins:
        for other in look.beginning_with(word.word, MOST_BEGINNINGS):
            yield Way((term_of(other),), BEGINNING)
    else:
        yield from _relatives(word.word)
        if len(word.word) >= SHORTEST_ABROAD:
            for other in transliterations(word.word)[:_MOST_SPELLINGS]:
                yield Way((term_of(other),), ABROAD)


def _relatives(word: str) -> Iterator[Way]:
    """The other readings of a word, and the words of its family."""
    for term in other_terms(word):
        yield Way((term,), READING)
    for other in partners(word):
        yield Way((term_of(other),), FAMILY)


def _told(question: Question, typed: Retyped, meant: _Meanings) -> Understood:
    """The question with what is to be said of its corrections.

    Unsure ones help to rank and are not spoken of, unless there is nothing else to find.
    """
    nothing_else = all(number in meant for number in range(len(question.slots)))
    changed = [
        (word, one.told if one.told is not None else " ".join(one.words))
        for word in typed.parsed.words
        if word.slot in meant and ((one := meant[word.slot][0]).sure or nothing_else)
    ]
    if not changed and not typed.changes:
        return Understood(question)
    text = typed.parsed.text
    for word, used in reversed(changed):
        text = text[: word.start] + used + text[word.end :]
    pairs = ((word.word, used) for word, used in changed)
    return Understood(question, " ".join(text.split()), (*typed.changes, *pairs))
