"""The best lines of a text for a question, with every form of its words marked."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from search.analysis import Spotter, Token

LENGTH = 260
"""Characters of an excerpt, about three lines on the screen."""
_SCANNED = 40_000
_LOOK_BACK = 120
_SENTENCE_END = re.compile(r"[.!?…][\"'»”)\]]*\s+|\n\s*")
_BLANKS = re.compile(r"\s+")


class Piece(NamedTuple):
    """A part of an excerpt; `marked` when it is a word of the question."""

    text: str
    marked: bool = False


Pieces = tuple[Piece, ...]


def mark(text: str, spotter: Spotter) -> Pieces:
    """The whole text with the words of the question marked."""
    return _pieces(text, spotter.places(text))


def excerpt(text: str, spotter: Spotter, length: int = LENGTH) -> Pieces:
    """The part of about `length` characters that holds the most of the question's words.

    Rare words of this text count more than frequent ones, and the earlier of two equal parts
    wins. Only the first 40,000 characters are looked at. Without such words: the beginning.
    """
    text = text[:_SCANNED]
    places = spotter.places(text)
    start = _line_start(text, _best(places, length).start) if places else 0
    end = _cut(text, start, length)
    within = [place for place in places if start <= place.start and place.end <= end]
    return _tidy(_pieces(text[start:end], within, start), start > 0, end < len(text))


def plain(pieces: Pieces) -> str:
    """The text of the pieces without marks."""
    return "".join(piece.text for piece in pieces)


def _best(places: Sequence[Token], length: int) -> Token:
    """The place at which the best part begins."""
    counts = Counter(place.term for place in places)
    starts = [place.start for place in places]

    def worth(index: int) -> float:
        last = bisect_right(starts, starts[index] + length)
        held = {place.term for place in places[index:last]}
        return sum(1 / sqrt(counts[term]) for term in held) + min(last - index, 20) / 1000

    return places[max(range(len(places)), key=lambda index: (worth(index), -index))]


def _line_start(text: str, place: int) -> int:
    """Where the sentence of this place begins, or a word not too far before it."""
    earliest = max(0, place - _LOOK_BACK)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, earliest, place)]
    if ends or earliest == 0:
        return ends[-1] if ends else 0
    blank = text.find(" ", place - _LOOK_BACK // 2, place)
    return blank + 1 if blank >= 0 else place


def _cut(text: str, start: int, length: int) -> int:
    """Where to stop: at the end, or before a word that does not fit whole."""
    if start + length >= len(text):
        return len(text)
    blank = text.rfind(" ", start + length // 2, start + length)
    return blank if blank > 0 else start + length


def _pieces(text: str, places: Sequence[Token], offset: int = 0) -> Pieces:
    found: list[Piece] = []
    done = 0
    for place in places:
        start, end = max(place.start - offset, done), place.end - offset
        if start < end:
            found += [Piece(text[done:start]), Piece(text[start:end], True)]
            done = end
    return tuple(piece for piece in (*found, Piece(text[done:])) if piece.text)


def _tidy(pieces: Pieces, cut_before: bool, cut_after: bool) -> Pieces:
    """One line with single blanks; dots where the text goes on."""
    tidy = [Piece(_BLANKS.sub(" ", piece.text), piece.marked) for piece in pieces]
    if cut_before:
        tidy.insert(0, Piece("… "))
    if cut_after:
        tidy.append(Piece(" …"))
    return tuple(tidy)
