"""A page's text as statements without their dress: headings, items, steps, rows and texts.

What Markdown only dresses (bold, a heading's level, a link's target) is taken off. What it says
stays: crossed-out words, ticked boxes, the cells of a table, which file or picture is shown.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from wiki.pages.blocks import FENCE, HEADING, ITEM, ROW, split_blocks

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_STEP = re.compile(r"[ \t]*\d{1,9}[.)][ \t]+")
_QUOTED = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)
_UNDERLINED = re.compile(r"\n[ \t]*(?:=+|-+)[ \t]*$")
_RULE = re.compile(r"[ \t]*(?:[-*_][ \t]*){3,}$")
_ALIGNMENT = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*$")
_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,}).*$", re.MULTILINE)
_CODE = re.compile(r"`+([^`\n]{1,500})`+")
_PICTURE = re.compile(r"!\[([^\[\]]{0,500})\]\(([^()\s]{0,500})[^()]{0,500}\)")
_FILE = re.compile(r"(?<!!)\[([^\[\]]{0,500})\]\((/files/[^()\s]{0,500})[^()]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]]{0,500})\]\([^()]{0,1000}\)")
_WIKI_LINK = re.compile(r"\[\[([^\[\]|]{0,300})(?:\|([^\[\]]{0,500}))?\]\]")
_BARE = re.compile(r"<(https?:[^<>\s]{0,1000})>")
_CROSSED = re.compile(r"</?(?:del|s|strike)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_STRONG = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|`+")
_BOXES = ((re.compile(r"^\s*\[ \]"), "☐ "), (re.compile(r"^\s*\[[xX]\]"), "☑ "))
_LONGEST_LINE = 500
_SIGNS = re.compile(r"[\W_]+")


class StatementKind(StrEnum):
    """What a statement is on the page."""

    HEADING = "heading"
    ITEM = "item"
    STEP = "step"
    ROW = "row"
    TEXT = "text"
    CODE = "code"


class Block(NamedTuple):
    """A block as it is written, and the block under which it stands: a heading or «In the box:»."""

    kind: StatementKind
    written: str
    under: str


class Statement(NamedTuple):
    """A block's words, and the words under which they stand."""

    kind: StatementKind
    text: str
    context: str


def blocks_of(body: str) -> list[Block]:
    """The blocks of a Markdown text that say something, in their order."""
    return list(_placed(split_blocks(_COMMENT.sub("", body)).texts))


def statement_of(block: Block) -> Statement:
    """What a block says."""
    return Statement(block.kind, _text(block), context_of(block))


def context_of(block: Block) -> str:
    """The words under which a block stands."""
    return _plain_context(block.under)


def contexts_in(blocks: Sequence[Block]) -> set[str]:
    """All headings, and all words under which something stands; also those with nothing below."""
    headings = {block.written for block in blocks if block.kind is StatementKind.HEADING}
    return {*map(_plain_context, headings | {block.under for block in blocks})}


def plain(text: str) -> str:
    """The letters and digits of a text, to see whether two headings are the same."""
    return _SIGNS.sub(" ", text).casefold().replace("ё", "е").strip()


def bare(text: str) -> str:
    """The words of one block without their dress."""
    text = _FENCE.sub("", _QUOTED.sub("", text))
    text = _CODE.sub(lambda code: code[1].replace("<", "< "), text)
    text = _PICTURE.sub(r"\1 file=\2 ", text)
    text = _FILE.sub(r"\1 file=\2 ", text)
    text = _WIKI_LINK.sub(lambda link: link[2] or link[1], _LINK.sub(r"\1", text))
    text = _TAG.sub(" ", _CROSSED.sub("~~", _BARE.sub(r"\1", text)))
    return " ".join(_STRONG.sub("", text.replace("\\", "")).split())


@lru_cache(1_000)
def _plain_context(written: str) -> str:
    return plain(bare(written))


def _placed(blocks: tuple[str, ...]) -> Iterator[Block]:
    heading = lead = fence = ""
    for block in blocks:
        mark = FENCE.match(block)
        if mark or fence:
            fence = _fence_after(fence, mark)
            if not mark:
                yield Block(StatementKind.CODE, block, lead or heading)
            continue
        if len(block) < _LONGEST_LINE and (_RULE.match(block) or _ALIGNMENT.match(block)):
            continue
        kind = _kind(block)
        if kind is StatementKind.HEADING:
            heading, lead = block, ""
            yield Block(kind, block, "")
            continue
        if kind is StatementKind.TEXT:
            lead = ""
        yield Block(kind, block, lead or heading)
        if kind is StatementKind.TEXT and block.rstrip().endswith(":"):
            lead = block


def _fence_after(fence: str, mark: re.Match[str] | None) -> str:
    """The fence that is open after a line; what opens a fence inside another one is code."""
    if mark is None:
        return fence
    if not fence:
        return mark[1]
    return "" if mark[1].startswith(fence) else fence


def _kind(block: str) -> StatementKind:
    if HEADING.match(block) or _UNDERLINED.search(block[-_LONGEST_LINE:]):
        return StatementKind.HEADING
    if ROW.match(block):
        return StatementKind.ROW
    if ITEM.match(block):
        return StatementKind.STEP if _STEP.match(block) else StatementKind.ITEM
    return StatementKind.TEXT


def _text(block: Block) -> str:
    written = block.written
    match block.kind:
        case StatementKind.HEADING:
            return bare(_UNDERLINED.sub("", written).strip().strip("#"))
        case StatementKind.ROW:
            return bare(written.strip().removeprefix("|").removesuffix("|"))
        case StatementKind.ITEM | StatementKind.STEP:
            return bare(_boxed(ITEM.sub("", written, count=1)))
        case StatementKind.CODE:
            return " ".join(written.split())
    return bare(written)


def _boxed(text: str) -> str:
    for pattern, sign in _BOXES:
        text = pattern.sub(sign, text)
    return text
