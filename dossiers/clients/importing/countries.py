"""From what a file calls a country to its code; what is not just one country has none."""

from collections.abc import Mapping
from functools import cache

from babel.core import get_global

from dossiers.clients.countries import countries, is_country
from wiki.rendering.titles import fold_title

#: Usual names that are not the first ones of the Unicode tables.
_ALSO = {
    "usa": "US", "u.s.a.": "US", "u.s.": "US", "united states of america": "US", "сша": "US",
    "соединенные штаты америки": "US", "uk": "GB", "great britain": "GB", "великобритания": "GB",
    "russian federation": "RU", "российская федерация": "RU", "рф": "RU", "russia": "RU",
    "republic of belarus": "BY", "республика беларусь": "BY", "белоруссия": "BY",
    "республика казахстан": "KZ", "republic of korea": "KR", "республика корея": "KR",
    "южная корея": "KR", "south korea": "KR", "north korea": "KP", "северная корея": "KP",
    "кнр": "CN", "prc": "CN", "uae": "AE", "оаэ": "AE", "turkey": "TR", "турция": "TR",
    "czech republic": "CZ", "чешская республика": "CZ", "holland": "NL", "голландия": "NL",
    "киргизия": "KG", "кыргызстан": "KG", "молдавия": "MD", "молдова": "MD",
    "the netherlands": "NL", "viet nam": "VN", "republic of armenia": "AM",
}  # fmt: skip


def country_of(text: str) -> str:
    """The code of the country with this name or code; empty when there is not just one."""
    return _names().get(fold_title(text), "")


def country_names() -> frozenset[str]:
    """All names of countries, folded."""
    return frozenset(name for name in _names() if len(name) > 3)


@cache
def _names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for three, two in get_global("territory_aliases").items():
        if len(three) == 3 and three.isalpha() and len(two) == 1 and is_country(two[0]):
            found[three.casefold()] = two[0]
    for language in ("en", "ru"):
        found |= {fold_title(name): code for code, name in countries(language).items()}
    found |= {code.casefold(): code for code in countries("en")}
    return found | _ALSO
