"""Rows of a part as lines of Markdown, in the style in which the part is written already."""

from collections.abc import Sequence

from products.catalogue.selling.blocks import Block, Style, joined
from products.catalogue.selling.lists import list_item
from products.catalogue.selling.outline import has_words, tidy
from products.catalogue.selling.parts import LINKS, Part, PartKind, Row
from products.catalogue.selling.tables import head_lines, one_cell, row_line
from wiki.pages.content import one_line

_HEADS = {
    ("ru", PartKind.BENEFITS): ("Свойство", "Преимущество", "Выгода клиента", "Доказательство"),
    ("en", PartKind.BENEFITS): ("Feature", "Advantage", "Benefit for the client", "Proof"),
    ("ru", PartKind.COMPETITORS): ("", "Мы"),
    ("en", PartKind.COMPETITORS): ("", "We"),
    ("ru", PartKind.OBJECTIONS): ("Возражение", "Ответ"),
    ("en", PartKind.OBJECTIONS): ("Objection", "Answer"),
}
_TABLES = (PartKind.BENEFITS, PartKind.COMPETITORS)


def settled(part: Part) -> Part:
    """The part as it will be read again once it is written: clean, without empty rows."""
    whole = (_padded(row, part.width) for row in part.rows)
    rows = tuple(row for row in (_settled_row(part.kind, row) for row in whole) if any(row))
    names = tuple(one_cell(name) for name in part.names)
    return Part(part.kind, rows, names, one_cell(part.corner))


def block_lines(part: Part, before: Block | None, language: str) -> list[str]:
    """The lines of a settled part; a row that stays keeps the lines it had `before`."""
    style = _style(part, before)
    if style is Style.TABLE:
        return _table_lines(part, before, language)
    known = before.known if before and before.style is style else {}
    mark = before.mark if before and before.style is Style.LIST else "-"
    items = []
    for number, row in enumerate(part.rows, 1):
        text = _item_text(part.kind, row)
        new = (text,) if style is Style.PARAGRAPHS else list_item(text, mark, number)
        items.append(known.get(row) or new)
    return joined(items, style is Style.PARAGRAPHS or bool(before and before.is_loose))


def skeleton_lines(kind: PartKind, language: str) -> list[str]:
    """What stands under the heading of a part that nobody has filled yet."""
    if kind not in _TABLES:
        return []
    return list(head_lines(_HEADS[language, kind]))


def _padded(row: Row, width: int) -> Row:
    return (*row, *[""] * width)[:width]


def _settled_row(kind: PartKind, row: Row) -> Row:
    if not has_words(row):
        return ()
    if kind in _TABLES:
        return tuple(one_cell(cell) for cell in row)
    if kind is PartKind.OBJECTIONS:
        return (_bare(row[0]), tidy(row[1]))
    if kind in LINKS:
        return (_title(row[0]), tidy(row[1]))
    return (tidy(row[0]),)


def _bare(objection: str) -> str:
    """Without what would end the bold letters in which it is written."""
    return one_line(objection).replace("**", "").strip("* ")


def _title(title: str) -> str:
    return one_line(title.translate(dict.fromkeys(map(ord, "[]|#\\"))))


def _item_text(kind: PartKind, row: Row) -> str:
    if kind is PartKind.OBJECTIONS:
        return f"**{row[0]}** {row[1]}".strip() if row[0] else row[1]
    if kind in LINKS:
        link = f"[[{row[0]}]]" if row[0] else ""
        return f"{link}: {row[1]}" if link and row[1] else link or row[1]
    return row[-2] if kind is PartKind.BENEFITS else row[0]


def _style(part: Part, before: Block | None) -> Style:
    """The style of before, unless the rows do not fit into it any more."""
    if part.kind is PartKind.COMPETITORS:
        return Style.TABLE
    if part.kind is PartKind.BENEFITS:
        listed = before is not None and before.style is Style.LIST
        alone = all(row[2] and not any((row[0], row[1], row[3])) for row in part.rows)
        return Style.LIST if listed and alone else Style.TABLE
    kept = before.style if before else Style.LIST
    known = before.known if before else {}
    new = [row for row in part.rows if row not in known]
    long = any("\n" in cell for row in new for cell in row)
    bold = all(row[0] for row in new)
    return Style.LIST if long or (kept is Style.PARAGRAPHS and not bold) else kept


def _table_lines(part: Part, before: Block | None, language: str) -> list[str]:
    same_head = (
        before is not None
        and bool(before.head)
        and before.style is Style.TABLE
        and (before.names, before.corner) == (part.names, part.corner)
    )
    known = before.known if before and same_head else {}
    head = before.head if before and same_head else head_lines(_headings(part, language))
    return [*head, *(line for row in part.rows for line in known.get(row) or (row_line(row),))]


def _headings(part: Part, language: str) -> Sequence[str]:
    if part.kind is not PartKind.COMPETITORS:
        return _HEADS[language, part.kind]
    corner, we = _HEADS[language, part.kind]
    return (part.corner or corner, we, *part.names)
