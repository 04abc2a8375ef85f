"""Links `[[Title]]` by identity: which page a title means, and whose pages must be drawn anew."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from wiki.accounts.actor import EVERYONE
from wiki.pages.addresses import page_url
from wiki.pages.models import Page, PageLink, PageTitle, Revision
from wiki.rendering.shapes import LinkTarget
from wiki.rendering.titles import fold_title

Meanings = dict[str, int | None]


def meanings(
    session: Session, page_id: int | None, audience: str, language: str, titles: Sequence[str]
) -> Meanings:
    """For each folded title the page it means, `None` while nobody has written it.

    What a title meant in this page before it goes on meaning, whatever was renamed since. A new
    title is looked up among the titles of today, in the page's language first, then among
    former titles. A page only links to pages that all its readers may see.
    """
    found: Meanings = dict.fromkeys(map(fold_title, titles))
    _take(found, _kept(session, page_id, _open(found)))
    _take(found, _present(session, audience, language, _open(found)))
    _take(found, _former(session, audience, language, _open(found)))
    return found


def targets(session: Session, meant: Meanings) -> Mapping[str, LinkTarget]:
    """What the renderer must know of the pages that the titles mean."""
    idents = {ident for ident in meant.values() if ident is not None}
    if not idents:
        return {}
    statement = select(Page.id, Page.slug, Page.title, Page.archived, Revision.toc).join(
        Revision, Revision.id == Page.current_revision_id
    )
    known = {
        ident: LinkTarget(
            page_url(ident, slug),
            "archived" if archived else "live",
            title,
            {fold_title(text): anchor for _level, anchor, text in toc},
        )
        for ident, slug, title, archived, toc in session.execute(
            statement.where(Page.id.in_(idents))
        )
    }
    return {folded: known[i] for folded, i in meant.items() if i is not None and i in known}


def store_links(session: Session, page: Page, titles: Iterable[str], meant: Meanings) -> None:
    """Keep the links of the current text in place of those of the text before.

    A page that was written while this text was being rendered is found here; the text is then
    drawn anew.
    """
    session.execute(delete(PageLink).where(PageLink.from_page_id == page.id))
    typed = {fold_title(title): title for title in titles}
    late = _present(session, page.audience, page.language, _open({t: meant.get(t) for t in typed}))
    rows = {
        folded[:300]: {
            "from_page_id": page.id,
            "title_folded": folded[:300],
            "title_typed": title[:300],
            "to_page_id": meant.get(folded) or late.get(folded),
        }
        for folded, title in typed.items()
    }
    if rows:
        session.execute(insert(PageLink), list(rows.values()))
    if late:
        _draw_anew(session, [page.id])


def settle_wanted(session: Session, page: Page) -> None:
    """Links that waited for a page of this title now mean it; their pages are drawn anew."""
    waiting = (
        select(PageLink.id, PageLink.from_page_id)
        .join(Page, Page.id == PageLink.from_page_id)
        .where(
            PageLink.to_page_id.is_(None),
            PageLink.title_folded == page.title_folded,
            Page.id != page.id,
        )
    )
    if page.audience != EVERYONE:
        waiting = waiting.where(Page.audience == page.audience)
    rows = session.execute(waiting).all()
    if rows:
        settled = update(PageLink).where(PageLink.id.in_([link for link, _from in rows]))
        session.execute(settled.values(to_page_id=page.id))
        _draw_anew(session, [from_page for _link, from_page in rows])


def draw_backlinks_anew(session: Session, page_id: int) -> None:
    """After archiving or bringing back: the pages that link here must say so."""
    linking = select(PageLink.from_page_id).where(PageLink.to_page_id == page_id)
    _draw_anew(session, list(session.scalars(linking)))


def _draw_anew(session: Session, page_ids: list[int]) -> None:
    session.execute(update(Page).where(Page.id.in_(page_ids)).values(html_stale=True))


def _open(found: Meanings) -> list[str]:
    return [folded for folded, ident in found.items() if ident is None]


def _take(found: Meanings, more: Mapping[str, int]) -> None:
    found.update({folded: ident for folded, ident in more.items() if found.get(folded) is None})


def _kept(session: Session, page_id: int | None, titles: list[str]) -> dict[str, int]:
    if page_id is None or not titles:
        return {}
    statement = select(PageLink.title_folded, PageLink.to_page_id).where(
        PageLink.from_page_id == page_id,
        PageLink.title_folded.in_(titles),
        PageLink.to_page_id.is_not(None),
    )
    return {folded: ident for folded, ident in session.execute(statement) if ident is not None}


def _present(session: Session, audience: str, language: str, titles: list[str]) -> dict[str, int]:
    if not titles:
        return {}
    statement = (
        select(Page.title_folded, Page.id)
        .where(Page.title_folded.in_(titles), Page.audience.in_({audience, EVERYONE}))
        # Later rows win: archived ones and the other language come first.
        .order_by(Page.archived.desc(), (Page.language == language).asc(), Page.id.desc())
    )
    return dict(session.execute(statement).all())


def _former(session: Session, audience: str, language: str, titles: list[str]) -> dict[str, int]:
    if not titles:
        return {}
    statement = (
        select(PageTitle.title_folded, Page.id)
        .join(Page, Page.id == PageTitle.page_id)
        .where(PageTitle.title_folded.in_(titles), Page.audience.in_({audience, EVERYONE}))
        .order_by((Page.language == language).asc(), PageTitle.until)
    )
    return dict(session.execute(statement).all())
