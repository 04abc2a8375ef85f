"""Plain text, CSV and Markdown; web pages without their programs; the words of drawings."""

import codecs
import re
from html.parser import HTMLParser
from pathlib import Path

from wiki.files.texts.collecting import Collector, Enough
from wiki.files.texts.encodings import decode
from wiki.files.texts.outcome import Reason, Unreadable

_MOST_BYTES_OF_A_CHARACTER = 4
#: Web pages are mostly marks, so more of them is looked at.
_MARKS = 10
_CHUNK = 4_096
_WEB_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.{0,2000}?-->\s*)*"
    r"<(?:!doctype|html|head|body|p|div|table|h[1-6]|ul|ol|section|article)\b",
    re.I | re.S,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,20})", re.I)
_PARAGRAPHS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl",
        "dt", "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "li", "main", "nav", "ol", "option", "p", "pre", "section", "table", "text",
        "title", "tr", "ul",
    }
)  # fmt: skip
_CELLS = frozenset({"td", "th", "tspan"})
_PROGRAMS = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg:style"})


def read_plain(path: Path, found: Collector) -> None:
    """A text file of any encoding; one that holds a web page is read as such."""
    data = _beginning(path, found.limit * _MOST_BYTES_OF_A_CHARACTER)
    text = decode(data)
    if text.startswith("{\\rtf"):
        raise Unreadable(Reason.OTHER_KIND)
    if _WEB_PAGE.match(text):
        read_web(path, found)
    else:
        found.add(text)


def read_web(path: Path, found: Collector) -> None:
    """What a web page (or a drawing in SVG) shows as text."""
    most = found.limit * _MARKS
    text = _decoded(_beginning(path, most))
    reader = _Shown(found)
    for start in range(0, len(text), _CHUNK):
        reader.feed(text[start : start + _CHUNK])
        found.check_time()
    reader.close()
    if path.stat().st_size > most:
        raise Enough


def _beginning(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most)


def _decoded(data: bytes) -> str:
    named = _CHARSET.search(data, 0, 4096)
    if named and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


class _Shown(HTMLParser):
    """Passes on the text between the tags, except that of programs and styles."""

    def __init__(self, found: Collector) -> None:
        super().__init__(convert_charrefs=True)
        self._found = found
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        """A tag opens."""
        if tag in _PROGRAMS:
            self._hidden.append(tag)
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        """A tag closes; one that was never opened changes nothing."""
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        self._part(tag)

    def handle_data(self, data: str) -> None:
        """Text."""
        if not self._hidden:
            self._found.add(data)

    def _part(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._found.add("\n")
        elif tag in _CELLS:
            self._found.add(" | " if tag != "tspan" else " ")
