"""The sentences of a page as its readers see them, each with its place.

A place counts the letters before it without blanks and line ends: so a browser, which sees other
blanks, counts the same.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple

LONGEST = 1_000
"""Longer sentences are cut at a blank: tables of figures without a full stop, code."""
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*>")
_INLINE = frozenset(
    ("a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
     "samp", "small", "span", "strong", "sub", "sup", "u", "var")
)  # fmt: skip
_END = re.compile(
    r"(?:(?<=\w\w[.:])|(?<=[)»”\"%\d][.])|(?<=[!?…]))[»”\")\]]*\s+(?=[\"«“(\[]?[A-ZА-ЯЁ])"
)


class Sentence(NamedTuple):
    """One sentence; `start` is the number of letters, without blanks, before it on the page."""

    start: int
    text: str


def sentences_in(html: str) -> list[Sentence]:
    """The sentences of a page's own HTML in their order; a row of a table gives one for a cell."""
    found, start = [], 0
    for block in _blocks(html):
        for text in _sentences(block):
            found.append(Sentence(start, text))
            start += len(compact(text))
    return found


def compact(text: str) -> str:
    """The text without blanks and line ends."""
    return "".join(text.split())


def sentence_at(sentences: Sequence[Sentence], quote: str, near: int) -> int | None:
    """The number of the sentence in which a quoted text stands, the nearest to a place.

    A quote over several sentences means the one that holds most of it.
    """
    wanted, whole = compact(quote), "".join(compact(one.text) for one in sentences)
    places = list(_occurrences(whole, wanted)) if wanted else []
    if not places:
        return None
    begin = min(places, key=lambda place: abs(place - near))
    shares = [_shared(one, begin, begin + len(wanted)) for one in sentences]
    return max(range(len(shares)), key=shares.__getitem__)


def _blocks(html: str) -> Iterator[str]:
    """The texts between tags that begin a new line."""
    last, parts = 0, []
    for tag in _TAG.finditer(html):
        parts.append(html[last : tag.start()])
        last = tag.end()
        if tag[2].lower() not in _INLINE:
            yield "".join(parts)
            parts = []
    yield "".join((*parts, html[last:]))


def _sentences(block: str) -> Iterator[str]:
    text = " ".join(unescape(block).split())
    for sentence in _END.split(text):
        while len(sentence) > LONGEST:
            cut = sentence.rfind(" ", LONGEST // 2, LONGEST)
            cut = cut if cut > 0 else LONGEST
            yield sentence[:cut].rstrip()
            sentence = sentence[cut:].lstrip()
        if sentence:
            yield sentence


def _occurrences(whole: str, wanted: str) -> Iterator[int]:
    place = whole.find(wanted)
    while place >= 0:
        yield place
        place = whole.find(wanted, place + len(wanted))


def _shared(one: Sentence, begin: int, end: int) -> int:
    return min(end, one.start + len(compact(one.text))) - max(begin, one.start)
