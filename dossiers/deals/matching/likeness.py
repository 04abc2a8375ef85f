"""Which of ours are alike to a name or number of a source, and why. Pure; decides nothing."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from dossiers.deals.matching.keys import are_other_firms, tax_key, without_blanks
from dossiers.people.duplicates.names import (
    firm_of,
    is_in_other_letters,
    is_short_form,
    letters_key,
    words_of,
)
from wiki.rendering.titles import fold_title

MOST = 4
#: In percent: from here on two names are alike enough to be shown.
_ALIKE = 74
_HOLDS = 99
_MANY = 30
_SHORTEST_TAX_NUMBER = 8


class Why(StrEnum):
    """Why one of ours may be meant; the strongest reason first."""

    TAX = "tax"
    MAIL = "mail"
    DOMAIN = "domain"
    NAME = "name"
    BLANKS = "blanks"
    TAX_SLIP = "tax_slip"
    LETTERS = "letters"
    SHORT = "short"
    PART = "part"
    LIKE = "like"


#: Reasons that are keys: many suggestions with one of these may be accepted at once.
EXACT = frozenset((Why.TAX, Why.MAIL, Why.DOMAIN, Why.NAME, Why.BLANKS))
_ORDER = {why: place for place, why in enumerate(Why)}


@dataclass(frozen=True, slots=True)
class Ours:
    """A client, page or colleague with what tells it: names, tax number, domains or addresses."""

    ident: int
    names: Sequence[str]
    tax_number: str = ""
    marks: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Theirs:
    """The same of a company, product or seller that waits."""

    name: str
    tax_number: str = ""
    marks: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """One of ours that may be meant; `score` is how alike the names are, in percent."""

    ident: int
    whys: tuple[Why, ...]
    score: int
    is_another_firm: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether a key says so, and no tax number says otherwise."""
        differs = self.is_another_firm or Why.TAX_SLIP in self.whys
        return bool(EXACT.intersection(self.whys)) and not differs


Plain = Callable[[str], str]
Tell = Callable[[str, str], Iterator[Why]]
"""From a name there and one of ours to the reasons why they may be one."""


@dataclass(frozen=True)
class Shelf:
    """All of ours, ready to be compared with one name after another."""

    ours: Sequence[Ours]
    plain: Plain
    tell: Tell
    mark: Why
    _keys: list[str] = field(default_factory=list, init=False)
    _of: list[int] = field(default_factory=list, init=False)
    _letters: dict[str, set[int]] = field(default_factory=dict, init=False)
    _marks: dict[str, set[int]] = field(default_factory=dict, init=False)
    _taxes: list[str] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        for place, one in enumerate(self.ours):
            self._taxes.append(tax_key(one.tax_number))
            for name in filter(None, one.names):
                self._keys.append(self.plain(name))
                self._of.append(place)
                self._letters.setdefault(_letters(self._keys[-1]), set()).add(place)
            for mark in one.marks:
                self._marks.setdefault(mark, set()).add(place)

    def alike(self, theirs: Theirs) -> list[Likeness]:
        """Those that may be meant, the surest first, at most `MOST`."""
        found = [self._look(theirs, place) for place in self._places(theirs)]
        known = [one for one in found if one is not None]
        known.sort(key=lambda one: (_ORDER[one.whys[0]], -one.score, one.ident))
        return known[:MOST]

    def _places(self, theirs: Theirs) -> set[int]:
        """The few that are worth a closer look."""
        plain = self.plain(theirs.name)
        places = {self._of[i] for i in _best(plain, self._keys)}
        places |= self._letters.get(_letters(plain), set())
        places.update(*(self._marks.get(mark, ()) for mark in theirs.marks))
        return places | self._near_tax_number(theirs.tax_number)

    def _near_tax_number(self, number: str) -> set[int]:
        key = tax_key(number)
        if not key:
            return set()
        near = process.extract(key, self._taxes, scorer=OSA.distance, score_cutoff=1, limit=_MANY)
        return {place for _key, _distance, place in near}

    def _look(self, theirs: Theirs, place: int) -> Likeness | None:
        one = self.ours[place]
        whys = set(tax_reason(theirs.tax_number, one.tax_number))
        if not set(theirs.marks).isdisjoint(one.marks):
            whys.add(self.mark)
        for name in filter(None, one.names):
            whys |= set(self.tell(theirs.name, name))
        score = max((_score(self.plain, theirs.name, n) for n in one.names if n), default=0)
        if not whys:
            return None
        other = are_other_firms(theirs.tax_number, one.tax_number) and Why.TAX_SLIP not in whys
        return Likeness(one.ident, tuple(sorted(whys, key=_ORDER.__getitem__)), score, other)


@lru_cache(50_000)
def _letters(name: str) -> str:
    return letters_key(words_of(name))


def _best(plain: str, keys: Sequence[str]) -> list[int]:
    """The likeliest, whichever words stand in only one of the two."""
    if not plain:
        return []
    found = process.extract(
        plain, keys, scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE, limit=_MANY
    )
    return [place for _key, _score, place in found]


def _score(plain: Plain, name: str, other: str) -> int:
    return round(fuzz.token_sort_ratio(plain(name), plain(other)))


def tax_reason(number: str, other: str) -> tuple[Why, ...]:
    """Whether two tax numbers are one, or one with a digit mistyped or two of them swapped."""
    one, two = tax_key(number), tax_key(other)
    if not one or not two:
        return ()
    if one == two:
        return (Why.TAX,)
    long = min(len(one), len(two)) >= _SHORTEST_TAX_NUMBER
    return (Why.TAX_SLIP,) if long and OSA.distance(one, two, score_cutoff=1) <= 1 else ()


def firms_alike(name: str, other: str) -> Iterator[Why]:
    """Why two names of companies may be one."""
    one, two = firm_of(name), firm_of(other)
    if one and one == two:
        yield Why.NAME
        return
    yield from _spellings(one, two)


def titles_alike(name: str, other: str) -> Iterator[Why]:
    """Why two names of products may be one."""
    one, two = fold_title(name), fold_title(other)
    if one == two:
        yield Why.NAME
    elif without_blanks(one) == without_blanks(two):
        yield Why.BLANKS
    else:
        yield from _spellings(one, two)


def people_alike(name: str, other: str) -> Iterator[Why]:
    """Why two names of people may be one."""
    one, two = words_of(name), words_of(other)
    if one and sorted(one) == sorted(two):
        yield Why.NAME
        return
    if one and two and is_short_form(one, two):
        yield Why.SHORT
    yield from _spellings(fold_title(name), fold_title(other))


def _spellings(one: str, two: str) -> Iterator[Why]:
    words, others = words_of(one), words_of(two)
    key = letters_key(words)
    if key and key == letters_key(others) and is_in_other_letters(words, others):
        yield Why.LETTERS
    if one and two and fuzz.token_set_ratio(one, two) >= _HOLDS:
        yield Why.PART
    if fuzz.token_sort_ratio(one, two) >= _ALIKE:
        yield Why.LIKE
