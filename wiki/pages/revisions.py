"""Adding a revision: the heart of every change of a page, in the caller's transaction."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import EVERYONE, Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash, Missing
from wiki.files.models import Attachment
from wiki.history.services import record
from wiki.outbox import changed, changed_many
from wiki.pages.addresses import slug_of
from wiki.pages.authorship import authors_after
from wiki.pages.comments.models import Comment
from wiki.pages.content import Content
from wiki.pages.followers import tell_followers
from wiki.pages.linking import Meanings, draw_backlinks_anew, settle_wanted, store_links
from wiki.pages.models import Page, PageFile, PageTag, PageTitle, Revision
from wiki.pages.rooms import check_may_write
from wiki.pages.rules import what_changed
from wiki.pages.watching.services import notify_of_revision
from wiki.rendering.shapes import Rendered
from wiki.rendering.titles import fold_title


@dataclass(frozen=True)
class Deed:
    """How a revision came to be: its kind, why, on which base, and the key of the form."""

    kind: str = "edit"
    reason: str = ""
    base_number: int | None = None
    save_key: str | None = None


@dataclass(frozen=True)
class Drawn:
    """A text rendered, with what its links mean."""

    rendered: Rendered
    meant: Meanings


def locked_page(session: Session, page_id: int) -> Page:
    """The page's row, locked until the transaction ends. Raises `Missing`."""
    page = session.scalar(select(Page).where(Page.id == page_id).with_for_update())
    if page is None:
        raise Missing()
    return page


def content_of(revision: Revision) -> Content:
    """The content that a revision keeps."""
    return Content(
        title=revision.title,
        body=revision.body,
        facts=revision.facts,
        tags=tuple(revision.tags),
        category_id=revision.category_id,
        archived=revision.archived,
    )


def add_revision(
    session: Session, actor: Actor, page: Page, content: Content, drawn: Drawn, deed: Deed
) -> Revision:
    """The next revision of a page whose row the caller has locked.

    Raises `Clash` when the new title belongs to another page, `Forbidden` when the page's room
    does not let the person write.
    """
    require(actor, Permission.WRITE_PAGES)
    check_may_write(session, actor, page)
    before = session.get(Revision, page.current_revision_id) if page.current_revision_id else None
    revision = _revision(actor, page, before, content, drawn, deed)
    session.add(revision)
    session.flush()
    _show_as_current(session, page, revision)
    _store_parts(session, page, revision, drawn)
    _tell(session, actor, page, before, revision)
    return revision


def store_rendering(session: Session, page_id: int, revision_id: int, drawn: Drawn) -> None:
    """Replace the stored HTML of the current revision; its text stays as it is."""
    page = locked_page(session, page_id)
    if page.current_revision_id != revision_id:
        return
    session.execute(
        update(Revision)
        .where(Revision.id == revision_id)
        .values(**_rendered_values(drawn.rendered))
    )
    page.html_stale, page.stamp = False, page.stamp + 1
    changed(session, "page", page_id)
    session.flush()
    store_links(session, page, drawn.rendered.wiki_links, drawn.meant)


def _revision(
    actor: Actor, page: Page, before: Revision | None, content: Content, drawn: Drawn, deed: Deed
) -> Revision:
    number = page.current_number + 1
    return Revision(
        page_id=page.id,
        number=number,
        author_id=actor.id,
        at=clock.now(),
        kind=deed.kind,
        reason=deed.reason,
        base_number=deed.base_number,
        save_key=deed.save_key,
        title=content.title,
        body=content.body,
        size=len(content.body),
        facts=dict(content.facts),
        tags=list(content.tags),
        category_id=content.category_id,
        archived=content.archived,
        line_authors=_line_authors(before, content, number),
        **_rendered_values(drawn.rendered),
    )


def _line_authors(before: Revision | None, content: Content, number: int) -> list[list[int]]:
    body, authors = (before.body, before.line_authors) if before else ("", [])
    known = [(run[0], run[1]) for run in authors]
    return [list(run) for run in authors_after(body, known, content.body, number)]


def _rendered_values(rendered: Rendered) -> Mapping[str, object]:
    return {
        "html": rendered.html,
        "toc": [list(asdict(entry).values()) for entry in rendered.toc],
        "plain_text": rendered.plain_text,
        "notice": rendered.notice,
        "renderer_version": rendered.renderer_version,
    }


