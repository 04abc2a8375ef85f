"""When two names may be of one person or one client: keys to group by, and a closer look at pairs.

Names with one key are looked at in pairs, so the work grows with the likeness, not with the square
of the names.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from search.sounds import sound_of
from search.transliteration import transliterations
from wiki.rendering.titles import fold_title

Words = tuple[str, ...]

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PIECE = re.compile(r"\w+")
_CYRILLIC = re.compile("[а-я]")
_LATIN = re.compile("[a-z]")
#: In percent, how alike two names must be in Latin letters to be one in two alphabets.
_ALIKE = 84

_FORMS_IN_USE = (
    "ооо оао зао пао ао нао ип тоо чп гуп муп фгуп фгбу фгау гбу мбу ано нко пк "
    "llc ltd limited inc incorporated corp corporation co company gmbh ag kg kgaa se sa sas sarl "
    "bv nv plc oy oyj ab as aps spa srl jsc pjsc cjsc ojsc ooo oao zao pao ao llp lp"
)
_FORMS = frozenset(_FORMS_IN_USE.split())
_LONG_FORMS = re.compile(
    r"\b(?:общество с (?:ограниченной|дополнительной) ответственностью"
    r"|(?:публичное |непубличное |открытое |закрытое )?акционерное общество"
    r"|индивидуальный предприниматель"
    r"|(?:public |open |closed )?joint[- ]stock company|limited liability company)\b"
)
_SPELLINGS = (("sh", "shch"), ("sh", "sch"), ("h", "kh"), ("ks", "x"), ("y", "j"), ("c", "ts"))
"""How some write Russian sounds in Latin letters, and how others do."""
_DOTTED = re.compile(r"\b(?:\w\.){2,}")


@lru_cache(50_000)
def words_of(name: str) -> Words:
    """The words of a person's name, folded: «Иванов И. П.» → иванов, и, п."""
    return tuple(_WORD.findall(fold_title(name)))


def name_key(words: Words) -> str:
    """The words in a fixed order, for some write the family name first and some last."""
    return " ".join(sorted(words))


def firm_of(name: str) -> str:
    """The name of a client, folded, without its legal form and quotation marks."""
    plain = _LONG_FORMS.sub(" ", fold_title(name))
    plain = _DOTTED.sub(lambda found: found.group().replace(".", "") + " ", plain)
    words = _PIECE.findall(plain)
    bare = [word for word in words if word not in _FORMS]
    return " ".join(bare or words)


def full_words(words: Words) -> Words:
    """Without initials."""
    return tuple(word for word in words if len(word) > 1)


def short_keys(words: Words) -> Iterator[tuple[str, str]]:
    """Pairs of a full word and another's first letter: a short form shares one with the long."""
    for place, word in enumerate(words):
        if len(word) > 1:
            rest = (*words[:place], *words[place + 1 :])
            yield from {(word, other[0]) for other in rest}


def is_short_form(one: Words, other: Words) -> bool:
    """Whether one name may be a shorter form of the other.

    At least one word stands written out in both. What is left agrees word by word in its order,
    written out or as an initial, as far as the shorter goes: «Иванов И. П.» is a form of «Иванов
    Иван Петрович» and of «Иван Петрович Иванов», and none of «Иванов Пётр Иванович».
    """
    shared = set(full_words(one)) & set(full_words(other))
    if not shared:
        return False
    rests = ([word for word in words if word not in shared] for words in (one, other))
    return all(_may_stand_for(*pair) for pair in zip(*rests, strict=False))


def _may_stand_for(word: str, other: str) -> bool:
    return 1 in (len(word), len(other)) and word[0] == other[0]


def sound_key(words: Words) -> str:
    """Alike for names that sound alike; empty for a single word, which says too little."""
    full = full_words(words)
    return " ".join(sorted(map(sound_of, full))) if len(full) > 1 else ""


def letters_key(words: Words) -> str:
    """Alike for one name in Russian and in Latin letters: how it sounds when written in Latin."""
    return " ".join(sorted(sound_of(_in_latin(word)) for word in full_words(words)))


def is_in_other_letters(one: Words, other: Words) -> bool:
    """Whether two names with one `letters_key` are one name in two alphabets."""
    if alphabet_of(one) == alphabet_of(other):
        return False
    # In the order of their sounds, or «Ершова Ольга» would meet "Olga Yershova" crosswise.
    latin = (sorted(map(_in_latin, full_words(words)), key=sound_of) for words in (one, other))
    return fuzz.ratio(*map(" ".join, latin)) >= _ALIKE


def alphabet_of(words: Words) -> tuple[bool, bool]:
    """Whether there are Russian letters, and whether there are Latin ones."""
    text = " ".join(words)
    return bool(_CYRILLIC.search(text)), bool(_LATIN.search(text))


def _in_latin(word: str) -> str:
    bare = word.replace("-", "")
    latin = bare if bare.isascii() else next(iter(transliterations(bare)), bare)
    for usual, other in _SPELLINGS:
        latin = latin.replace(other, usual)
    return latin
