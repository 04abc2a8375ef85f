"""Words of a text without its marks: paragraphs, and pieces that a template can write by itself."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wiki.rendering.titles import fold_title

_ALERT = re.compile(r"\[!\w+\]\s*")
_QUOTE = re.compile(r"^(?:> ?)+")
_FOOTNOTE = re.compile(r"^\[\^[^\]]*\]:")
_HEADING = re.compile(r"^#{1,6}\s+")
_TABLE_RULE = re.compile(r"^[\s|:-]+$")
_PIECE = re.compile(
    r"\[\[(?P<title>[^\[\]\n|#]*)(?:#[^\[\]\n|]*)?(?:\\?\|(?P<shown>[^\[\]\n]*))?\]\]"
    r"|!?\[(?P<text>[^\[\]\n]*)\]\((?P<url>[^()\s]*)(?:\s[^()\n]*)?\)"
    r"|\*\*(?P<bold>[^\n]+?)\*\*"
    r"|(?<![\w*])\*(?P<soft>[^*\n]+)\*(?![\w*])"
    r"|`(?P<code>[^`\n]+)`"
    r"|\[\^[^\]\n]*\]"
    r"|\\(?P<plain>[^\w\s])"
)


class Piece(NamedTuple):
    """A run of words; `title` is the folded title of the page they link to."""

    text: str
    is_bold: bool = False
    title: str = ""


def paragraphs(lines: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs of a text, without quote marks, footnotes and the rules of tables."""
    found: list[list[str]] = [[]]
    for line in lines:
        bare = _HEADING.sub("", _ALERT.sub("", _QUOTE.sub("", line.strip()))).strip()
        if not bare or _TABLE_RULE.match(bare):
            found.append([])
        elif not _FOOTNOTE.match(bare):
            found[-1].append(bare)
    return tuple("\n".join(part) for part in found if part)


def pieces(text: str) -> list[Piece]:
    """The text cut into plain words, bold ones and links to pages."""
    return list(_pieces(text, is_bold=False))


def plain(text: str) -> str:
    """The text without any marks."""
    return "".join(piece.text for piece in pieces(text))


def _pieces(text: str, is_bold: bool) -> Iterator[Piece]:
    at = 0
    for match in _PIECE.finditer(text):
        if match.start() > at:
            yield Piece(text[at : match.start()], is_bold)
        yield from _marked(match, is_bold)
        at = match.end()
    if at < len(text):
        yield Piece(text[at:], is_bold)


def _marked(match: re.Match[str], is_bold: bool) -> Iterator[Piece]:
    found = match.groupdict()
    if found["title"] is not None:
        title = found["title"].strip()
        yield Piece((found["shown"] or title).strip(), is_bold, fold_title(title))
    elif found["bold"] is not None:
        yield from _pieces(found["bold"], is_bold=True)
    elif said := next((found[k] for k in ("text", "soft", "code", "plain") if found[k]), ""):
        yield Piece(said, is_bold)
