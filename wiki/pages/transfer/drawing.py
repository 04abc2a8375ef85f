"""Rendering a batch of imported pages, with links to pages that are not written yet."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from wiki.pages.linking import Meanings, meanings, targets
from wiki.pages.revisions import Drawn
from wiki.pages.transfer.ground import Ground
from wiki.pages.transfer.outlines import Outline
from wiki.pages.transfer.storing import Item, Step
from wiki.rendering import LinkTarget, RenderContext, find_wiki_links, fold_title
from wiki.rendering.shapes import Language


def draw(session: Session, ground: Ground, items: Sequence[Item]) -> list[tuple[Item, list[Drawn]]]:
    """Each item with its texts rendered, one for each step."""
    steps = [(item, step) for item in items for step in item.steps]
    meant: list[Meanings] = []
    drawn: dict[int, list[Drawn]] = {}
    rendered = ground.desk.renderer.render_many(_texts(session, ground, steps, meant))
    for number, ((item, _step), picture) in enumerate(zip(steps, rendered, strict=True)):
        drawn.setdefault(item.page_id, []).append(Drawn(picture, meant[number]))
    return [(item, drawn[item.page_id]) for item in items if item.steps]


def _texts(
    session: Session, ground: Ground, steps: list[tuple[Item, Step]], meant: list[Meanings]
) -> Iterator[tuple[str, RenderContext]]:
    for item, step in steps:
        context, means = _context(session, ground, item, step)
        meant.append(means)
        yield step.content.body, context


def _context(
    session: Session, ground: Ground, item: Item, step: Step
) -> tuple[RenderContext, Meanings]:
    language = item.outline.language
    titles = find_wiki_links(step.content.body)
    planned = _planned(ground, language, titles)
    # In a page that is here already, a title goes on meaning what it meant.
    asked = titles if item.number else [t for t in titles if fold_title(t) not in planned]
    page_id = item.page_id if item.number else None
    meant = meanings(session, page_id, item.audience, language, asked) if asked else {}
    links = dict(targets(session, meant))
    for folded, outline in planned.items():
        if meant.get(folded) is None:
            meant[folded] = ground.ids[outline.source]
            links[folded] = LinkTarget(ground.address_of(outline), title=outline.title)
    return RenderContext(_language(language), links, previous_toc=item.toc), meant


def _language(name: str) -> Language:
    return "ru" if name == "ru" else "en"


def _planned(ground: Ground, language: str, titles: Sequence[str]) -> dict[str, Outline]:
    found = {fold_title(title): ground.plan.means(language, title) for title in titles}
    return {
        folded: outline
        for folded, outline in found.items()
        if outline is not None and outline.source in ground.ids
    }
