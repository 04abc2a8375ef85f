"""Colours for code: Pygments by CSS classes, never by inline style."""

from functools import lru_cache
from html import escape

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

#: Longer code is shown without colours: some lexers slow down on long or broken code.
LONGEST_COLOURED = 30_000
#: The classes Pygments writes; content may carry no other short class.
TOKEN_CLASSES = frozenset(name for name in STANDARD_TYPES.values() if name)

_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)


class CodeHtml(str):
    """HTML made here, told apart from HTML an author typed."""

    __slots__ = ()


def code_block(code: str, word: str) -> CodeHtml:
    """Return the HTML of a fenced block; `word` is the language named after the fence."""
    name = word.split()[0].lower() if word.strip() else ""
    inner = _coloured(code, name.strip("{}.")) if name and len(code) <= LONGEST_COLOURED else ""
    inner = inner or escape(code)
    return CodeHtml(f'<div class="codehilite"><pre><code>{inner}</code></pre></div>')


def _coloured(code: str, name: str) -> str:
    lexer = _lexer_class(name)
    if lexer is None:
        return ""
    coloured: str = highlight(code, lexer(stripnl=False), _FORMATTER)
    return coloured.rstrip("\n")


@lru_cache(maxsize=500)
def _lexer_class(name: str) -> type[Lexer] | None:
    """Kept, because finding a lexer by name walks through all 500 of them."""
    try:
        return find_lexer_class_by_name(name)
    except ClassNotFound:
        return None
