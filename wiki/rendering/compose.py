"""`render`: Markdown in, safe HTML out. Pure: no Flask, no database, no clock."""

import re

from markdown import Markdown
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from wiki.rendering.caps import clean_characters, complaint_about, complaint_about_html
from wiki.rendering.code import CodeHtml
from wiki.rendering.marks import OwnMarks, restore_pipes
from wiki.rendering.plain import plainly
from wiki.rendering.sanitize import Page, sanitize
from wiki.rendering.shapes import RenderContext, Rendered
from wiki.rendering.words import word

#: Misnested HTML settles in one or two more passes; what does not is shown as typed.
MOST_PASSES = 4

_TAG_NAME = re.compile(r"<[/]?([a-zA-Z][a-zA-Z0-9]*)")
_HARMLESS = frozenset(("abbr", "br", "del", "ins", "kbd", "mark", "samp", "sub", "sup", "var"))
_EMPTY_LINES = re.compile(r"\s*\n\s*")


def render(text: str, context: RenderContext) -> Rendered:
    """Return the text as safe HTML with its contents, links, files and plain text.

    Never raises: a text beyond the caps, or one the libraries fail on, comes back escaped,
    with `notice` saying so in the page's language.
    """
    text = clean_characters(text)
    complaint = complaint_about(text)
    if complaint is not None:
        return plainly(text, context, complaint[0], complaint[1])
    try:
        return _rendered(text, context)
    except RecursionError:
        reason = "too_deep"
    except Exception:  # A page must stay readable whatever bug in a library it has met.
        reason = "failed"
    # Not in the handler: that would still hold all the memory a MemoryError ran out of.
    return plainly(text, context, reason)


def _rendered(text: str, context: RenderContext) -> Rendered:
    used: dict[str, None] = {}
    markdown = _markdown(context, used)
    html = restore_pipes(markdown.convert(text))
    complaint = complaint_about_html(html)
    if complaint is not None:
        return plainly(text, context, complaint)
    page = Page(context)
    safe: str | None = sanitize(html, page)
    if safe and _has_typed_structure(markdown):
        page, safe = _settled(safe, context)
    if safe is None:
        return plainly(text, context, "failed")
    plain = _EMPTY_LINES.sub("\n", "".join(page.text)).strip()
    return Rendered(safe, page.toc, plain, tuple(used), tuple(page.files))


def _has_typed_structure(markdown: Markdown) -> bool:
    """Tell whether the author typed HTML that may nest wrongly; Markdown's own never does."""
    typed = (raw for raw in markdown.htmlStash.rawHtmlBlocks if not isinstance(raw, CodeHtml))
    names = (name.lower() for raw in typed for name in _TAG_NAME.findall(str(raw)))
    return any(name not in _HARMLESS for name in names)


def _settled(safe: str, context: RenderContext) -> tuple[Page, str | None]:
    """Sanitise until nothing changes, as HTML that nests wrongly is read anew in another way."""
    for _ in range(MOST_PASSES):
        page = Page(context)
        again = sanitize(safe, page)
        if again == safe:
            return page, safe
        safe = again
    return page, None


def _markdown(context: RenderContext, used: dict[str, None]) -> Markdown:
    back = word(context.language, "footnote")
    return Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),
            FootnoteExtension(SEPARATOR="-", BACKLINK_TITLE=back),
            AdmonitionExtension(),
            SaneListExtension(),
            OwnMarks(context, used),
        ],
        output_format="html",
    )
