"""From bytes to text: the encodings in which Markdown files are met."""

import codecs
from dataclasses import dataclass

from wiki.errors import Refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 20_000
_KEPT_CONTROLS = frozenset("\t\n")
_CONTROLS = {
    code: None for code in (*range(32), *range(127, 160)) if chr(code) not in _KEPT_CONTROLS
}


@dataclass(frozen=True)
class Decoded:
    """A text with Unix line ends and no control characters, and how its bytes were understood."""

    text: str
    encoding: str
    guessed: bool


def decode(data: bytes) -> Decoded:
    """The text in these bytes: by its byte order mark, else UTF-8, else a guess.

    Raises `Refusal` when it is no text at all.
    """
    encoding, guessed = _encoding_of(data)
    try:
        text = data.decode(encoding, "replace" if guessed else "strict")
    except UnicodeDecodeError as error:
        raise Refusal("It is not readable text, so it was left out.") from error
    return Decoded(_clean(text), encoding.removesuffix("-sig"), guessed)


def _encoding_of(data: bytes) -> tuple[str, bool]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, False
    if b"\0" in data[:_SAMPLE]:
        return _wide(data[:_SAMPLE]), False
    try:
        data.decode("utf-8")
        return "utf-8", False
    except UnicodeDecodeError:
        return _one_byte(data[:_SAMPLE]), True


def _wide(sample: bytes) -> str:
    # UTF-16 without a mark: one byte of nearly each pair is small (0 for Latin, 4 for Cyrillic).
    even, odd = sample[::2], sample[1::2]
    small = bytes((0, 4))
    if sum(byte in small for byte in odd) > 0.7 * len(odd):
        return "utf-16-le"
    if sum(byte in small for byte in even) > 0.7 * len(even):
        return "utf-16-be"
    raise Refusal("It is not text, so it was left out.")


def _one_byte(sample: bytes) -> str:
    # In Russian text most letters are above 0xC0; in western texts only the accented ones are.
    high = sum(byte >= 0xC0 for byte in sample)
    latin = sum(chr(byte).isalpha() for byte in sample if byte < 0x80)
    return "cp1251" if high * 2 > latin else "cp1252"


def _clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return lines.translate(_CONTROLS).lstrip("\ufeff")
