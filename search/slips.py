"""What was typed with the other keyboard layout."""

import re
from collections.abc import Iterator

_LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
_CYRILLIC_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_TO_CYRILLIC = str.maketrans(_LATIN_KEYS, _CYRILLIC_KEYS)
_TO_LATIN = str.maketrans(_CYRILLIC_KEYS, _LATIN_KEYS)
_A_LATIN = re.compile("[A-Za-z]")
_A_CYRILLIC = re.compile("[А-Яа-яЁё]")
_CLOSING = ".,;:?!)»\"'"


def other_layout(text: str) -> str:
    """The text as the same keys give it in the other keyboard layout («ghjlerwbz» → «продукция»).

    Signs that are letters there change, too. Empty when the text has letters of both alphabets
    or none, so that nothing can be said.
    """
    latin, cyrillic = bool(_A_LATIN.search(text)), bool(_A_CYRILLIC.search(text))
    if latin == cyrillic:
        return ""
    return text.translate(_TO_CYRILLIC if latin else _TO_LATIN)


def readings(written: str) -> Iterator[str]:
    """What stands between two blanks in the other layout: signs at its end are letters or not.

    Codes and numbers are left alone.
    """
    if any(character.isdigit() for character in written):
        return
    for text in dict.fromkeys((written, written.rstrip(_CLOSING))):
        if other := other_layout(text):
            yield other
