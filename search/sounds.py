"""How a word sounds, roughly: what people mix up when they write by ear falls together."""

import re
from functools import lru_cache

_RUSSIAN_GROUPS = (
    (re.compile("ться|тся|ця|тца|дца|тьс"), "ца"),
    (re.compile("[сз]ч|[жс]щ|тщ"), "щ"),
    (re.compile("стн"), "сн"),
    (re.compile("здн"), "зн"),
    (re.compile("[ьъ]"), ""),
    (re.compile("[оя]"), "а"),
    (re.compile("[еэы]"), "и"),
    (re.compile("ю"), "у"),
)
_VOICELESS = str.maketrans("бвгджз", "пфктшс")
_ENGLISH_GROUPS = (
    (re.compile("ph"), "f"),
    (re.compile("ck|q"), "k"),
    (re.compile("c(?=[eiy])"), "s"),
    (re.compile("ght"), "t"),
    (re.compile("^(?:kn|gn)"), "n"),
    (re.compile("wh"), "w"),
    (re.compile("[ts]ion|cian"), "shn"),
    (re.compile("c(?!h)"), "k"),
    (re.compile("(?<=.)e\\b"), ""),
    (re.compile("[aeiouy]+"), "e"),
    (re.compile("z"), "s"),
)
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(20_000)
def sound_of(word: str) -> str:
    """A key for a folded word that is alike for words that sound alike."""
    groups = _ENGLISH_GROUPS if word.isascii() else _RUSSIAN_GROUPS
    key = word
    for pattern, sound in groups:
        key = pattern.sub(sound, key)
    return _DOUBLED.sub(r"\1", key.translate(_VOICELESS))
