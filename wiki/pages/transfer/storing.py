"""Writing imported pages, a batch in each transaction; one that fails never stops the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Clash, Refusal
from wiki.pages.addresses import slug_of
from wiki.pages.content import Content
from wiki.pages.drawing import toc_entries
from wiki.pages.linking import settle_wanted
from wiki.pages.merge import Merged, merge
from wiki.pages.models import Page, PageTitle, Revision
from wiki.pages.revisions import Deed, Drawn, add_revision, content_of, locked_page
from wiki.pages.transfer.known import Known
from wiki.pages.transfer.outlines import Outline
from wiki.rendering import TocEntry, fold_title

IMPORT, MERGE = "import", "merge"
_RESERVED = "importing:"
_WITHOUT_BASE = "The import differs from the page, and it is not known since when."


@dataclass(frozen=True)
class Step:
    """One revision to add."""

    content: Content
    kind: str
    reason: str


@dataclass(frozen=True)
class Item:
    """A page to store: its steps in order, on top of version `number` (0: a new page)."""

    outline: Outline
    page_id: int
    number: int
    audience: str
    owner_id: int | None
    text_hash: str
    steps: tuple[Step, ...]
    outcome: str
    toc: tuple[TocEntry, ...] = ()


@dataclass(frozen=True)
class Stored:
    """What became of an item: nothing wrong, or the sentence why it was left out."""

    item: Item
    refusal: Refusal | None = None


def reserve(session: Session, outlines: Sequence[Outline]) -> dict[str, int]:
    """Numbers for new pages, so that they can link to each other before they are written.

    The rows belong to no audience: nobody sees them until they have a revision.
    """
    audience, now = _RESERVED + uuid4().hex, clock.now()
    rows = [_reserved_row(outline, audience, now) for outline in outlines]
    if not rows:
        return {}
    session.execute(insert(Page), rows)
    found = select(Page.source_path, Page.id).where(Page.audience == audience)
    return {str(source): ident for source, ident in session.execute(found)}


def release(session: Session, page_ids: Iterable[int]) -> None:
    """Take back the numbers that were not used, and those of imports that broke off long ago."""
    unused = Page.audience.startswith(_RESERVED)
    idents = list(page_ids)
    for start in range(0, len(idents), 500):
        part = idents[start : start + 500]
        session.execute(delete(Page).where(unused, Page.id.in_(part)))
    long_ago = clock.now() - timedelta(days=1)
    session.execute(delete(Page).where(unused, Page.created_at < long_ago))


def steps_for(
    session: Session, known: Known, imported: Content, exported_number: int | None
) -> tuple[str, tuple[Step, ...], tuple[TocEntry, ...]]:
    """What is to be added to a page that is here already, and its present headings.

    A page that nobody has touched since the last import just gets the new text. Otherwise the
    two are merged; where they touch, the text written here stays the current one and the import
    stands in the history before it.
    """
    current = _revision(session, known.id, known.number)
    here, toc = content_of(current), toc_entries(current)
    if imported == here:
        return "unchanged", (), toc
    arrived = Step(imported, IMPORT, "")
    base = _base_number(session, known, exported_number)
    if base == known.number:
        return "changed", (arrived,), toc
    if base is None:
        return "conflict", (arrived, Step(here, MERGE, _WITHOUT_BASE)), toc
    then = content_of(_revision(session, known.id, base))
    if then == imported:
        return "unchanged", (), toc
    result = merge(then, imported, here)
    if isinstance(result, Merged):
        merged = Step(result.content, MERGE, "What was written here and the import, together.")
        steps = (arrived,) if result.content == imported else (arrived, merged)
        return "merged", steps, toc
    reason = "Written here and changed in the import too: the text written here stays."
    return "conflict", (arrived, Step(here, MERGE, reason)), toc


def store(
    session: Session, actor: Actor, items: Sequence[tuple[Item, Sequence[Drawn]]]
) -> list[Stored]:
    """Write the batch; a page that cannot be written is left out and says why."""
    done: list[Stored] = []
    for item, drawn in items:
        try:
            with session.begin_nested():
                _store_one(session, actor, item, drawn)
        except Refusal as refusal:
            done.append(Stored(item, refusal))
        else:
            done.append(Stored(item))
    return done


def remember(session: Session, page_id: int, text_hash: str) -> None:
    """Note that the page has been compared with this import."""
    known = update(Page).where(Page.id == page_id)
    session.execute(known.values(source_text_hash=text_hash))


def _store_one(session: Session, actor: Actor, item: Item, drawn: Sequence[Drawn]) -> None:
    page = locked_page(session, item.page_id)
    if page.current_number != item.number:
        raise Clash(
            "It was changed here while the import ran. Import again to bring it up to date."
        )
    new = item.number == 0
    if new:
        page.audience, page.owner_id = item.audience, item.owner_id
    for step, picture in zip(item.steps, drawn, strict=True):
        deed = Deed(step.kind, step.reason, base_number=page.current_number or None)
        add_revision(session, actor, page, step.content, picture, deed)
    page.source_text_hash = item.text_hash
    if new:
        settle_wanted(session, page)
        _add_earlier_titles(session, page, item.outline.earlier_titles)
    session.flush()


def _add_earlier_titles(session: Session, page: Page, titles: Iterable[str]) -> None:
    folded = {fold_title(title)[:300] for title in titles} - {page.title_folded}
    for title in sorted(folded):
        session.add(PageTitle(page_id=page.id, title_folded=title, until=clock.now()))


def _reserved_row(outline: Outline, audience: str, now: object) -> dict[str, object]:
    return {
        "audience": audience,
        "language": outline.language,
        "title": outline.title,
        "title_folded": fold_title(outline.title)[:300],
        "slug": slug_of(outline.title),
        "archived": outline.head.archived,
        "source_path": outline.source,
        "created_at": now,
        "changed_at": now,
    }


def _base_number(session: Session, known: Known, exported_number: int | None) -> int | None:
    if known.by_key and exported_number is not None and 1 <= exported_number <= known.number:
        return exported_number
    last = (
        select(Revision.number)
        .where(Revision.page_id == known.id, Revision.kind == IMPORT)
        .order_by(Revision.number.desc())
    )
    return session.scalar(last.limit(1))


def _revision(session: Session, page_id: int, number: int) -> Revision:
    wanted = select(Revision).where(Revision.page_id == page_id, Revision.number == number)
    return session.scalars(wanted).one()
