"""Which column means what: guessed from the headings, or typed as pairs, and checked.

A field is known by a code ("external_id"); `Columns` says in which column each stands.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from wiki.errors import Refusal
from wiki.rendering.titles import fold_title

#: Code of a field → heading of its column.
Columns = dict[str, str]
#: Code of a field → the words by which its heading is known, best first, as `folded_heading` has
#: them.
Words = Mapping[str, Sequence[str]]

_GAP = re.compile(r"[\s_]+")
_PART = re.compile(r'(?:[^,"]|"[^"]*"?)+')


def folded_heading(heading: str) -> str:
    """The heading without letter case, marks at its ends, and "_" in the place of blanks."""
    return _GAP.sub(" ", fold_title(heading)).strip(" :*")


def guess_columns(
    headings: Sequence[str], words: Words, known: Iterable[Mapping[str, str]] = ()
) -> Columns:
    """What the columns most likely mean.

    A remembered mapping (`known`, the latest first) is taken when all of its columns are there.
    """
    for mapping in known:
        if mapping and set(mapping.values()) <= set(headings):
            return in_order(mapping, words)
    folded = {folded_heading(heading): heading for heading in reversed(headings)}
    found: Columns = {}
    for place in range(max(map(len, words.values()), default=0)):
        for field, names in words.items():
            heading = folded.get(names[place]) if place < len(names) else None
            if heading and field not in found and heading not in found.values():
                found[field] = heading
    return in_order(found, words)


def in_order(mapping: Mapping[str, str], fields: Iterable[str]) -> Columns:
    """The mapping in the order of the fields; fields that are none of them are left out."""
    return {str(field): mapping[field] for field in fields if mapping.get(field)}


def parse_columns(text: str, headings: Sequence[str], fields: Iterable[str]) -> Columns:
    """The mapping typed as "external_id=Number,title=Name of the deal".

    A heading with a comma may be put in quotation marks. Raises `Refusal` for fields and columns
    that are not there.
    """
    pairs = [_pair(part.strip()) for part in _PART.findall(text) if part.strip()]
    chosen = {name: _heading(column, headings) for name, column in pairs}
    return checked_columns(chosen, headings, fields)


def checked_columns(
    chosen: Mapping[str, str], headings: Sequence[str], fields: Iterable[str]
) -> Columns:
    """The mapping of these codes to columns; empty columns are left out.

    Raises `Refusal` for an unknown field or column.
    """
    fields = list(fields)
    for name, column in chosen.items():
        if column:
            _check_field(name, fields)
            _check_column(column, headings)
    return in_order(chosen, fields)


def columns_left(headings: Sequence[str], mapping: Mapping[str, str]) -> tuple[str, ...]:
    """The columns of the file that no field takes."""
    taken = set(mapping.values())
    return tuple(heading for heading in headings if heading not in taken)


def _pair(part: str) -> tuple[str, str]:
    name, equals, column = part.partition("=")
    if not equals:
        raise Refusal(
            "“%(part)s” is no pair of a field and a column. Nothing was changed. Write it like "
            "title=Name,stage=Stage.",
            part=part[:60],
        )
    return name.strip(), column.strip().strip('"')


def _heading(column: str, headings: Sequence[str]) -> str:
    same = [one for one in headings if folded_heading(one) == folded_heading(column)]
    return column if column in headings or len(same) != 1 else same[0]


def _check_field(name: str, fields: Sequence[str]) -> None:
    if name not in fields:
        raise Refusal(
            "There is no field “%(name)s”. Nothing was changed. The fields are: %(fields)s.",
            name=name[:60],
            fields=", ".join(fields),
        )


def _check_column(column: str, headings: Sequence[str]) -> None:
    if column not in headings:
        raise Refusal(
            "The file has no column “%(name)s”. Nothing was changed. Its columns are: %(columns)s.",
            name=column[:100],
            columns=", ".join(headings)[:1_000],
        )
