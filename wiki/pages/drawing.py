"""What the renderer must know of a page's links and earlier headings."""

from typing import Literal

from sqlalchemy.orm import Session

from wiki.pages.content import Content
from wiki.pages.linking import meanings, targets
from wiki.pages.models import Revision
from wiki.rendering.links import find_wiki_links
from wiki.rendering.shapes import RenderContext, TocEntry


def render_context(
    session: Session,
    page_id: int | None,
    audience: str,
    language: str,
    content: Content,
    previous_toc: tuple[TocEntry, ...],
) -> tuple[RenderContext, dict[str, int | None]]:
    """What the renderer must know of other pages and of earlier headings."""
    meant = meanings(session, page_id, audience, language, find_wiki_links(content.body))
    known: Literal["ru", "en"] = "ru" if language == "ru" else "en"
    context = RenderContext(
        language=known, links=targets(session, meant), previous_toc=previous_toc
    )
    return context, meant


def toc_entries(revision: Revision) -> tuple[TocEntry, ...]:
    """The stored table of contents as the renderer's entries."""
    return tuple(TocEntry(*entry) for entry in revision.toc)
