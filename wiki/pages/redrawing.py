"""Drawing pages anew: after a link's target appeared or went, or when the renderer has changed."""

from sqlalchemy import select, update

from wiki.database import Database
from wiki.pages.drawing import render_context, toc_entries
from wiki.pages.models import Page, Revision
from wiki.pages.revisions import Drawn, content_of, store_rendering
from wiki.pages.saving import Desk
from wiki.rendering.shapes import RENDERER_VERSION

_AT_ONCE = 50


def redraw_stale(desk: Desk) -> int:
    """Render the current text of pages whose HTML is out of date; how many were done."""
    with desk.database.reading() as session:
        idents = list(session.scalars(select(Page.id).where(Page.html_stale).limit(_AT_ONCE)))
    for ident in idents:
        _redraw(desk, ident)
    return len(idents)


def mark_outdated(database: Database) -> int:
    """After an upgrade of the renderer: let pages be drawn anew that an older one drew.

    Returns 0: the drawing itself is the work of `redraw_stale`.
    """
    outdated = select(Revision.id).where(Revision.renderer_version < RENDERER_VERSION)
    stale = update(Page).where(Page.current_revision_id.in_(outdated), ~Page.html_stale)
    with database.transaction() as session:
        session.execute(stale.values(html_stale=True))
    return 0


def _redraw(desk: Desk, page_id: int) -> None:
    with desk.database.reading() as session:
        page = session.get_one(Page, page_id)
        revision = session.get_one(Revision, page.current_revision_id)
        content = content_of(revision)
        context, meant = render_context(
            session, page.id, page.audience, page.language, content, toc_entries(revision)
        )
    drawn = Drawn(desk.renderer.render(content.body, context), meant)
    with desk.database.transaction() as session:
        store_rendering(session, page_id, revision.id, drawn)
