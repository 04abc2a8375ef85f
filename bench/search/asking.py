"""Questions as people ask them: a heading put as a question, the words of a text in other forms."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from bench.search.forms import other_form, verb_of
from bench.search.texts import words

_PHRASES = {
    "ru": (
        "Как происходит {}?",
        "Что такое {}?",
        "где найти: {}",
        "Расскажите, пожалуйста, про {}",
        "Что нужно знать, если интересует {}?",
        "{}: с чего начать?",
    ),
    "en": (
        "What is {}?",
        "How does {} work?",
        "where can I find {}",
        "What do I need to know about {}?",
        "Could you please explain {} to me?",
        "{}: where should I start?",
    ),
}
_OPENINGS = {
    "ru": ("Как", "Почему", "Какие", "Когда", "Для чего", "Что делает", "Каким образом", "В каком"),
    "en": ("How do I", "Why does the", "Which", "When is a", "What is the", "In which", "Who can"),
}
_BETWEEN = {
    "ru": ("в", "на", "для", "и", "с", "при", "или", "из", "у", "к"),
    "en": ("in the", "of a", "for", "and", "with the", "to", "or", "from", "by"),
}
_SHORT = 3


class Vocabulary:
    """How rare the words of a body of texts are."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._all = len(texts)
        self._held = Counter(word for text in texts for word in set(words(text.lower())))

    def best(self, text: str, count: int, dice: random.Random) -> list[str]:
        """Words that say what the text is about, by tf-idf with some chance, in their order."""
        often = Counter(word for word in words(text.lower()) if len(word) > _SHORT)
        worth = {w: n * self._rarity(w) * dice.uniform(0.3, 1.0) for w, n in often.items()}
        chosen = set(sorted(worth, key=lambda word: (-worth[word], word))[:count])
        return list(dict.fromkeys(w for w in words(text.lower()) if w in chosen))

    def _rarity(self, word: str) -> float:
        return log(1 + self._all / (0.5 + self._held[word]))


def question_of_words(
    text: str, around: str, vocabulary: Vocabulary, language: str, dice: random.Random
) -> str:
    """A question about the text: some of its words, half in other forms, and one that is not there.

    The strange word comes from `around`, the text's neighbourhood.
    """
    kept = vocabulary.best(text, dice.randint(3, 6), dice)
    strange = [word for word in vocabulary.best(around, 12, dice) if word not in text.lower()]
    if strange and len(kept) > _SHORT:
        kept[dice.randrange(len(kept))] = dice.choice(strange)
    said = [_in_some_form(word, language, dice) for word in kept]
    for place in range(len(said) - 1, 0, -1):
        if dice.random() < 0.4:
            said.insert(place, dice.choice(_BETWEEN[language]))
    return f"{dice.choice(_OPENINGS[language])} {' '.join(said)}?"


def heading_as_question(heading: str, language: str, dice: random.Random) -> str:
    """The heading rephrased: «Создание товара» → «Как создать товары?»."""
    said = words(heading.lower())
    if language == "en" and said[:1] == ["to"]:
        return f"How do I {heading[3:].lower()}?"
    verb = verb_of(said[0]) if language == "ru" and said else ""
    rest = [_in_some_form(word, language, dice) for word in (said[1:] if verb else said)]
    if verb:
        return f"Как {verb} {' '.join(rest)}?"
    return dice.choice(_PHRASES[language]).format(" ".join(rest))


def shortened(heading: str, language: str, dice: random.Random) -> str:
    """The words of the heading in some forms, in another order, one of many left out."""
    said = [word for word in words(heading.lower()) if len(word) > 2] or [heading]
    if len(said) > 2 and dice.random() < 0.6:
        said.remove(dice.choice(said))
    dice.shuffle(said)
    return " ".join(_in_some_form(word, language, dice) for word in said)


def part_of(sentence: str, dice: random.Random) -> str:
    """Some words of the sentence that follow each other."""
    said = sentence.split()
    length = max(3, len(said) * 2 // 5)
    start = dice.randrange(max(1, len(said) - length))
    return " ".join(said[start : start + length])


def without(text: str, parts: Iterable[str]) -> str:
    """The text with these parts taken out."""
    for part in parts:
        text = text.replace(part, " ")
    return " ".join(text.split())


def _in_some_form(word: str, language: str, dice: random.Random) -> str:
    return other_form(word, language, dice) if dice.random() < 0.5 else word
