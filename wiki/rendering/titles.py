"""How titles and headings are compared: `fold_title` decides when two of them are the same."""

import unicodedata


def fold_title(text: str) -> str:
    """Return the form under which a title is looked up.

    Letters fold by Unicode's canonical caseless matching, ё counts as е, and runs of blanks
    (the non-breaking one too) count as one. Folding twice changes nothing.
    """
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return " ".join(unicodedata.normalize("NFC", bare).replace("ё", "е").split())
