"""From a word to its term: what all forms of the word have in common, chosen by its alphabet.

Russian: the lemma of the dictionary (pymorphy3), then the Snowball stem, because the dictionary
alone misses what is not in it and the stem alone loses fleeting vowels («звонок», «звонка»).
Latin letters: the English Snowball stem. Anything else stays as it is.
"""

import re
import unicodedata
from functools import lru_cache
from threading import Lock
from typing import Any

import pymorphy3
import Stemmer

LONGEST_WORD = 64
_REMEMBERED_WORDS = 50_000

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BREVE = "\u0306"
_LOOKS = str.maketrans("авекмнорстух", "abekmhopctyx")
_LOOKS_BACK = str.maketrans("abekmhopctyx", "авекмнорстух")

# Neither the stemmers nor the dictionary may be used by two threads at once.
_lock = Lock()
_tools: dict[str, Any] = {}


@lru_cache(_REMEMBERED_WORDS)
def fold(word: str) -> str:
    """The word without case, accents, stress marks and invisible characters; ё becomes е."""
    if word.isascii():
        return word.lower()[:LONGEST_WORD]
    plain = unicodedata.normalize("NFKD", _INVISIBLE.sub("", word)).casefold().replace("’", "'")
    kept = (c for c in plain if c == _BREVE or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", "".join(kept))[:LONGEST_WORD]


def fold_code(code: str) -> str:
    """A code or number in one spelling: Cyrillic letters that look Latin become Latin."""
    return fold(code).translate(_LOOKS)


@lru_cache(_REMEMBERED_WORDS)
def term_of(word: str) -> str:
    """The term of a folded word: equal for all forms of one word."""
    if not _CYRILLIC.search(word):
        return _english(word) if _LATIN.search(word) else word
    if _LATIN.search(word):
        return _mixed(word)
    return _russian(word)


def _mixed(word: str) -> str:
    # A slip of the keyboard: «Cкидка» typed with a Latin C. Else a made-up name.
    cyrillic = word.translate(_LOOKS_BACK)
    return word.translate(_LOOKS) if _LATIN.search(cyrillic) else _russian(cyrillic)


def _english(word: str) -> str:
    with _lock:
        return str(_tool("english").stemWord(word))


def _russian(word: str) -> str:
    with _lock:
        lemma = str(_tool("dictionary").parse(word)[0].normal_form).replace("ё", "е")
        return str(_tool("russian").stemWord(lemma))


def _tool(name: str) -> Any:
    if name not in _tools:
        _tools[name] = pymorphy3.MorphAnalyzer() if name == "dictionary" else Stemmer.Stemmer(name)
    return _tools[name]
