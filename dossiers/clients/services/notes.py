"""The notes of a client: a page like any other, seen by those who see the client."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed
from dossiers.clients.models import Client
from dossiers.clients.queries import locked_client
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash, Missing
from wiki.outbox import changed
from wiki.pages.audiences import change_audience, free_title
from wiki.pages.content import Content
from wiki.pages.models import Page
from wiki.pages.revisions import Deed, Drawn, locked_page
from wiki.pages.saving import Desk
from wiki.pages.services import create_page, part_twins
from wiki.rendering.shapes import RenderContext

ROOM = "client"


def start_notes(desk: Desk, actor: Actor, client_id: int) -> int:
    """The number of the client's notes page; an empty one is made when there is none yet.

    Commits. Raises `Missing` and `Forbidden` like every change of a dossier.
    """
    drawn = Drawn(desk.renderer.render("", RenderContext()), {})
    with desk.database.transaction() as session:
        client = locked_client(session, actor, client_id)
        if client.page_id is None:
            _make_page(session, actor, client, drawn)
        return client.page_id or 0


def _make_page(session: Session, actor: Actor, client: Client, drawn: Drawn) -> None:
    page = notes_begun(session, actor, client, "", drawn, Deed("create"))
    begin_deed(session, actor, client, "start notes", page=page.title)


def notes_begun(
    session: Session, actor: Actor, client: Client, body: str, drawn: Drawn, deed: Deed
) -> Page:
    """A new page of notes with this text for a locked client that has none; the caller tells."""
    title = free_title(session, _as_title(client.name), actor.language, client.audience)
    content = Content(title, body, {}, (), None)
    page = create_page(session, actor, actor.language, content, drawn, deed, client.audience)
    _keep(session, client, page)
    return page


def take_as_notes(session: Session, actor: Actor, client: Client, page_id: int) -> None:
    """Make an existing page the notes of a locked client; its text, past and comments stay.

    Its readers become those of the client. A translation stays a page of its own. Raises
    `Missing` for a page the actor may not see, `Clash` for one that is archived or is the notes
    of a client already.
    """
    require(actor, Permission.WRITE_PAGES)
    page = _page_visible_to(session, actor, page_id)
    if page.room is not None or client.page_id is not None:
        raise Clash("These are the notes of a client already. Nothing was changed.")
    if page.archived:
        raise Clash("The page is archived. Nothing was changed. Bring it back first.")
    if page.audience != client.audience and page.owner_id != actor.id:
        # It vanishes for other readers, as an archived page does.
        require(actor, Permission.ARCHIVE_PAGES)
    part_twins(session, actor, page)
    _keep(session, client, page)
    begin_deed(session, actor, client, "take page as notes", page=page.title)
    change_audience(session, actor, page.id, client.audience)


def _page_visible_to(session: Session, actor: Actor, page_id: int) -> Page:
    seen = select(Page.id).where(Page.id == page_id, Page.audience.in_(actor.audiences))
    if session.scalar(seen) is None:
        raise Missing()
    return locked_page(session, page_id)


def _keep(session: Session, client: Client, page: Page) -> None:
    page.room, page.stamp = ROOM, page.stamp + 1
    client.page_id = page.id
    changed(session, "page", page.id)


def _as_title(name: str) -> str:
    """The name without the marks that links are written with."""
    for mark in ("[[", "]]", "|", "#"):
        name = name.replace(mark, " ")
    return " ".join(name.split()) or "—"
