"""Changing pages as a whole: create, hand over, pair translations; in the caller's transaction."""

from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import EVERYONE, Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash
from wiki.history.services import record
from wiki.outbox import changed
from wiki.pages.addresses import slug_of
from wiki.pages.content import Content
from wiki.pages.linking import settle_wanted
from wiki.pages.models import Page
from wiki.pages.revisions import Deed, Drawn, add_revision, check_title_is_free, locked_page
from wiki.pages.rooms import check_may_write
from wiki.pages.watching.services import watch_page
from wiki.rendering.titles import fold_title


def create_page(
    session: Session,
    actor: Actor,
    language: str,
    content: Content,
    drawn: Drawn,
    deed: Deed,
    audience: str = EVERYONE,
) -> Page:
    """A new page with its first revision. Raises `Clash` when its title is taken."""
    require(actor, Permission.WRITE_PAGES)
    now = clock.now()
    page = Page(
        audience=audience,
        language=language,
        owner_id=actor.id,
        title=content.title,
        title_folded=fold_title(content.title)[:300],
        slug=slug_of(content.title),
        category_id=content.category_id,
        created_at=now,
        changed_at=now,
    )
    check_title_is_free(session, page, content)
    session.add(page)
    session.flush()
    add_revision(session, actor, page, content, drawn, deed)
    settle_wanted(session, page)
    watch_page(session, actor.id, page.id)
    return page


def change_owner(session: Session, actor: Actor, page_id: int, owner_id: int | None) -> None:
    """Hand the page to another colleague."""
    require(actor, Permission.WRITE_PAGES)
    page = locked_page(session, page_id)
    check_may_write(session, actor, page)
    before = page.owner_id
    page.owner_id, page.stamp = owner_id, page.stamp + 1
    record(session, actor, "change owner", "page", page_id, {"owner": before}, {"owner": owner_id})
    changed(session, "page", page_id)


def pair_twins(session: Session, actor: Actor, page_id: int, twin_id: int) -> None:
    """Say that two pages are the same thing in two languages. Raises `Clash` if not."""
    require(actor, Permission.WRITE_PAGES)
    page, twin = locked_page(session, page_id), locked_page(session, twin_id)
    check_may_be_translated(page)
    check_may_be_translated(twin)
    if page.language == twin.language:
        raise Clash("Both pages are in the same language, so one cannot translate the other.")
    before = page.twin_group
    part_twins(session, actor, page)
    part_twins(session, actor, twin)
    page.twin_group = twin.twin_group = min(page.id, twin.id)
    page.stamp, twin.stamp = page.stamp + 1, twin.stamp + 1
    record(
        session, actor, "pair twins", "page", page.id, {"group": before}, {"group": page.twin_group}
    )


def check_may_be_translated(page: Page) -> None:
    """Raise `Clash` for a page of a room: its translation would have other readers."""
    if page.room:
        raise Clash(
            "The notes of a client are one page in whatever language, so they have no "
            "translation. Nothing was changed."
        )


def unpair_twins(session: Session, actor: Actor, page_id: int) -> None:
    """The page no longer counts as a translation of another."""
    require(actor, Permission.WRITE_PAGES)
    part_twins(session, actor, locked_page(session, page_id))


def part_twins(session: Session, actor: Actor, page: Page) -> None:
    """The page and its twin no longer translate each other."""
    if page.twin_group is None:
        return
    group = page.twin_group
    together = update(Page).where(Page.twin_group == group)
    session.execute(together.values(twin_group=None, stamp=Page.stamp + 1))
    session.refresh(page)
    record(session, actor, "part twins", "page", page.id, {"group": group}, None)


def new_save_key() -> str:
    """A key for one edit form, by which a save that is sent twice is known."""
    return str(uuid4())
