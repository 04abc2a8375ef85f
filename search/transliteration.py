"""Words written in the letters of the other alphabet: litsenziya, «биллинг»."""

from collections.abc import Iterator
from functools import lru_cache

_MOST_SPELLINGS = 24

_SOUNDS = {
    "shch": ("щ",),
    "sch": ("щ", "сч", "ш"),
    "iya": ("ия",),
    "iyu": ("ию",),
    "iye": ("ие",),
    "zh": ("ж",),
    "kh": ("х",),
    "ph": ("ф",),
    "th": ("т",),
    "ck": ("к",),
    "ts": ("ц", "тс"),
    "tz": ("ц",),
    "ch": ("ч",),
    "sh": ("ш",),
    "yo": ("е", "йо"),
    "jo": ("е",),
    "yu": ("ю",),
    "ju": ("ю",),
    "iu": ("ю", "иу"),
    "ya": ("я",),
    "ja": ("я",),
    "ia": ("ия", "я", "иа"),
    "ye": ("е", "ые"),
    "je": ("е", "же"),
    "iy": ("ий",),
    "ij": ("ий",),
    "yj": ("ый",),
    "yy": ("ый",),
    "ey": ("ей",),
    "ei": ("ей", "еи"),
    "ay": ("ай",),
    "ai": ("ай", "аи"),
    "oy": ("ой",),
    "oi": ("ой", "ои"),
    "a": ("а",),
    "b": ("б",),
    "c": ("ц", "к", "с"),
    "d": ("д",),
    "e": ("е", "э"),
    "f": ("ф",),
    "g": ("г",),
    "h": ("х", "г"),
    "i": ("и",),
    "j": ("й", "ж", "дж"),
    "k": ("к",),
    "l": ("л",),
    "m": ("м",),
    "n": ("н",),
    "o": ("о",),
    "p": ("п",),
    "q": ("к",),
    "r": ("р",),
    "s": ("с",),
    "t": ("т",),
    "u": ("у",),
    "v": ("в",),
    "w": ("в", "ш"),
    "x": ("кс", "х"),
    "y": ("ы", "и", "й"),
    "z": ("з",),
    "'": ("ь", "ъ"),
    "`": ("ь",),
}
_LONGEST_SOUND = max(map(len, _SOUNDS))

_TABLE = """
а:a б:b в:v г:g д:d е:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch
ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya
"""
_LETTERS = dict(pair.split(":") for pair in _TABLE.split())
_ENGLISH = {"к": ("k", "c"), "ф": ("f", "ph"), "х": ("h", "kh"), "ц": ("c", "ts"), "дж": ("j", "g")}


@lru_cache(2_000)
def transliterations(word: str) -> tuple[str, ...]:
    """How a folded word may be written in the other alphabet, the likeliest first."""
    if word.isascii():
        return tuple(_spellings(word)) if word.replace("'", "").isalpha() else ()
    if not all("а" <= letter <= "я" for letter in word):
        return ()
    return tuple(dict.fromkeys(_latin_spellings(word)))


def _spellings(word: str) -> list[str]:
    """All ways to read the sounds, at most `_MOST_SPELLINGS`; the first reading of each first."""
    beams = [("", 0, 0)]
    done: list[tuple[int, str]] = []
    while beams:
        beams = sorted(_longer(word, beams), key=lambda beam: beam[2])[: _MOST_SPELLINGS * 2]
        done += [(cost, made) for made, place, cost in beams if place == len(word)]
        beams = [beam for beam in beams if beam[1] < len(word)]
    return list(dict.fromkeys(made for _cost, made in sorted(done)))[:_MOST_SPELLINGS]


def _longer(word: str, beams: list[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """Each beginning with one more sound; a less usual reading, and a shorter sound, cost more."""
    for made, place, cost in beams:
        sounds = (word[place : place + n] for n in range(_LONGEST_SOUND, 0, -1))
        known = [sound for sound in sounds if sound in _SOUNDS]
        for rank, sound in enumerate(known):
            for also, letters in enumerate(_SOUNDS[sound]):
                yield made + letters, place + len(sound), cost + also + 2 * rank


def _latin_spellings(word: str) -> Iterator[str]:
    """Letter by letter, then with each other spelling that English has for a sound."""
    yield _with(word, "", "")
    for letters, spellings in _ENGLISH.items():
        if letters in word:
            yield from (_with(word, letters, spelling) for spelling in spellings)


def _with(word: str, letters: str, spelling: str) -> str:
    parts = word.split(letters) if letters else [word]
    return spelling.join("".join(_LETTERS[one] for one in part) for part in parts)
