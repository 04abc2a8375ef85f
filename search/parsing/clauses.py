"""The clauses of a typed text: words, phrases, and what stands before them. Never fails."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from search.analysis import ACROSS_BLANKS
from search.lemmas import fold

# No part of it can match in two ways, so the longest text takes linear time for each quote.
_CLAUSE = re.compile(
    rf"""
    (?P<minus>(?<![^\s(\[{{])[-\u2212](?=[^\s\-\u2212]))?
    (?:(?P<field>(?<![^\s(\[{{\-\u2212])[^\W\d_]+):(?=\S))?
    (?:
        "(?P<straight>[^"]*)" | «(?P<angled>[^«»]*)» | [“„](?P<curled>[^“”„]*)[”“]
        | (?P<number>(?-x:{ACROSS_BLANKS})) | (?P<bare>[^\s"«»“”„]+)
    )
    """,
    re.VERBOSE,
)
_QUOTED = ("straight", "angled", "curled")


@dataclass(frozen=True, slots=True)
class Clause:
    """A word or a phrase (`quoted`) that begins at character `start`.

    `field` is the folded word before the colon, `minus` whether it must not be found.
    """

    value: str
    start: int
    quoted: bool = False
    field: str = ""
    minus: bool = False
    whole: str = ""
    whole_start: int = 0


def clean(text: str) -> str:
    """The text without control characters and marks of direction."""
    return "".join(_seen(character) for character in text).strip()


def clauses(text: str) -> Iterator[Clause]:
    """The clauses in order; signs that belong to none, like a lone quote, are left out."""
    for found in _CLAUSE.finditer(text):
        kind = next(name for name in (*_QUOTED, "number", "bare") if found[name] is not None)
        yield Clause(
            value=found[kind],
            start=found.start(kind),
            quoted=kind in _QUOTED,
            field=fold(found["field"] or ""),
            minus=found["minus"] is not None,
            whole=found.group(),
            whole_start=found.start(),
        )


def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Cs", "Zl", "Zp"):
        return " "
    return "" if category == "Cf" and character != "\u00ad" else character
