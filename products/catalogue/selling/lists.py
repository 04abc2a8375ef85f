"""Lists and bold-headed paragraphs of Markdown: finding them, and writing one."""

import re
from collections.abc import Sequence

from products.catalogue.selling.blocks import Block, Item, Style

_MARKER = re.compile(r" {0,3}([-*+]|\d{1,9}[.)])( +)(?=\S)")
_RULE = re.compile(r" *([-*_])(?: *\1){2,} *$")
_OTHER = re.compile(r" {0,3}(?:>|#{1,6} |\||`{3}|~{3})")
_BOLD = re.compile(r"\*\*(?!\s)\S")


def find_list(lines: Sequence[str], places: Sequence[int], start: int, end: int) -> Block | None:
    """The first list in lines [start, end); `places` are those that are no code."""
    begin = next((at for at in places if start <= at < end and _mark(lines[at])), None)
    if begin is None:
        return None
    items, at, stop, is_loose = [], begin, begin, False
    while at < end and (width := _mark(lines[at])):
        is_loose = is_loose or at > stop
        stop = _end_of_item(lines, at, end, width)
        items.append(Item((_text(lines[at:stop], width),), tuple(lines[at:stop])))
        at = _after_blanks(lines, stop, end)
    sign = lines[begin].split()[0]
    return Block(begin, stop, Style.LIST, tuple(items), is_loose, sign)


def find_paragraphs(
    lines: Sequence[str], places: Sequence[int], start: int, end: int
) -> Block | None:
    """The first run of paragraphs in [start, end) that each begin with bold words."""
    begin = next((at for at in places if start <= at < end and _BOLD.match(lines[at])), None)
    if begin is None:
        return None
    items, at, last = [], begin, begin
    while at < end and _BOLD.match(lines[at]):
        last = _end_of_paragraph(lines, at, end)
        items.append(Item(("\n".join(lines[at:last]),), tuple(lines[at:last])))
        at = _after_blanks(lines, last, end)
    return Block(begin, last, Style.PARAGRAPHS, tuple(items), is_loose=True)


def list_item(text: str, mark: str, number: int) -> tuple[str, ...]:
    """The lines of an item; a list that counts goes on counting."""
    sign = f"{number}{mark[-1]}" if mark[:1].isdigit() else mark
    indent = " " * (len(sign) + 1)
    first, *rest = text.split("\n")
    return (f"{sign} {first}", *(indent + line if line else "" for line in rest))


def _mark(line: str) -> int:
    """How far the text of an item stands in; 0 when the line begins none."""
    match = _MARKER.match(line)
    if not match or _RULE.match(line):
        return 0
    gap = len(match.group(2))
    return match.start(2) + (gap if gap <= 4 else 1)


def _end_of_item(lines: Sequence[str], at: int, end: int, width: int) -> int:
    """The line after the item: what stands in belongs to it, and text right below does, too."""
    stop, at, after_blank = at + 1, at + 1, False
    while at < end:
        line = lines[at]
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip():
            after_blank, at = True, at + 1
            continue
        belongs = indent >= width or not (after_blank or _mark(line) or _OTHER.match(line))
        if not belongs:
            break
        stop, at, after_blank = at + 1, at + 1, False
    return stop


def _end_of_paragraph(lines: Sequence[str], at: int, end: int) -> int:
    while at < end and lines[at].strip() and not _OTHER.match(lines[at]):
        at += 1
    return at


def _after_blanks(lines: Sequence[str], at: int, end: int) -> int:
    while at < end and not lines[at].strip():
        at += 1
    return at


def _text(item: Sequence[str], width: int) -> str:
    rest = [line[min(width, len(line) - len(line.lstrip(" "))) :] for line in item[1:]]
    return "\n".join([item[0][width:], *rest]).strip()
