"""A page's Markdown as the sentences and table cells that may give a number."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wiki.pages.blocks import FENCE, HEADING, ITEM, ROW, split_blocks

OPEN, SHUT = "\ue000", "\ue001"
"""Around the title of a link in a sentence."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_WIKI_LINK = re.compile(r"\[\[([^\[\]|]{1,300})(?:\|[^\[\]]{0,500})?\]\]")
_PICTURE = re.compile(r"!\[[^\[\]]{0,500}\]\([^()]{0,1000}\)")
_LINK = re.compile(r"\[([^\[\]]{0,500})\]\([^()]{0,1000}\)")
_CROSSED = re.compile(r"~~.+?~~|<(del|s|strike)>.*?</\1>", re.IGNORECASE | re.DOTALL)
_CODE = re.compile(r"`+[^`\n]{1,500}`+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|\{[%#][^{}]{0,300}\}")
_DRESS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|\\")
_QUOTED = re.compile(r"^[ \t]*>[ \t]?(?:\[!\w+\])?", re.MULTILINE)
_ALIGNMENT = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*")
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])(?<!\bшт\.)(?<!\bруб\.)(?<!\bтыс\.)(?<!\bмес\.)(?<!\bмин\.)[»”\")]*\s+"
    rf"(?=[\"«“({OPEN}]?[A-ZА-ЯЁ{OPEN}\d])"
)
_CELL = re.compile(r"(?<!\\)\|")
_LONGEST_BLOCK = 5_000
_LONGEST_BODY = 300_000
_LONGEST_LEAD = 200


class Statement(NamedTuple):
    """One sentence, or one cell of a table with its row's and its column's name.

    `context` are the heading and the words («In the box:») under which it stands. `beside` are
    the other cells of its row with the names of their columns.
    """

    text: str
    context: tuple[str, ...]
    row: str = ""
    column: str = ""
    beside: tuple[tuple[str, str], ...] = ()
    is_cell: bool = False


def statements_of(body: str) -> list[Statement]:
    """The statements of a text in their order; code and what is crossed out say nothing."""
    reader = _Reader()
    for block in split_blocks(_COMMENT.sub("", body[:_LONGEST_BODY])).texts:
        reader.take(block[:_LONGEST_BLOCK])
    reader.end_table()
    return reader.found


class _Reader:
    """Goes through the blocks of a page and remembers under what it is."""

    def __init__(self) -> None:
        self.found: list[Statement] = []
        self._headings: list[str] = []
        self._lead = self._fence = ""
        self._rows: list[str] = []

    def take(self, block: str) -> None:
        """Read one block."""
        if not ROW.match(block):
            self.end_table()
        if self._is_code(block):
            return
        if ROW.match(block):
            self._rows.append(block)
        elif HEADING.match(block):
            self._headings, self._lead = _below(self._headings, block), ""
        elif ITEM.match(block):
            self._say(_bare(ITEM.sub("", block, count=1)))
        else:
            self._paragraph(_bare(block))

    def end_table(self) -> None:
        """A table is read when all its rows are known."""
        if self._rows:
            self.found += _of_table(self._rows, self._context())
            self._rows = []

    def _is_code(self, block: str) -> bool:
        mark = FENCE.match(block)
        if mark and not self._fence:
            self._fence = mark[1]
        elif mark and mark[1].startswith(self._fence):
            self._fence = ""
            return True
        return bool(self._fence)

    def _paragraph(self, text: str) -> None:
        self._lead = ""
        self._say(text)
        if text.endswith(":") and len(text) < _LONGEST_LEAD:
            self._lead = text

    def _say(self, text: str) -> None:
        self.found += [Statement(one, self._context()) for one in _SENTENCE_END.split(text)]

    def _context(self) -> tuple[str, ...]:
        named = tuple(one[1:] for one in self._headings)
        return (*named, self._lead) if self._lead else named


def _below(headings: Sequence[str], block: str) -> list[str]:
    level = len(block.lstrip()) - len(block.lstrip().lstrip("#"))
    kept = [one for one in headings if int(one[0]) < level]
    return [*kept, f"{level}{_bare(block.strip().strip('#'))}"]


def _bare(text: str) -> str:
    text = _CROSSED.sub(" ", _PICTURE.sub(" ", _QUOTED.sub("", text)))
    text = _WIKI_LINK.sub(lambda link: f"{OPEN}{link[1].strip()}{SHUT}", text)
    text = _TAG.sub(" ", _LINK.sub(r"\1", _CODE.sub(" ", text)))
    return " ".join(_DRESS.sub("", text).split())


def plain(text: str) -> str:
    """A sentence as a reader sees it, without the marks around links."""
    return text.replace(OPEN, "").replace(SHUT, "")


def _of_table(rows: Sequence[str], context: tuple[str, ...]) -> Iterator[Statement]:
    head, *body = [_cells(row) for row in rows if not _ALIGNMENT.fullmatch(row)] or [[]]
    with_head = len(rows) > 1 and _ALIGNMENT.fullmatch(rows[1]) is not None
    if not with_head:
        head, body = [], [head, *body]
    for cells in body:
        named = [
            (head[place] if place < len(head) else "", cell) for place, cell in enumerate(cells)
        ]
        for place, (column, cell) in enumerate(named[1:], start=1):
            beside = (*named[1:place], *named[place + 1 :])
            yield Statement(cell, context, cells[0], column, beside, is_cell=True)


def _cells(row: str) -> list[str]:
    return [_bare(cell) for cell in _CELL.split(row.strip().removeprefix("|").removesuffix("|"))]
