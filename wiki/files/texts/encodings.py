"""From bytes to text: by its mark, else UTF-8, else the likeliest of the old encodings."""

import codecs
import re
from collections.abc import Mapping
from math import log

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 50_000
_CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
_RUNS_OF_LETTERS = re.compile(rb"[\x80-\xff]{3,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_LATIN = re.compile(rb"[A-Za-z]")
#: How often each letter stands in Russian texts, in percent (National Corpus of Russian).
_PERCENT: Mapping[str, float] = {
    "о": 10.98, "е": 8.48, "а": 8.01, "и": 7.37, "н": 6.70, "т": 6.32, "с": 5.47, "р": 4.75,
    "в": 4.53, "л": 4.34, "к": 3.49, "м": 3.21, "д": 2.98, "п": 2.80, "у": 2.62, "я": 2.01,
    "ы": 1.90, "ь": 1.74, "г": 1.69, "з": 1.64, "б": 1.59, "ч": 1.45, "й": 1.21, "х": 0.97,
    "ж": 0.94, "ш": 0.72, "ю": 0.64, "ц": 0.49, "щ": 0.36, "э": 0.33, "ф": 0.27, "ъ": 0.04,
    "ё": 0.04,
}  # fmt: skip
_WORTH = {letter: log(percent) for letter, percent in _PERCENT.items()}
_NO_LETTER = -6.0
_COMMON_SIGNS = frozenset("№«»—–…•°§“”„’\u00a0")
_CHANGE_OF_CASE = re.compile("[а-яё][А-ЯЁ]")


def decode(data: bytes) -> str:
    """The text in these bytes, which may end in the middle of a character. Never raises."""
    encoding = encoding_of(data)
    return codecs.getincrementaldecoder(encoding)("replace").decode(data).lstrip("\ufeff")


def encoding_of(data: bytes) -> str:
    """The encoding in which these bytes are most likely written. Never raises."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(data)
    except UnicodeDecodeError:
        return _guess(data[:_SAMPLE])
    return "utf-8"


def _guess(sample: bytes) -> str:
    # Russian words are runs of high bytes; in western texts these stand alone among Latin letters.
    high, latin = len(_HIGH.findall(sample)), len(_LATIN.findall(sample))
    if high < latin and 2 * sum(map(len, _RUNS_OF_LETTERS.findall(sample))) < high:
        return "cp1252"
    return max(_CYRILLIC, key=lambda encoding: _likeness(sample.decode(encoding, "replace")))


def _likeness(text: str) -> float:
    """How much like Russian the letters are; a capital inside of a word counts against it."""
    foreign = [character for character in text if character > "\x7f"]
    worth = sum(
        _WORTH.get(character.lower(), 0.0 if character in _COMMON_SIGNS else _NO_LETTER)
        for character in foreign
    )
    return worth - 3 * len(_CHANGE_OF_CASE.findall(text))
