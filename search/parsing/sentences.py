"""A whole typed text, read clause by clause."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from search.analysis import chains
from search.parsing import vocabulary
from search.parsing.clauses import Clause, clauses, clean
from search.parsing.days import first_day
from search.parsing.parsed import Parsed, Word
from search.parsing.slots import demanded, is_code, is_common, limiting, slots_of
from search.questions import (
    LONGEST_QUESTION,
    MOST_WORDS,
    SHORTEST_PREFIX,
    Field,
    Limit,
    Question,
    Slot,
    Way,
)
from wiki.errors import Refusal

MOST_DEMANDS = 16
"""So many phrases, exclusions and limits each; more are left out."""

_PREFIX = re.compile(r"[^\W_][\w-]*\*+")


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    words: list[tuple[Word, Slot]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    without: list[tuple[str, ...]] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    kind: str | None = None
    after: date | None = None
    before: date | None = None


def parse(text: str, today: date | None = None) -> Parsed:
    """The question in this text. Never fails, whatever the signs; too long raises `Refusal`.

    `"…"`, «…», “…” is a phrase; `-word`, `-"phrase"` must not be there; `title:` `client:`
    `product:` `author:` `tag:` limit a word or phrase to a part of the document, `kind:` (the
    last one counts) and `after:`, `before:` the documents: `after:` a day, month or year is from
    its first day on, `before:` is until the day before it, so `after:2026-05 before:2026-06` is
    May. All have Russian twins. `today` gives `вчера` a meaning. `word*` begins words. What is
    none of this is words; words of grammar count only when nothing else is asked.
    """
    if len(text) > LONGEST_QUESTION:
        raise Refusal(
            "The question is longer than %(limit)d characters. Keep only the words that matter.",
            limit=LONGEST_QUESTION,
        )
    text = clean(text)
    reading = _Reading()
    for clause in clauses(text):
        if not _is_demand(reading, clause, today):
            _read_words(reading, text, clause)
    return replace(_parsed(text, reading), today=today)


def _is_demand(reading: _Reading, clause: Clause, today: date | None) -> bool:
    """Take what is demanded of every document; whether the clause was so."""
    if clause.minus:
        reading.without.append(demanded(clause.value))
    elif clause.field in vocabulary.FIELDS:
        _limit(reading, vocabulary.FIELDS[clause.field], clause)
    elif clause.field in vocabulary.KIND_FIELDS:
        return _choose_kind(reading, clause)
    elif clause.field in vocabulary.AFTER_FIELDS | vocabulary.BEFORE_FIELDS:
        return _bound(reading, clause, today)
    elif clause.quoted and not clause.field:
        return _phrase(reading, clause)
    else:
        return False
    return True


def _limit(reading: _Reading, part: Field, clause: Clause) -> None:
    terms = limiting(clause.value)
    if terms:
        reading.limits.append(Limit(part, terms))


def _choose_kind(reading: _Reading, clause: Clause) -> bool:
    kind = vocabulary.kind_called(clause.value)
    reading.kind = kind or reading.kind
    return kind is not None


def _bound(reading: _Reading, clause: Clause, today: date | None) -> bool:
    first = first_day(clause.value, today)
    if first is not None and clause.field in vocabulary.AFTER_FIELDS:
        reading.after = max(first, reading.after or first)
    elif first is not None:
        last = first - timedelta(days=1)
        reading.before = min(last, reading.before or last)
    return first is not None


def _phrase(reading: _Reading, clause: Clause) -> bool:
    """A phrase is demanded and its words make the rank; a code in quotes is taken as a code."""
    found = list(chains(clause.value))
    codes = len(found) == 1 and is_code(found[0])
    terms = (found[0].wholes[0].term,) if codes else demanded(clause.value)
    if terms:
        reading.phrases.append(terms)
        reading.asked += [token.term for chain in found for token in (*chain.wholes, *chain.parts)]
    return True


def _read_words(reading: _Reading, text: str, clause: Clause) -> None:
    """Ordinary words; with an unknown field before them this is a word, too."""
    value, start = (
        (clause.whole, clause.whole_start) if clause.field else (clause.value, clause.start)
    )
    begins = _PREFIX.fullmatch(value) is not None
    found = list(chains(value))
    for chain in found:
        reading.asked += [token.term for token in (*chain.wholes, *chain.parts)]
        for token, slot in slots_of(value, chain):
            long = len(token.word) >= SHORTEST_PREFIX
            word = Word(
                token.word,
                token.term,
                token.start + start,
                token.end + start,
                value,
                start,
                begins=begins and long and chain is found[-1],
            )
            reading.words.append((word, slot))


def _parsed(text: str, reading: _Reading) -> Parsed:
    slots: dict[tuple[tuple[str, ...], bool], int] = {}
    made: list[Slot] = []
    words: list[Word] = []
    counting = _counting(reading)
    for number, (word, slot) in enumerate(reading.words):
        name = (slot.ways[0].terms, word.begins)
        if number in counting and name not in slots and len(made) < MOST_WORDS:
            slots[name] = len(made)
            made.append(slot)
        words.append(replace(word, slot=slots.get(name) if number in counting else None))
    return Parsed(_question(text, reading, made), text, tuple(words))


def _counting(reading: _Reading) -> set[int]:
    """Which words count: those that are no words of grammar, or all when nothing else is asked."""
    rare = {n for n, (word, _slot) in enumerate(reading.words) if not is_common(word)}
    if rare or reading.phrases or reading.limits or reading.kind:
        return rare
    return set(range(len(reading.words)))


def _question(text: str, reading: _Reading, slots: list[Slot]) -> Question:
    limits = tuple(dict.fromkeys(reading.limits))[:MOST_DEMANDS]
    phrases = tuple(dict.fromkeys(reading.phrases))[:MOST_DEMANDS]
    ranked = [*phrases, *(() if slots else (limit.terms for limit in limits if _says(limit)))]
    return Question(
        text=text,
        slots=_with(slots, [term for terms in ranked for term in terms]),
        whole=" ".join(reading.asked),
        phrases=phrases,
        without=tuple(dict.fromkeys(filter(None, reading.without)))[:MOST_DEMANDS],
        limits=limits,
        marks=(f"kind={reading.kind}",) if reading.kind else (),
        after=reading.after,
        before=reading.before,
    )


def _says(limit: Limit) -> bool:
    """Whether documents with these words differ in how well they fit."""
    return limit.field in (Field.TITLE, Field.PRODUCT)


def _with(slots: list[Slot], terms: list[str]) -> tuple[Slot, ...]:
    """The slots, and one for each demanded term that is in none of them."""
    asked = {slot.ways[0].terms for slot in slots}
    added = [Slot((Way((term,)),)) for term in dict.fromkeys(terms) if (term,) not in asked]
    return tuple([*slots, *added][:MOST_WORDS])
