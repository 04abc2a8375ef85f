"""The questions whose speed is measured, drawn from the documents themselves."""

import random
import re
from collections.abc import Callable, Mapping

from bench.generator import read_stock
from bench.search.corpus import Corpus
from bench.search.slips import one_slip

_WORD = re.compile(r"[^\W\d_]{4,}")
_SEED = 7
Draw = Callable[[Corpus, random.Random], str]


def questions(corpus: Corpus, kind: str, count: int) -> list[str]:
    """So many questions of that kind, the same on every run."""
    dice = random.Random(f"{kind} {_SEED}")
    return [KINDS[kind](corpus, dice) for _ in range(count)]


def words_of_pages(count: int) -> list[str]:
    """One to three words that stand together in the generated pages, a third with a slip."""
    dice, stock = random.Random(_SEED), read_stock()
    every = [_WORD.findall(" ".join(texts)) for texts in stock.sections.values()]
    asked = [_neighbours(every[n % 2], 1 + n % 3, dice) for n in range(count)]
    return [one_slip(text, dice) if n % 3 == 1 else text for n, text in enumerate(asked)]


def _neighbours(words: list[str], count: int, dice: random.Random) -> str:
    start = dice.randrange(len(words) - count)
    return " ".join(words[start : start + count])


def _words(corpus: Corpus, dice: random.Random) -> list[str]:
    """The words of some document, those of its title first."""
    document = corpus.document(dice.randrange(1, corpus.count + 1))
    return _WORD.findall(f"{document.title} {document.body}")


def _one(corpus: Corpus, dice: random.Random) -> str:
    return dice.choice(_words(corpus, dice))


def _two(corpus: Corpus, dice: random.Random) -> str:
    return " ".join(dice.sample(_words(corpus, dice), 2))


def _whole(corpus: Corpus, dice: random.Random) -> str:
    words = _words(corpus, dice)
    count, start = dice.randint(8, 12), dice.randrange(len(words) - 12)
    opening = "как в " if re.match("[а-яё]", words[-1]) else "how do I "
    return f"{opening}{' '.join(words[start : start + count])}?"


def _prefix(corpus: Corpus, dice: random.Random) -> str:
    return f"{_one(corpus, dice)[: dice.randint(3, 5)]}*"


def _slip(corpus: Corpus, dice: random.Random) -> str:
    return one_slip(_two(corpus, dice), dice)


def _hint(corpus: Corpus, dice: random.Random) -> str:
    """The beginning of a title, as it stands in the box after some keys."""
    title = corpus.document(dice.randrange(1, corpus.count + 1)).title
    return title[: dice.randint(2, min(20, len(title)))]


KINDS: Mapping[str, Draw] = {
    "one word": _one,
    "two words": _two,
    "whole question": _whole,
    "prefix": _prefix,
    "slip": _slip,
    "hint": _hint,
}
"""Name in the report → what draws one."""
