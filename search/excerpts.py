"""The best lines of a text for a question, with every form of its words marked."""

import re
from collections import Counter
from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from search.analysis import Spotter, Token

LENGTH = 260
"""Characters of an excerpt, about three lines on the screen."""
_SCANNED = 40_000
_LOOK_BACK = 120
_SHORT_LOOK_BACK = 40
_MUCH_MORE = 1.15
"""Two parts are shown when together they tell that much more than the best single one."""
_FREQUENT = 1_000
"""Of parts that tell the same the one with more places wins, by so many parts of one word."""
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

    When the words stand far apart these are two parts with dots between. Rare words of this text
    count more than frequent ones, and the earlier of two equal parts wins. Only the first 40,000
    characters are looked at. Without such words: the beginning.
    """
    text = text[:_SCANNED]
    places = spotter.places(text)
    if not places:
        return _tidy(_pieces(text[: _cut(text, 0, length)], ()), False, length < len(text))
    spans = _spans(text, places, length)
    shown: list[Piece] = []
    for number, (start, end) in enumerate(spans):
        within = [place for place in places if start <= place.start and place.end <= end]
        part = _pieces(text[start:end], within, start)
        shown += [Piece(" ")] if number else []
        shown += _tidy(part, start > 0 and number == 0, end < len(text))
    return tuple(shown)


def plain(pieces: Pieces) -> str:
    """The text of the pieces without marks."""
    return "".join(piece.text for piece in pieces)


class _Part(NamedTuple):
    """A part of the text that begins at a place: what it tells, and by which terms."""

    worth: float
    start: int
    terms: frozenset[str]


def _spans(text: str, places: Sequence[Token], length: int) -> list[tuple[int, int]]:
    """From where to where to show: one part, or two short ones when they tell more."""
    counts = Counter(place.term for place in places)
    told = {term: 1 / sqrt(count) for term, count in counts.items()}
    single = _best(places, length, told)
    if len(single.terms) < len(told):
        half = length // 2
        first = _best(places, half, told)
        rest = {term: worth for term, worth in told.items() if term not in first.terms}
        second = _best(places, half, rest)
        if first.worth + second.worth > single.worth * _MUCH_MORE:
            spans = [_span(text, part.start, half, _SHORT_LOOK_BACK) for part in (first, second)]
            return _apart(sorted(spans)) or [_span(text, single.start, length, _LOOK_BACK)]
    return [_span(text, single.start, length, _LOOK_BACK)]


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return spans if spans[0][1] < spans[1][0] else []


def _best(places: Sequence[Token], length: int, told: dict[str, float]) -> _Part:
    """The part of this length that tells the most; the window slides from place to place."""
    best = _Part(0.0, places[0].start, frozenset())
    inside: Counter[str] = Counter()
    last, worth = 0, 0.0
    for number, place in enumerate(places):
        while last < len(places) and places[last].start <= place.start + length:
            term = places[last].term
            worth += told.get(term, 0.0) if not inside[term] else 0.0
            inside[term] += 1
            last += 1
        rank = worth + min(last - number, 20) / _FREQUENT
        if worth and rank > best.worth + 1e-9:
            best = _Part(rank, place.start, frozenset(+inside))
        inside[place.term] -= 1
        worth -= told.get(place.term, 0.0) if not inside[place.term] else 0.0
    return best


def _span(text: str, place: int, length: int, look_back: int) -> tuple[int, int]:
    start = _line_start(text, place, look_back)
    return start, _cut(text, start, length)


def _line_start(text: str, place: int, look_back: int) -> int:
    """Where the sentence of this place begins, or a word not too far before it."""
    earliest = max(0, place - look_back)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, earliest, place)]
    if ends or earliest == 0:
        return ends[-1] if ends else 0
    blank = text.find(" ", place - look_back // 2, place)
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
