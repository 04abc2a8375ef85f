"""What goes into a rendering and what comes out: plain values that travel as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

#: Raised whenever the same text would give different HTML; stored with each revision.
RENDERER_VERSION = 1

Language = Literal["ru", "en"]


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """The page a wiki link leads to; `anchors` maps its folded headings to their anchors."""

    url: str
    state: Literal["live", "archived"] = "live"
    title: str = ""
    anchors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TocEntry:
    """One heading: its level 1-6, its id in the HTML, its text without marks."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class RenderContext:
    """All that rendering knows besides the text.

    `links` maps folded titles to pages; an absent title is a wanted page. Headings keep their
    anchors from `previous_toc` (the revision before) and, failing that, from `known_anchors`
    (folded heading text to anchor).
    """

    language: Language = "ru"
    links: Mapping[str, LinkTarget] = field(default_factory=dict)
    known_anchors: Mapping[str, str] = field(default_factory=dict)
    previous_toc: Sequence[TocEntry] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """The safe HTML of a text with all that was learnt on the way.

    `notice` is None, or a sentence in the page's language saying why the text is shown plain.
    """

    html: str
    toc: list[TocEntry]
    plain_text: str
    wiki_links: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    notice: str | None = None
    renderer_version: int = RENDERER_VERSION


def context_to_plain(context: RenderContext) -> dict[str, Any]:
    """Return the context as values JSON can carry."""
    return asdict(
        RenderContext(
            context.language,
            dict(context.links),
            dict(context.known_anchors),
            list(context.previous_toc),
        )
    )


def context_from_plain(plain: dict[str, Any]) -> RenderContext:
    """Undo `context_to_plain`."""
    links = {folded: LinkTarget(**target) for folded, target in plain["links"].items()}
    toc = [TocEntry(**entry) for entry in plain["previous_toc"]]
    return RenderContext(plain["language"], links, plain["known_anchors"], toc)


def rendered_to_plain(rendered: Rendered) -> dict[str, Any]:
    """Return the result as values JSON can carry."""
    return asdict(rendered)


def rendered_from_plain(plain: dict[str, Any]) -> Rendered:
    """Undo `rendered_to_plain`."""
    toc = [TocEntry(**entry) for entry in plain["toc"]]
    links, files = tuple(plain["wiki_links"]), tuple(plain["files"])
    return Rendered(**{**plain, "toc": toc, "wiki_links": links, "files": files})
