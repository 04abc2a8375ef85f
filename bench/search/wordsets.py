"""Sets of single words: other forms, families, misspellings."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from bench.search.forms import (
    family_pairs,
    is_noun_verb_or_adjective,
    objects,
    other_form,
    with_object,
)
from bench.search.sets import Asked, Collection, QuestionSet, Text
from bench.search.slips import badly_misspelt, misspelt
from bench.search.texts import TextPage, words
from search.lemmas import term_of

_MOST_WORDS, _MOST_QUESTIONS = 3_000, 300


def word_sets(pages: Sequence[TextPage], language: str) -> Iterator[QuestionSet]:
    """The sets of one language."""
    yield _forms(pages, language)
    yield _families(language)
    yield _misspellings(pages, language, "one word, misspelt", misspelt)
    yield _misspellings(pages, language, "one word, badly misspelt", badly_misspelt)


def _forms(pages: Sequence[TextPage], language: str) -> QuestionSet:
    """A document is one word; it is asked for by another form of it."""
    dice, known = random.Random(f"forms {language}"), list[tuple[str, str]]()
    for word in _frequent(pages, language):
        other = other_form(word, language, dice)
        if other != word and (language == "en" or is_noun_verb_or_adjective(word)):
            known.append((word, other))
    # Two forms of one word as documents would make the answer arbitrary.
    apart = list({min(pair[0][:4], pair[0]): pair for pair in known}.values())
    asked = [Asked(other, {number: 1.0}) for number, (_word, other) in enumerate(apart)]
    return _set(language, "one word, another form", [word for word, _other in apart], asked)


def _families(language: str) -> QuestionSet:
    """«Продление договора» is asked for by «продлить договор»."""
    titles, asked = list[str](), list[Asked]()
    for verb, noun in family_pairs(language):
        for thing in objects(language):
            gains = {len(titles): 1.0}
            asked.append(Asked(f"{verb} {thing}", gains))
            titles.append(with_object(noun, thing, language))
    return _set(language, "the verb for the noun", titles, asked)


def _misspellings(
    pages: Sequence[TextPage],
    language: str,
    name: str,
    written_by: Callable[[str, str, random.Random], str],
) -> QuestionSet:
    """A document is one word; it is asked for as it sounds.

    Of words with one term the most frequent, since any of them would be a right answer.
    """
    dice = random.Random(f"{name} {language}")
    by_term = {term_of(word): word for word in reversed(_frequent(pages, language))}
    vocabulary = sorted(by_term.values())[:_MOST_WORDS]
    number = {word: place for place, word in enumerate(vocabulary)}
    long = [word for word in vocabulary if len(word) > 5]
    asked = []
    for word in dice.sample(long, min(_MOST_QUESTIONS, len(long))):
        written = written_by(word, language, dice)
        if written not in number:
            asked.append(Asked(written, {number[word]: 1.0}))
    return _set(language, name, vocabulary, asked)


def _frequent(pages: Sequence[TextPage], language: str) -> list[str]:
    """The words of the pages, the most frequent first."""
    often = Counter(word for page in pages for word in words(page.text.lower()))
    letters = (
        "абвгдежзийклмнопрстуфхцчшщъыьэюя" if language == "ru" else "abcdefghijklmnopqrstuvwxyz"
    )
    plain = [word for word in often if len(word) > 3 and set(word) <= set(letters)]
    return sorted(plain, key=lambda word: (-often[word], word))


def _set(language: str, name: str, titles: Sequence[str], asked: Sequence[Asked]) -> QuestionSet:
    texts = tuple(Text(title, "", language) for title in titles)
    return QuestionSet(language, name, Collection(f"{language} {name}", texts), tuple(asked))
