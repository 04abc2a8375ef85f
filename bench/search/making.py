"""All question sets of a language, made from its pages."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bench.search import slips
from bench.search.asking import (
    Vocabulary,
    heading_as_question,
    part_of,
    question_of_words,
    shortened,
    without,
)
from bench.search.sets import Asked, Collection, QuestionSet, Text
from bench.search.texts import SHORTEST_PARAGRAPH, TextPage, read_pages, sentences, words
from bench.search.wordsets import word_sets

MOST_QUESTIONS = 200
_FEW_PARAGRAPHS, _ENOUGH_WORDS = 240, 6
_T = TypeVar("_T")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph and the text of its whole page."""

    text: str
    page: str


def every_set() -> Iterator[QuestionSet]:
    """All sets of both languages, those of one collection behind each other."""
    for sets in (sets_of("ru"), sets_of("en"), both_languages()):
        names = list(dict.fromkeys(one.collection.name for one in sets))
        yield from sorted(sets, key=lambda one: names.index(one.collection.name))


def sets_of(language: str) -> list[QuestionSet]:
    """Every set, in the order of the report."""
    pages = read_pages(language)
    base = [
        *_of_paragraphs(pages, language),
        *_of_pages(pages, language),
        *_of_answers(pages, language),
        *_of_titles(pages, language),
    ]
    return [*base, *_mistyped(base, language), *word_sets(pages, language)]


def both_languages() -> list[QuestionSet]:
    """The paragraphs of both languages together, and the questions to both."""
    pairs = [
        next(s for s in _of_paragraphs(read_pages(name), name) if s.name == _QUESTIONS)
        for name in ("ru", "en")
    ]
    shift = len(pairs[0].collection.texts)
    every = Collection("both 240", pairs[0].collection.texts + pairs[1].collection.texts)
    moved = [
        Asked(one.text, {number + shift: gain for number, gain in one.gains.items()})
        for one in pairs[1].asked
    ]
    asked = (*pairs[0].asked, *moved)
    base = QuestionSet("both", _QUESTIONS, every, asked)
    return [base, base.changed("the same, a slip in each", slips.one_slip)]


_QUESTIONS = "questions, 240 paragraphs"


def _of_paragraphs(pages: Sequence[TextPage], language: str) -> Iterator[QuestionSet]:
    dice = random.Random(f"paragraphs {language}")
    every = _paragraphs(pages)
    long = [one for one in every if len(one.text) >= SHORTEST_PARAGRAPH]
    few = dice.sample(long, min(_FEW_PARAGRAPHS, len(long)))
    vocabulary = Vocabulary([one.text for one in every])
    for name, some in ((_QUESTIONS, few), ("questions, all paragraphs", every)):
        yield _questions(name, some, long if some is every else few, vocabulary, language)
    yield _about_sentences(few, vocabulary, language)
    yield _taken_out("a sentence taken out, 240 paragraphs", few, language, whole=True)
    yield _taken_out("a part of a sentence, 240 paragraphs", few, language, whole=False)
    yield _taken_out("a part of a sentence, all paragraphs", every, language, whole=False)


def _paragraphs(pages: Sequence[TextPage]) -> list[Paragraph]:
    """Each different paragraph once."""
    found: dict[str, Paragraph] = {}
    for page in pages:
        for section in page.sections:
            for text in section.paragraphs:
                found.setdefault(text, Paragraph(text, page.text))
    often = Counter(text for page in pages for s in page.sections for text in s.paragraphs)
    return [one for text, one in found.items() if often[text] == 1]


def _questions(
    name: str,
    documents: Sequence[Paragraph],
    asked_about: Sequence[Paragraph],
    vocabulary: Vocabulary,
    language: str,
) -> QuestionSet:
    dice, place = random.Random(name), {one.text: n for n, one in enumerate(documents)}
    chosen = _some(asked_about, dice)
    asked = [
        Asked(
            question_of_words(one.text, one.page, vocabulary, language, dice), {place[one.text]: 1}
        )
        for one in chosen
    ]
    return _set(language, name, [one.text for one in documents], asked)


def _about_sentences(
    few: Sequence[Paragraph], vocabulary: Vocabulary, language: str
) -> QuestionSet:
    dice = random.Random("sentences")
    every = [Paragraph(s, one.text) for one in few for s in sentences(one.text) if len(s) > 30]
    documents = list({one.text: one for one in every}.values())
    long = [one for one in documents if len(words(one.text)) > _ENOUGH_WORDS]
    place = {one.text: number for number, one in enumerate(documents)}
    asked = [
        Asked(
            question_of_words(one.text, one.page, vocabulary, language, dice), {place[one.text]: 1}
        )
        for one in _some(long, dice)
    ]
    return _set(language, "questions, sentences", [one.text for one in documents], asked)


