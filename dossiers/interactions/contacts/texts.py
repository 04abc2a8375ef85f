"""What was said, rendered as pages are; a link to a page leads to the version that was quoted.

Rendering takes long and happens before the transaction that stores the text.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.interactions.contacts.rules import clean_body, summary_of
from dossiers.interactions.models import QuotedPage
from wiki.accounts.actor import EVERYONE
from wiki.pages.linking import meanings
from wiki.pages.models import Page
from wiki.rendering import RenderPool, find_wiki_links
from wiki.rendering.shapes import LinkTarget, RenderContext, Rendered

Quotes = Mapping[int, int]
"""Numbers of pages with the version that was quoted."""

_ADDRESS = re.compile(r'(<a href=")/pages/(\d{1,9})(?:-[\w%-]*)?(?=["#])')
_TYPED = re.compile(r"/pages/(\d{1,9})(?![\d/])")


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it is stored."""

    body: str = ""
    html: str = ""
    summary: str = ""
    quotes: Quotes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A text that is not rendered yet, with the versions that its links mean."""

    body: str
    context: RenderContext
    quotes: Quotes


def sketch(
    session: Session, audience: str, language: str, text: str, kept: Quotes | None = None
) -> Sketch:
    """What rendering must know; pages in `kept` go on being quoted in the version they were.

    Only pages are linked that every reader of the dossier may see. Raises `Refusal`.
    """
    body = clean_body(text)
    found = meanings(session, None, audience, language, find_wiki_links(body))
    meant = {folded: ident for folded, ident in found.items() if ident is not None}
    typed = {int(number) for number in _TYPED.findall(body)}
    pages = _pages(session, audience, {*meant.values(), *typed})
    quotes = {ident: (kept or {}).get(ident, number) for ident, (number, _t, _a) in pages.items()}
    links = {
        folded: LinkTarget(_address(ident, quotes), _state(pages[ident][2]), pages[ident][1])
        for folded, ident in meant.items()
        if ident in pages
    }
    known: Literal["ru", "en"] = "ru" if language == "ru" else "en"
    return Sketch(body, RenderContext(language=known, links=links), quotes)


def draw(drawn: Sketch, renderer: RenderPool) -> Written:
    """The text rendered."""
    return written(drawn, renderer.render(drawn.body, drawn.context))


def draw_many(sketches: Iterable[Sketch], renderer: RenderPool) -> list[Written]:
    """The texts rendered, in their order."""
    known = list(sketches)
    rendered = renderer.render_many((one.body, one.context) for one in known)
    return [written(one, html) for one, html in zip(known, rendered, strict=True)]


def written(drawn: Sketch, rendered: Rendered) -> Written:
    """The text with its HTML, in which plain addresses of pages lead to versions, too."""

    def to_version(found: re.Match[str]) -> str:
        ident = int(found[2])
        known = ident in drawn.quotes
        return f"{found[1]}{_address(ident, drawn.quotes)}" if known else found[0]

    html = _ADDRESS.sub(to_version, rendered.html)
    return Written(drawn.body, html, summary_of(rendered.plain_text), drawn.quotes)


def quotes_of(session: Session, interaction_id: int, number: int) -> dict[int, int]:
    """The pages that a text quotes, with the versions."""
    wanted = select(QuotedPage.page_id, QuotedPage.revision).where(
        QuotedPage.interaction_id == interaction_id, QuotedPage.number == number
    )
    return dict(session.execute(wanted).all())


def _address(ident: int, quotes: Quotes) -> str:
    return f"/pages/{ident}/revisions/{quotes[ident]}"


def _state(archived: bool) -> Literal["live", "archived"]:
    return "archived" if archived else "live"


def _pages(
    session: Session, audience: str, idents: Iterable[int]
) -> dict[int, tuple[int, str, bool]]:
    """Version, title and whether it is archived, of pages that all those readers may see."""
    wanted = select(Page.id, Page.current_number, Page.title, Page.archived).where(
        Page.id.in_(set(idents)), Page.audience.in_({audience, EVERYONE})
    )
    return {
        ident: (number, title, bool(old)) for ident, number, title, old in session.execute(wanted)
    }
