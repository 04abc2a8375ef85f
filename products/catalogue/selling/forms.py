"""The parts of a page as fields instead of Markdown, and what was typed into them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from products.catalogue.selling.outline import has_words
from products.catalogue.selling.parts import COLUMNS, LINKS, Part, PartKind, Parts, Row
from wiki.errors import Refusal
from wiki.pages.content import clean_text
from wiki.pages.rules import LONGEST_TITLE

MOST_ROWS = 60
MOST_COMPETITORS = 8
LONGEST_CELL = 4_000
SPARE_ROWS = 2
MORE_ROWS = 5


@dataclass(frozen=True, slots=True)
class Fields:
    """One part as the form shows it: its rows and some empty ones.

    `is_open` is false for a part with more rows than the form holds: it is changed in the text.
    """

    part: Part
    rows: tuple[Row, ...]
    names: tuple[str, ...] = ()
    is_open: bool = True


def fields_of(parts: Parts, more: str = "") -> list[Fields]:
    """All parts as fields; the part that is named `more` gets more empty rows."""
    return [_fields(parts[kind], MORE_ROWS if kind.value == more else 0) for kind in PartKind]


def typed_parts(form: Mapping[str, str]) -> Parts:
    """What came with the form; a part that was not in the form is not in the answer either."""
    kinds = (kind for kind in PartKind if f"has-{kind.value}" in form)
    return Parts({kind: _typed(kind, form) for kind in kinds})


def check_parts(parts: Parts) -> None:
    """Raise `Refusal` when a row cannot be kept: an answer to nothing, a nameless competitor."""
    for part in parts.by_kind.values():
        for row in part.rows:
            _check_lengths(part.kind, row)
            if has_words(row):
                _check_row(part.kind, row)
    _check_competitors(parts[PartKind.COMPETITORS])


def _fields(part: Part, more: int) -> Fields:
    is_open = len(part.rows) <= MOST_ROWS and len(part.names) <= MOST_COMPETITORS
    names = part.names
    if part.kind is PartKind.COMPETITORS and is_open:
        spare = 1 if names else 2
        names = (*names, *[""] * min(spare, MOST_COMPETITORS - len(names)))
    width = len(COLUMNS[part.kind]) + len(names)
    rows = [(*row, *[""] * (width - len(row))) for row in part.rows]
    empty = min(SPARE_ROWS + more, MOST_ROWS - len(rows))
    return Fields(part, (*rows, *[("",) * width] * max(0, empty)), names, is_open)


def _typed(kind: PartKind, form: Mapping[str, str]) -> Part:
    names = tuple(_typed_names(form)) if kind is PartKind.COMPETITORS else ()
    columns = (*COLUMNS[kind], *(f"cell-{n}" for n in range(len(names))))
    rows = [_typed_row(kind, number, columns, form) for number in range(MOST_ROWS)]
    return _without_empty_columns(Part(kind, tuple(row for row in rows if any(row)), names))


def _typed_names(form: Mapping[str, str]) -> Iterator[str]:
    for number in range(MOST_COMPETITORS):
        name = form.get(f"name-{number}")
        if name is not None:
            yield clean_text(name).strip()


def _typed_row(
    kind: PartKind, number: int, columns: tuple[str, ...], form: Mapping[str, str]
) -> Row:
    cells = (form.get(f"{kind.value}-{number}-{column}", "") for column in columns)
    return tuple(clean_text(cell).strip() for cell in cells)


def _without_empty_columns(part: Part) -> Part:
    """A competitor that nobody named and nobody described is an empty field."""
    first = len(COLUMNS[part.kind])
    kept = [
        n for n, name in enumerate(part.names) if name or any(row[first + n] for row in part.rows)
    ]
    rows = tuple((*row[:first], *(row[first + n] for n in kept)) for row in part.rows)
    return replace(part, rows=rows, names=tuple(part.names[n] for n in kept))


def _check_lengths(kind: PartKind, row: Row) -> None:
    if any(len(cell) > LONGEST_CELL for cell in row):
        raise Refusal(
            "One field has more than %(limit)d characters. Nothing was saved and your text is "
            "still here: shorten it, or put it into the text of the page.",
            limit=LONGEST_CELL,
        )
    if kind in LINKS and len(row[0]) > LONGEST_TITLE:
        raise Refusal(
            "The title of a page has at most %(limit)d characters. Nothing was saved and your "
            "text is still here.",
            limit=LONGEST_TITLE,
        )


def _check_row(kind: PartKind, row: Row) -> None:
    if kind is PartKind.OBJECTIONS and not has_words(row[:1]):
        raise Refusal(
            "An answer stands without its objection. Nothing was saved and your text is still "
            "here: say what the client objects."
        )
    if kind is PartKind.COMPETITORS and not has_words(row[:1]):
        raise Refusal(
            "A row beside the competitors does not say what is compared. Nothing was saved and "
            "your text is still here."
        )


def _check_competitors(part: Part) -> None:
    if any(not has_words((name,)) for name in part.names):
        raise Refusal(
            "A competitor has no name. Nothing was saved and your text is still here: name whom "
            "the column is about."
        )
