"""What a section of a page says, as rows: benefits, objections, competitors and the others."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from products.catalogue.selling.blocks import Block, Item, Style
from products.catalogue.selling.lists import find_list, find_paragraphs
from products.catalogue.selling.parts import COLUMNS, PartKind, Row
from products.catalogue.selling.tables import Table, find_table
from wiki.rendering.titles import fold_title

_OBJECTION = re.compile(r"\*\*(.+?)\*\*[ \t]*(.*)", re.DOTALL)
_LINK = re.compile(
    r"\[\[([^\[\]\n|#]+)(?:#[^\[\]\n|]*)?(?:\|[^\[\]\n]*)?\]\]\s*[:—–-]?\s*(.*)", re.DOTALL
)
_WE = frozenset(
    map(fold_title, ("Мы", "У нас", "Наш товар", "Наше", "We", "Us", "Ours", "Our product"))
)
_BENEFIT_HEADINGS = {
    "feature": ("Свойство", "Характеристика", "Особенность", "Feature", "Property"),
    "advantage": ("Преимущество", "Что это даёт", "Advantage", "What it gives"),
    "benefit": ("Выгода", "Выгода клиента", "Польза", "Benefit", "Benefit for the client"),
    "proof": ("Доказательство", "Чем доказать", "Подтверждение", "Proof", "Evidence"),
}
_BENEFIT_COLUMNS = {
    fold_title(name): COLUMNS[PartKind.BENEFITS].index(column)
    for column, names in _BENEFIT_HEADINGS.items()
    for name in names
}
_OBJECTION_CELLS = 2


def find_block(
    kind: PartKind, lines: Sequence[str], places: Sequence[int], start: int, end: int
) -> Block | None:
    """The rows of a part in lines [start, end); `None` when it has none that can be told apart."""
    return _FINDERS[kind](lines, places, start, end)


Finder = Callable[[Sequence[str], Sequence[int], int, int], Block | None]


def _points(lines: Sequence[str], places: Sequence[int], start: int, end: int) -> Block | None:
    return find_list(lines, places, start, end)


def _links(lines: Sequence[str], places: Sequence[int], start: int, end: int) -> Block | None:
    return _each(find_list(lines, places, start, end), _link)


def _objections(lines: Sequence[str], places: Sequence[int], start: int, end: int) -> Block | None:
    table = find_table(lines, places, start, end)
    if table and table.is_even and len(table.headings) == _OBJECTION_CELLS:
        return _of_table(lines, table, [0, 1], _OBJECTION_CELLS)
    found = find_paragraphs(lines, places, start, end) or find_list(lines, places, start, end)
    return _each(found, _objection)


def _benefits(lines: Sequence[str], places: Sequence[int], start: int, end: int) -> Block | None:
    table = find_table(lines, places, start, end)
    if table is None:
        return _each(find_list(lines, places, start, end), lambda text: ("", "", text, ""))
    columns = [_BENEFIT_COLUMNS.get(fold_title(heading), -1) for heading in table.headings]
    if -1 in columns or len(set(columns)) < len(columns) or not table.is_even:
        return None
    return _of_table(lines, table, columns, len(COLUMNS[PartKind.BENEFITS]))


def _competitors(lines: Sequence[str], places: Sequence[int], start: int, end: int) -> Block | None:
    """Our own column goes first; a table without one has an empty one."""
    table = find_table(lines, places, start, end)
    if table is None or not table.is_even:
        return None
    corner, *others = table.headings
    ours = next((n for n, name in enumerate(others, 1) if fold_title(name) in _WE), 0)
    names = tuple(name for n, name in enumerate(others, 1) if n != ours)
    places_of = iter(range(2, 2 + len(names)))
    columns = [0, *(1 if n == ours else next(places_of) for n in range(1, 1 + len(others)))]
    block = _of_table(lines, table, columns, 2 + len(names))
    # Without our own column a row cannot keep its lines: it will have one.
    items = block.items if ours else tuple(Item(item.row, ()) for item in block.items)
    return replace(block, names=names, corner=corner, items=items)


_FINDERS: dict[PartKind, Finder] = {
    PartKind.AUDIENCE: _points,
    PartKind.BENEFITS: _benefits,
    PartKind.OBJECTIONS: _objections,
    PartKind.COMPETITORS: _competitors,
    PartKind.LIMITS: _points,
    PartKind.RELATED: _links,
    PartKind.REPLACEMENTS: _links,
}


def _each(block: Block | None, row_of: Callable[[str], Row]) -> Block | None:
    if block is None:
        return None
    items = tuple(Item(row_of(item.row[0]), item.lines) for item in block.items)
    return replace(block, items=items)


def _objection(text: str) -> Row:
    match = _OBJECTION.match(text)
    return (match.group(1).strip(), match.group(2).strip()) if match else ("", text)


def _link(text: str) -> Row:
    match = _LINK.match(text)
    return (match.group(1).strip(), match.group(2).strip()) if match else ("", text)


def _of_table(lines: Sequence[str], table: Table, columns: Sequence[int], width: int) -> Block:
    """`columns` says for each heading which cell of a row it is; `width` is how many a row has."""
    items = []
    for number, cells in enumerate(table.rows):
        row = [""] * width
        for column, cell in zip(columns, cells, strict=False):
            row[column] = cell
        items.append(Item(tuple(row), (lines[table.start + 2 + number],)))
    head = tuple(lines[table.start : table.start + 2])
    in_order = list(columns) == list(range(width))
    kept = items if in_order else [Item(item.row, ()) for item in items]
    return Block(table.start, table.end, Style.TABLE, tuple(kept), head=head if in_order else ())
