"""The rows of the editor: a path as it is typed, not yet checked. Pure.

A new row has a code that begins with `NEW`; it gets one of its own when it is saved.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from products.onboarding.kinds import ItemKind
from products.onboarding.paths.pages import Pages
from products.onboarding.paths.rules import MOST_ITEMS, Item
from wiki.errors import Refusal
from wiki.pages.forms import whole_number

NEW = "new"
SPARE_ROWS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """What is typed about one item.

    `what` is the title of the page or of the one to be written. `page_id` is the page that stood
    here under the title `shown`; while that title is not changed, it is still this one.
    """

    code: str
    kind: ItemKind = ItemKind.PAGE
    what: str = ""
    due: str = ""
    after: tuple[str, ...] = ()
    page_id: int | None = None
    shown: str = ""
    place: str = ""
    problem: Refusal | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed into a spare row."""
        return self.is_new and not self.what

    @property
    def is_new(self) -> bool:
        """Whether the row was never saved."""
        return self.code.startswith(NEW)


Rows = tuple[Row, ...]


def row_of(item: Item, pages: Pages) -> Row:
    """An item as the editor shows it first; a page that the editor may not see has no title."""
    page = pages.get(item.page_id) if item.page_id is not None else None
    title = page.title if page else item.title
    due = "" if item.due_day is None else str(item.due_day)
    return Row(item.code, item.kind, title, due, item.after, item.page_id, title)


def with_spare(rows: Sequence[Row], spare: int = SPARE_ROWS) -> Rows:
    """With so many blank rows at the end, as far as a path may be long."""
    filled = [row for row in rows if not row.is_blank]
    numbers = [whole_number(row.code[len(NEW) :]) for row in filled if row.is_new]
    first, many = max(numbers, default=0) + 1, max(0, min(spare, MOST_ITEMS - len(filled)))
    return (*filled, *(Row(f"{NEW}{first + number}") for number in range(many)))


def by_places(rows: Sequence[Row]) -> Rows:
    """In the order of the numbers that somebody typed over those of the rows."""

    def key(numbered: tuple[int, Row]) -> tuple[int, int, int]:
        number, row = numbered
        typed = int(row.place) if row.place.isdecimal() and len(row.place) < 5 else number
        return (typed, (typed > number) - (typed < number), number)

    return tuple(row for _number, row in sorted(enumerate(rows, start=1), key=key))


def moved(rows: Sequence[Row], code: str, by: int) -> Rows:
    """One row so many places further down, or up when negative."""
    found = list(rows)
    old = next((number for number, row in enumerate(found) if row.code == code), None)
    if old is not None:
        row = found.pop(old)
        found.insert(max(0, old + by), row)
    return tuple(found)


def without(rows: Sequence[Row], code: str) -> Rows:
    """Without one row; nothing waits for it any more."""
    return tuple(
        replace(row, after=tuple(one for one in row.after if one != code))
        for row in rows
        if row.code != code
    )


def in_single_file(rows: Sequence[Row]) -> Rows:
    """Each waits for the one before it, and for nothing else."""
    filled = [row for row in rows if not row.is_blank]
    before = ["", *(row.code for row in filled)]
    return tuple(
        replace(row, after=(code,) if code else ())
        for row, code in zip(filled, before, strict=False)
    )


def waiting_for_nothing(rows: Sequence[Row]) -> Rows:
    """Everything may be read in any order."""
    return tuple(replace(row, after=()) for row in rows)


def with_codes(rows: Sequence[Row], draw: Callable[[], str]) -> Rows:
    """Filled rows only, each new one with a code of its own."""
    filled = [row for row in rows if not row.is_blank]
    codes = {row.code: draw() if row.is_new else row.code for row in filled}
    return tuple(
        replace(
            row,
            code=codes[row.code],
            after=tuple(codes[code] for code in row.after if code in codes),
        )
        for row in filled
    )


def with_pages(rows: Sequence[Row], pages: Pages) -> Rows:
    """With these pages behind all others; those that stand in the path already are left out."""
    filled = [row for row in rows if not row.is_blank]
    known = {row.page_id for row in filled if row.kind is ItemKind.PAGE}
    spare = with_spare(filled, len(pages))[len(filled) :]
    new = [page for page in pages.values() if page.id not in known]
    return (
        *filled,
        *(
            replace(row, what=page.title, shown=page.title, page_id=page.id)
            for row, page in zip(spare, new, strict=False)
        ),
    )
