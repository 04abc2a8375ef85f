"""In which of the two languages a text is, when nobody has said so."""

import re

_CYRILLIC = re.compile("[а-яё]", re.I)
_LATIN = re.compile("[a-z]", re.I)
_SAMPLE = 5_000


def language_of(text: str) -> str:
    """`ru` or `en`, whichever alphabet has more letters in it; empty when it has none."""
    sample = text[:_SAMPLE]
    cyrillic, latin = len(_CYRILLIC.findall(sample)), len(_LATIN.findall(sample))
    return "" if not cyrillic + latin else "ru" if cyrillic >= latin else "en"
