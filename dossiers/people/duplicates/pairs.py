"""From what is known of people and clients to pairs that may be one, each with the reasons why."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations, product

from dossiers.people.duplicates.names import (
    Words,
    alphabet_of,
    firm_of,
    full_words,
    is_in_other_letters,
    is_short_form,
    letters_key,
    name_key,
    short_keys,
    sound_key,
    words_of,
)

#: In a larger group each is paired with its neighbour and with the first; merging shows the rest.
_ALL_PAIRS_OF = 12
#: A short form that would fit so many is of a first name and tells nothing.
_TELLS_NOTHING = 100


class Why(StrEnum):
    """Why two may be one; the strongest reason first."""

    TAX_NUMBER = "tax_number"
    EMAIL = "email"
    PHONE = "phone"
    DOMAIN = "domain"
    NAME = "name"
    OTHER_LETTERS = "other_letters"
    SHORT_FORM = "short_form"
    SOUND = "sound"


_ORDER = {why: place for place, why in enumerate(Why)}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person or client: names, and where they are (clients of a person).

    `marks` are what hardly two have in common: addresses, telephones, domains, tax numbers.
    """

    ident: int
    names: Collection[str]
    places: Collection[int] = ()
    marks: Collection[tuple[Why, str]] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that may be one, the smaller number first, and why."""

    low: int
    high: int
    whys: tuple[Why, ...] = field(compare=False)


class _Finds:
    """Pairs and their reasons while they are being collected."""

    def __init__(self) -> None:
        self._whys: dict[tuple[int, int], set[Why]] = defaultdict(set)

    def add(self, one: int, other: int, why: Why) -> None:
        if one != other:
            self._whys[min(one, other), max(one, other)].add(why)

    def pairs(self, apart: Collection[tuple[int, int]]) -> list[Pair]:
        """Those that nobody called different, the surest first."""
        found = [
            Pair(*both, tuple(sorted(whys, key=_ORDER.__getitem__)))
            for both, whys in self._whys.items()
            if both not in apart
        ]
        return sorted(found, key=lambda pair: ([_ORDER[w] for w in pair.whys], pair.low, pair.high))


def people_pairs(
    people: Iterable[Known], apart: Collection[tuple[int, int]] = frozenset()
) -> list[Pair]:
    """The people who may be one. A likeness of names alone counts only inside one client.

    The same full name counts everywhere: people change their employer.
    """
    finds, known = _Finds(), list(people)
    _by_marks(finds, known)
    _group(finds, Why.NAME, _full_names(known))
    _compare(finds, Why.OTHER_LETTERS, _at_places(known, _letters), _BY_LETTERS)
    _compare(finds, Why.SHORT_FORM, _at_places(known, short_keys), _BY_LENGTH, _TELLS_NOTHING)
    _compare(finds, Why.SOUND, _at_places(known, _sounds), _BY_SOUND)
    return finds.pairs(apart)


def client_pairs(
    clients: Iterable[Known], apart: Collection[tuple[int, int]] = frozenset()
) -> list[Pair]:
    """The clients that may be one."""
    finds, known = _Finds(), list(clients)
    _by_marks(finds, known)
    named = [(one.ident, firm_of(name)) for one in known for name in one.names]
    _group(finds, Why.NAME, ((name, ident) for ident, name in named if name))
    words = [(ident, tuple(name.split())) for ident, name in named]
    spelt = ((letters_key(one), ident, one) for ident, one in words if full_words(one))
    _compare(finds, Why.OTHER_LETTERS, spelt, _BY_LETTERS)
    return finds.pairs(apart)


def _by_marks(finds: _Finds, known: Sequence[Known]) -> None:
    for why in (Why.TAX_NUMBER, Why.EMAIL, Why.PHONE, Why.DOMAIN):
        marks = ((text, one.ident) for one in known for kind, text in one.marks if kind is why)
        _group(finds, why, marks)


def _full_names(known: Sequence[Known]) -> Iterator[tuple[Hashable, int]]:
    for one in known:
        for words in set(map(words_of, one.names)):
            if len(full_words(words)) > 1:
                yield name_key(words), one.ident
            elif words:
                yield from (((place, name_key(words)), one.ident) for place in one.places)


_Named = tuple[Hashable, int, Words]


def _at_places(
    known: Sequence[Known], keys: Callable[[Words], Iterable[Hashable]]
) -> Iterator[_Named]:
    """Each name under its keys at each of the clients where the person is."""
    for one in known:
        for words in set(map(words_of, one.names)):
            for key in keys(words):
                yield from (((place, key), one.ident, words) for place in one.places)


def _letters(words: Words) -> Iterator[str]:
    if len(full_words(words)) > 1:
        yield letters_key(words)


def _sounds(words: Words) -> Iterator[str]:
    if key := sound_key(words):
        yield key


def _group(finds: _Finds, why: Why, keyed: Iterable[tuple[Hashable, int]]) -> None:
    groups: Mapping[Hashable, dict[int, None]] = defaultdict(dict)
    for key, ident in keyed:
        groups[key][ident] = None
    for idents in groups.values():
        for one, other in _couples(list(idents)):
            finds.add(one, other, why)


def _couples(idents: Sequence[int]) -> Iterator[tuple[int, int]]:
    if len(idents) <= _ALL_PAIRS_OF:
        yield from combinations(idents, 2)
        return
    for place in range(1, len(idents)):
        yield idents[0], idents[place]
        yield idents[place - 1], idents[place]


@dataclass(frozen=True, slots=True)
class _Look:
    """How names of one key are compared.

    Two names of one `shape` never fit, unless the shape is `None`; so most pairs need no look.
    """

    fits: Callable[[Words, Words], bool]
    shape: Callable[[Words], Hashable]


def _length(words: Words) -> int | None:
    """Of two names of one length, and without initials, none is a short form of the other."""
    return len(words) if len(full_words(words)) == len(words) else None


_BY_LETTERS = _Look(is_in_other_letters, alphabet_of)
_BY_LENGTH = _Look(
    is_short_form, lambda words: len(words) if len(min(words, key=len)) > 1 else None
)
_BY_SOUND = _Look(lambda one, other: name_key(one) != name_key(other), lambda _words: None)


def _compare(
    finds: _Finds, why: Why, named: Iterable[_Named], look: _Look, largest: int = 0
) -> None:
    """Pairs of one key whose names fit; a group larger than `largest` is left out when given."""
    groups: Mapping[Hashable, dict[tuple[int, Words], None]] = defaultdict(dict)
    for key, ident, words in named:
        groups[key][ident, words] = None
    for members in groups.values():
        if len(members) > 1 and not (largest and len(members) > largest):
            for (first, words), (second, others) in _meetings(members, look.shape):
                if first != second and words != others and look.fits(words, others):
                    finds.add(first, second, why)


def _meetings(
    members: Iterable[tuple[int, Words]], shape: Callable[[Words], Hashable]
) -> Iterator[tuple[tuple[int, Words], tuple[int, Words]]]:
    shapes: dict[Hashable, list[tuple[int, Words]]] = defaultdict(list)
    for member in members:
        shapes[shape(member[1])].append(member)
    yield from combinations(shapes.get(None, ()), 2)
    for some, others in combinations(shapes.values(), 2):
        yield from product(some, others)