def _taken_out(
    name: str, documents: Sequence[Paragraph], language: str, whole: bool
) -> QuestionSet:
    """A whole sentence that the document then misses, or a part of one that stays there."""
    dice = random.Random(name)
    bodies = [one.text for one in documents]
    fitting = [n for n, text in enumerate(bodies) if len(sentences(text)) > 1 + whole]
    asked = []
    for number in _some(fitting, dice):
        sentence = dice.choice(sentences(bodies[number]))
        if len(words(sentence)) > _ENOUGH_WORDS:
            asked.append(Asked(sentence if whole else part_of(sentence, dice), {number: 1.0}))
            bodies[number] = without(bodies[number], [sentence] if whole else [])
    return _set(language, name, bodies, asked)


def _of_pages(pages: Sequence[TextPage], language: str) -> Iterator[QuestionSet]:
    dice = random.Random(f"pages {language}")
    titles = [Asked(page.title, {number: 1.0}) for number, page in enumerate(pages)]
    bodies = [page.text for page in pages]
    yield _set(language, "titles, pages without them", bodies, titles)
    asked = [Asked(heading_as_question(one.text, language, dice), one.gains) for one in titles]
    yield _set(language, "titles as questions, pages without them", bodies, asked)
    yield _of_abstracts(pages, language)


def _of_abstracts(pages: Sequence[TextPage], language: str) -> QuestionSet:
    """Long questions, each answered by several documents: the sections of one page."""
    texts: list[str] = []
    asked: list[Asked] = []
    for page in pages:
        opening, *others = (section for section in page.sections if len(section.text) > 200)
        first = sentences(opening.text)[0]
        bodies = [without(section.text, [first])[:1_500] for section in (opening, *others)]
        gains = {len(texts) + number: 1.0 for number in range(len(bodies))}
        texts += bodies
        if len(words(first)) > _ENOUGH_WORDS:
            asked.append(Asked(first, gains))
    return _set(language, "long questions, abstracts", texts, asked)


def _of_answers(pages: Sequence[TextPage], language: str) -> Iterator[QuestionSet]:
    dice = random.Random(f"answers {language}")
    often = Counter(section.heading for page in pages for section in page.sections)
    known = [
        section
        for page in pages
        for section in page.sections
        if often[section.heading] == 1 and len(words(section.heading)) > 1
    ]
    numbers = _some(range(len(known)), dice)
    headings = [Asked(known[n].heading, {n: 1.0}) for n in numbers]
    rephrased = [
        Asked(heading_as_question(known[n].heading, language, dice), {n: 1.0}) for n in numbers
    ]
    bodies = [section.text for section in known]
    yield _set(language, "headings, answers without them", bodies, headings)
    yield _set(language, "headings as questions, answers alone", bodies, rephrased)
    texts = tuple(Text(section.heading, section.text, language) for section in known)
    collection = Collection(f"{language} questions and answers", texts)
    yield QuestionSet(language, "rephrased, questions with answers", collection, tuple(rephrased))


def _of_titles(pages: Sequence[TextPage], language: str) -> Iterator[QuestionSet]:
    dice = random.Random(f"titles {language}")
    every = [page.title for page in pages] + [s.heading for page in pages for s in page.sections]
    titles = [title for title in dict.fromkeys(every) if 2 <= len(words(title)) <= 6]
    texts = tuple(Text(title, "", language) for title in titles)
    collection = Collection(f"{language} titles", texts)
    numbers = _some(range(len(titles)), dice)
    short = [Asked(shortened(titles[n], language, dice), {n: 1.0}) for n in numbers]
    put = [Asked(heading_as_question(titles[n], language, dice), {n: 1.0}) for n in numbers]
    yield QuestionSet(language, "short titles, some words of them", collection, tuple(short))
    yield QuestionSet(language, "short titles, as questions", collection, tuple(put))


def _mistyped(base: Sequence[QuestionSet], language: str) -> Iterator[QuestionSet]:
    by_name = {one.name: one for one in base}
    for name in (
        _QUESTIONS,
        "questions, all paragraphs",
        "questions, sentences",
        "short titles, some words of them",
        "titles, pages without them",
    ):
        yield by_name[name].changed(f"{name}, a slip in each", slips.one_slip)
    plain = by_name[_QUESTIONS]
    yield plain.changed(f"{_QUESTIONS}, slips in half of the words", slips.slips_in_half)
    titles = by_name["short titles, some words of them"]
    yield titles.changed("short titles, other layout", slips.in_the_other_layout)
    yield plain.changed(f"{_QUESTIONS}, other layout", slips.in_the_other_layout)
    if language == "ru":
        yield titles.changed("short titles, transliterated", slips.transliterated)
        yield plain.changed(f"{_QUESTIONS}, transliterated", slips.transliterated)


def _set(language: str, name: str, bodies: Sequence[str], asked: Sequence[Asked]) -> QuestionSet:
    texts = tuple(Text("", body, language) for body in bodies)
    return QuestionSet(language, name, Collection(f"{language} {name}", texts), tuple(asked))


def _some(values: Sequence[_T], dice: random.Random) -> list[_T]:
    return dice.sample(list(values), min(MOST_QUESTIONS, len(values)))
