"""From text to safe HTML, and nothing else: imports neither Flask nor the database.

`render` is loaded when first asked for: Markdown and bleach then stay in the render processes
and out of the server's memory.
"""

from typing import TYPE_CHECKING, Any

from wiki.rendering.anchors import lasting_anchors
from wiki.rendering.links import find_wiki_links
from wiki.rendering.pool import RenderPool
from wiki.rendering.shapes import (
    RENDERER_VERSION,
    LinkTarget,
    RenderContext,
    Rendered,
    TocEntry,
)
from wiki.rendering.titles import fold_title

if TYPE_CHECKING:
    from wiki.rendering.compose import render

__all__ = [
    "RENDERER_VERSION",
    "LinkTarget",
    "RenderContext",
    "RenderPool",
    "Rendered",
    "TocEntry",
    "find_wiki_links",
    "fold_title",
    "lasting_anchors",
    "render",
]


def __getattr__(name: str) -> Any:
    if name != "render":
        raise AttributeError(name)
    from wiki.rendering.compose import render

    return render