def check_title_is_free(session: Session, page: Page, content: Content) -> None:
    """Raise `Clash` when another page of the same language and readers has this title."""
    if content.archived:
        return
    taken = select(Page.title).where(
        Page.audience == page.audience,
        Page.language == page.language,
        Page.title_folded == fold_title(content.title)[:300],
        Page.archived.is_(False),
        Page.id != page.id if page.id is not None else Page.id.is_not(None),
    )
    if session.scalar(taken) is not None:
        raise Clash(
            "There is already a page «%(title)s» in this language. Nothing was saved; your text is "
            "still in the form. Give this page another title, or add to the other page.",
            title=content.title,
        )


def _show_as_current(session: Session, page: Page, revision: Revision) -> None:
    check_title_is_free(session, page, content_of(revision))
    folded = fold_title(revision.title)[:300]
    renamed = folded != page.title_folded
    if renamed:
        _keep_former_title(session, page)
    archived_changed = page.archived != revision.archived
    page.title, page.title_folded = revision.title, folded
    page.slug = slug_of(revision.title)
    page.category_id, page.archived = revision.category_id, revision.archived
    page.current_revision_id, page.current_number = revision.id, revision.number
    page.changed_at, page.stamp, page.html_stale = revision.at, page.stamp + 1, False
    session.flush()
    if renamed:
        settle_wanted(session, page)
    if archived_changed:
        draw_backlinks_anew(session, page.id)


def _keep_former_title(session: Session, page: Page) -> None:
    known = select(func.count()).where(
        PageTitle.page_id == page.id, PageTitle.title_folded == page.title_folded
    )
    if not session.scalar(known):
        session.add(PageTitle(page_id=page.id, title_folded=page.title_folded, until=clock.now()))


def _store_parts(session: Session, page: Page, revision: Revision, drawn: Drawn) -> None:
    store_links(session, page, drawn.rendered.wiki_links, drawn.meant)
    _store_tags(session, page.id, revision.tags)
    _store_files(session, page, [int(ident) for ident in drawn.rendered.files])


def _store_tags(session: Session, page_id: int, tags: list[str]) -> None:
    session.execute(delete(PageTag).where(PageTag.page_id == page_id))
    by_folded = {fold_title(tag)[:60]: tag for tag in reversed(tags)}
    rows = [{"page_id": page_id, "tag": tag, "tag_folded": f} for f, tag in by_folded.items()]
    if rows:
        session.execute(insert(PageTag), rows)


def _store_files(session: Session, page: Page, idents: list[int]) -> None:
    known = dict(
        session.execute(
            select(PageFile.attachment_id, PageFile.id).where(PageFile.page_id == page.id)
        ).all()
    )
    if known:
        used = PageFile.attachment_id.in_(idents)
        session.execute(update(PageFile).where(PageFile.page_id == page.id).values(current=used))
    new = _existing_files(session, page.audience, set(idents) - set(known))
    if new:
        session.execute(
            insert(PageFile),
            [{"page_id": page.id, "attachment_id": i, "current": True} for i in new],
        )


def _existing_files(session: Session, audience: str, idents: set[int]) -> list[int]:

    if not idents:
        return []
    found = select(Attachment.id).where(
        Attachment.id.in_(idents), Attachment.audience.in_({audience, EVERYONE})
    )
    return sorted(session.scalars(found))


def _tell(
    session: Session, actor: Actor, page: Page, before: Revision | None, revision: Revision
) -> None:
    parts = what_changed(content_of(before) if before else None, content_of(revision))
    record(
        session,
        actor,
        f"{revision.kind} page",
        "page",
        page.id,
        {"number": before.number} if before else None,
        {"number": revision.number, "changed": sorted(parts)},
    )
    changed(session, "page", page.id)
    if before:
        changed(session, "revision", before.id)
        if before.archived != revision.archived:
            comments = select(Comment.id).where(Comment.page_id == page.id)
            changed_many(session, "comment", session.scalars(comments))
    notify_of_revision(session, actor, page, revision.number, revision.kind)
    tell_followers(session, actor, page, before, revision)
