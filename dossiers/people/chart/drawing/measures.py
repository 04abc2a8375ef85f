"""How wide a text is drawn, nearly, and how it is broken into lines that fit.

No font is asked: readers have other ones. The widths are those of a wide sans serif, so that lines
fit in narrower ones, too.
"""

import unicodedata
from functools import lru_cache

_WIDTHS = (
    (0.26, "ijl|.,:;' "),
    (0.38, 'Ifrt-()[]!/"'),
    (0.5, "cszJгзсэ–“”?*"),
    (0.68, "ABCKNRUVXZднпцъАБВИЙКСХЧЬЭЯ"),
    (0.76, "wDGHOQмыюДЛНОПЦЪ&+"),
    (0.86, "MжфшщМФЫ"),
    (1.0, "mW—№%…ЖШЩЮ"),
)
_WIDTH_OF = {character: width for width, group in _WIDTHS for character in group}
_OTHER, _WIDE = 0.58, 1.0
_BOLD = 1.08
_ELLIPSIS = "…"


@lru_cache(4096)
def _width(character: str) -> float:
    known = _WIDTH_OF.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0.0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _OTHER


def width_of(text: str, size: float, bold: bool = False) -> float:
    """The width of a line in the unit of its size."""
    return sum(map(_width, text)) * size * (_BOLD if bold else 1.0)


def lines_of(text: str, room: float, size: float, most: int, bold: bool = False) -> list[str]:
    """The text in at most `most` lines; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    words = text.split()
    while words:
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", size, bold) <= room:
            line = f"{line} {words.pop(0)}"
        if width_of(line, size, bold) > room:
            line, rest = _broken(line, room, size, bold)
            words.insert(0, rest)
        if len(lines) == most - 1 and words:
            return [*lines, shortened(f"{line} {words[0]}", room, size, bold, must=True)]
        lines.append(line)
    return lines


def _broken(word: str, room: float, size: float, bold: bool) -> tuple[str, str]:
    """A word that is too long, divided where the line ends; at least one letter goes on it."""
    end = 1
    while end < len(word) and width_of(word[: end + 1], size, bold) <= room:
        end += 1
    return word[:end], word[end:]


def shortened(text: str, room: float, size: float, bold: bool = False, must: bool = False) -> str:
    """The text on one line, cut with an ellipsis when it is too long (or when it `must` be)."""
    if not must and width_of(text, size, bold) <= room:
        return text
    room -= width_of(_ELLIPSIS, size, bold)
    while text and width_of(text, size, bold) > room:
        text = text[:-1]
    return text.rstrip(" ,;:—–-") + _ELLIPSIS
