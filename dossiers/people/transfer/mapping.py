"""Which column means what: guessed from the headings, typed on the command line, or remembered."""

import re
from collections.abc import Iterable, Mapping, Sequence

from dossiers.people.transfer import fields
from dossiers.people.transfer.fields import HEADINGS, Field
from wiki.errors import Refusal
from wiki.rendering.titles import fold_title
from wiki.tables.tables import Table

_GAP = re.compile(r"[\s_]+")
_OF_CARDS = {
    Field.PERSON: "name",
    Field.EMAIL: "email",
    Field.PHONE: "phone",
    Field.NOTE: "note",
}


def guess_mapping(table: Table, known: Sequence[fields.Mapping] = ()) -> fields.Mapping:
    """What the columns most likely mean.

    A remembered mapping (`known`, the latest first) is taken when all of its columns are there.
    """
    if table.form == "vcf":
        return dict(_OF_CARDS)
    for mapping in known:
        if mapping and set(mapping.values()) <= set(table.headings):
            return dict(mapping)
    return _by_words(table.headings)


def _by_words(headings: Sequence[str]) -> fields.Mapping:
    folded = {_folded(heading): heading for heading in reversed(headings)}
    found: fields.Mapping = {}
    taken: set[str] = set()
    for place in range(max(map(len, HEADINGS.values()))):
        for field, words in HEADINGS.items():
            heading = folded.get(words[place]) if place < len(words) else None
            if heading and field not in found and heading not in taken:
                found[field] = heading
                taken.add(heading)
    if not {Field.TITLE, Field.REPORTS_TO} & found.keys():
        # A number in a list of people is that of a person, not that of a position.
        found.pop(Field.POSITION, None)
    return {field: found[field] for field in Field if field in found}


def _folded(heading: str) -> str:
    return _GAP.sub(" ", fold_title(heading)).strip(" :*")


def parse_map(text: str, headings: Sequence[str]) -> fields.Mapping:
    """The mapping typed as "position=Pos No,title=Job title".

    A heading with a comma may be put in quotation marks. Raises `Refusal` for fields and columns
    that are not there.
    """
    pairs = [_pair(part) for part in _parts(text)]
    return checked_mapping({name: _heading(column, headings) for name, column in pairs}, headings)


def _parts(text: str) -> Iterable[str]:
    found = re.findall(r'(?:[^,"]|"[^"]*"?)+', text)
    return [part.strip() for part in found if part.strip()]


def _pair(part: str) -> tuple[str, str]:
    name, equals, column = part.partition("=")
    if not equals:
        raise Refusal(
            "“%(part)s” is no pair of a field and a column. Nothing was changed. Write it like "
            "position=Number,title=Job title.",
            part=part[:60],
        )
    return name.strip(), column.strip().strip('"')


def _heading(column: str, headings: Sequence[str]) -> str:
    same = [heading for heading in headings if _folded(heading) == _folded(column)]
    if column in headings or len(same) != 1:
        return column
    return same[0]


def checked_mapping(chosen: Mapping[str, str], headings: Sequence[str]) -> fields.Mapping:
    """The mapping of these codes of fields to columns; empty columns are left out.

    Raises `Refusal` for an unknown field or column, and when neither positions nor people are told.
    """
    found: fields.Mapping = {}
    for name, column in chosen.items():
        if column:
            found[_field(name)] = _known_column(column, headings)
    if not {Field.POSITION, Field.TITLE, Field.PERSON} & found.keys():
        raise Refusal(
            "Neither a position nor a person is told by any column. Nothing was changed. "
            "Choose the column of the title, the number or the name."
        )
    return {field: found[field] for field in Field if field in found}


def _field(name: str) -> Field:
    try:
        return Field(name)
    except ValueError:
        raise Refusal(
            "There is no field “%(name)s”. Nothing was changed. The fields are: %(fields)s.",
            name=name[:60],
            fields=", ".join(Field),
        ) from None


def _known_column(column: str, headings: Sequence[str]) -> str:
    if column not in headings:
        raise Refusal(
            "The file has no column “%(name)s”. Nothing was changed. Its columns are: %(columns)s.",
            name=column[:100],
            columns=", ".join(headings)[:1_000],
        )
    return column
