"""Countries by their two letters, with names in the reader's language."""

from collections.abc import Mapping
from functools import cache

from babel import Locale

_FIRST = ("RU", "BY", "KZ", "AM", "KG", "UZ", "CN", "TR", "DE")


@cache
def countries(language: str) -> Mapping[str, str]:
    """Code → name: those most used here first, then by name."""
    names = {
        code: name
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    }
    first = {code: names[code] for code in _FIRST}
    return first | dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))


_NO_COUNTRIES = frozenset(("EU", "EZ", "UN", "XA", "XB", "QO", "ZZ"))


def is_country(code: str) -> bool:
    """Whether there is a country of that code."""
    return code in countries("en")
