"""As many documents as wanted, for measuring speed; same number, same document.

The paragraphs are the project's own, half Russian, half English. Because twenty pages repeated ten
thousand times hold few different words, each eighth word is replaced by one from a long list in
which few words are frequent and most are rare (Zipf), and numbers and codes are strewn in, so that
the vocabulary grows with the number of documents as it does in life.
"""

import math
import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate, islice

import pymorphy3

from bench.generator import LANGUAGES, ROOT, read_stock
from search.documents import Document, Label

_KEPT = ROOT / "bench" / "results" / "russian-words.txt"
_WORDS, _COMMONEST = 150_000, 60
_REPLACED, _NUMBERS = 0.12, 0.02
_USUAL_WORDS, _SPREAD, _FEWEST, _MOST = 220, 0.6, 40, 2_000
_SYLLABLES = """
ba ce di fo gu la me ni po ru sa te vi wo zu tra ble con pre sti mor gan lex ter dan vel qui nor sha
plo ken rin tos mak
"""
_FIRST = datetime(2020, 1, 1, tzinfo=UTC)
_CATEGORIES, _OWNERS, _CLIENTS, _TAGS = 24, 60, 400, 80


class Corpus:
    """`count` documents."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._paragraphs = _paragraphs()
        self._words = {name: _rare_words(name) for name in LANGUAGES}
        self._weights = _weights()

    def documents(self) -> Iterator[Document]:
        """All of them, one after the other."""
        return (self.document(number) for number in range(1, self.count + 1))

    def document(self, number: int) -> Document:
        """The document of this number, from 1 on; also beyond `count`."""
        dice, language = random.Random(number), LANGUAGES[number % 2]
        said = self._text(language, dice)
        document = Document(
            kind="page",
            ident=number,
            title=" ".join([said[0].capitalize(), *self._drawn(language, dice, 2), str(number)]),
            body=" ".join(said),
            url=f"/pages/{number}",
            audience="all" if number % 10 else f"team:{number % 3}",
            language=language,
            changed_at=_FIRST + timedelta(hours=dice.randrange(50_000)),
        )
        return _with_belongings(document, dice)

    def _text(self, language: str, dice: random.Random) -> list[str]:
        length = int(dice.lognormvariate(math.log(_USUAL_WORDS), _SPREAD))
        said = list(islice(self._flow(language, dice), min(_MOST, max(_FEWEST, length))))
        strewn = dice.sample(range(len(said)), int(len(said) * _REPLACED))
        for place, word in zip(strewn, self._drawn(language, dice, len(strewn)), strict=True):
            said[place] = word
        for _ in range(int(len(said) * _NUMBERS)):
            said[dice.randrange(len(said))] = _number(dice)
        return said

    def _flow(self, language: str, dice: random.Random) -> Iterator[str]:
        while True:
            yield from dice.choice(self._paragraphs[language])

    def _drawn(self, language: str, dice: random.Random, count: int) -> list[str]:
        words, whole = self._words[language], self._weights[-1]
        return [words[bisect(self._weights, dice.random() * whole)] for _ in range(count)]


def _with_belongings(document: Document, dice: random.Random) -> Document:
    return replace(
        document,
        categories=(_label("category", _CATEGORIES, dice),),
        owner=_label("person", _OWNERS, dice),
        client=_label("client", _CLIENTS, dice) if dice.random() < 0.3 else None,
        tags=(f"tag{int(_TAGS * dice.random() ** 2)}",),
    )


def _label(name: str, most: int, dice: random.Random) -> Label:
    ident = int(most * dice.random() ** 2) + 1
    return Label(ident, f"{name} {ident}", f"{name} {ident}")


def _paragraphs() -> dict[str, list[list[str]]]:
    stock = read_stock()
    return {
        name: [part.split() for text in stock.sections[name] for part in text.split("\n\n")]
        for name in LANGUAGES
    }


def _weights() -> Sequence[float]:
    """The sums by which a word is drawn: the n-th is as frequent as 1 / (n + a few)."""
    return list(accumulate(1 / (place + _COMMONEST) for place in range(_WORDS)))


@cache
def _rare_words(language: str) -> list[str]:
    dice = random.Random(f"words {language}")
    if language == "en":
        syllables = _SYLLABLES.split()
        return ["".join(dice.choices(syllables, k=dice.randint(2, 5))) for _ in range(_WORDS)]
    if not _KEPT.exists():
        _KEPT.parent.mkdir(parents=True, exist_ok=True)
        _KEPT.write_text("\n".join(_russian_words(dice)), "utf-8")
    return _KEPT.read_text("utf-8").split("\n")


def _russian_words(dice: random.Random) -> list[str]:
    """One of thirty forms of the dictionary: real inflected words of all kinds. Takes a minute."""
    known = islice(pymorphy3.MorphAnalyzer().dictionary.words.iterkeys(), 7, None, 30)
    drawn = [word for word in known if 3 < len(word) < 20 and word.isalpha()]
    dice.shuffle(drawn)
    return drawn[:_WORDS]


def _number(dice: random.Random) -> str:
    kind = dice.randrange(3)
    if kind == 0:
        return str(dice.randrange(1, 100_000))
    if kind == 1:
        return f"{dice.choice('ABCKX')}-{dice.randrange(10, 9999)}/{dice.randrange(1, 40)}"
    return f"{dice.randrange(1, 1000)},{dice.randrange(10)}"
