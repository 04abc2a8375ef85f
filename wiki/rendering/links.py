"""Wiki links: `[[Title]]`, `[[Title|text]]`, `[[Title#heading]]`, found without rendering."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from markdown.inlinepatterns import BACKTICK_RE, BacktickInlineProcessor

from wiki.rendering.anchors import anchor_for
from wiki.rendering.caps import clean_characters, complaint_about
from wiki.rendering.layout import Laid, lay_out
from wiki.rendering.shapes import LinkTarget, RenderContext
from wiki.rendering.titles import fold_title

#: Stands for the | of a wiki link while tables are split at theirs (a private character,
#: removed from every text beforehand).
PIPE = "\uf8f1"
_NAME = r"[^\[\]\n|#\x02\x03" + PIPE + r"\\]{0,250}"
WIKI_LINK = (
    rf"(?<!\\)\[\[({_NAME})(?:#({_NAME}))?(?:\\?[|{PIPE}]([^\[\]\n|\x02\x03{PIPE}]{{0,250}}))?\]\]"
)
_LINK = re.compile(WIKI_LINK)
_BACKTICKS: Any = BacktickInlineProcessor(BACKTICK_RE)
_BACKTICK = re.compile(BACKTICK_RE)
_NEW_CHUNK = re.compile(r"(?:> ?)*\s*(?:[-*+] |\d+\. |#|\||$)")


def find_wiki_links(text: str) -> tuple[str, ...]:
    """Return the titles of the wiki links in a text, as typed, each once, in order.

    Code is left out. Rendering links these titles and no others.
    """
    text = clean_characters(text)
    if complaint_about(text) or "[[" not in text:
        return ()
    lines = text.expandtabs(4).split("\n")
    return tuple(titles_in(lay_out(lines, lambda code, word: "\x02")))


def titles_in(laid: Laid) -> list[str]:
    """Return the titles linked in lines already laid out, as typed, each once, in order."""
    titles: dict[str, None] = {}
    for chunk in _chunks(laid):
        for match in _LINK.finditer(_without_code(chunk)):
            titles.setdefault(match.group(1).strip())
    return [title for title in titles if title]


def hide_pipes(line: str) -> str:
    """Return the line with the | of wiki links replaced, so that tables leave them whole."""
    if "[[" not in line:
        return line
    return _LINK.sub(lambda m: m.group(0).replace("\\|", "|").replace("|", PIPE), line)


def address_of(title: str, heading: str | None, context: RenderContext) -> tuple[str, str]:
    """Return (url, class) of the link to a title; class is "wanted", "archived" or ""."""
    if not title:
        folded = fold_title(heading or "")
        return "#" + context.known_anchors.get(folded, anchor_for(heading or "")), ""
    target = context.links.get(fold_title(title))
    if target is None:
        return "/pages/new?title=" + quote(title, safe=""), "wanted"
    return target.url + _fragment(target, heading), target.state.replace("live", "")


def _fragment(target: LinkTarget, heading: str | None) -> str:
    if not heading:
        return ""
    return "#" + target.anchors.get(fold_title(heading), anchor_for(heading))


def _chunks(laid: Laid) -> Iterator[str]:
    """Pieces in which Markdown pairs backticks: paragraphs, items, headings, table rows."""
    chunk: list[str] = []
    for place, line in enumerate(laid.lines):
        if place in laid.code:
            continue
        if _NEW_CHUNK.match(line):
            yield "\n".join(chunk)
            chunk = []
        chunk.append(line)
    yield "\n".join(chunk)


def _without_code(chunk: str) -> str:
    if "`" not in chunk or "[[" not in chunk:
        return chunk
    return "\x02".join(_outside_code(chunk))


def _outside_code(chunk: str) -> Iterable[str]:
    start, at = 0, 0
    while match := _BACKTICK.search(chunk, at):
        at = match.end()
        if match.group(1):
            continue
        begin, end = _BACKTICKS.find_code_spans(match.start(), chunk)
        if end is None:
            at = begin
            continue
        yield chunk[start : match.start()]
        start = at = end + (begin - match.start())
    yield chunk[start:]
