"""Letting other people see a page: with all that belongs to it, its past and its files too."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, delete, exists, select, update
from sqlalchemy.orm import Session, aliased

from wiki import clock
from wiki.accounts.actor import EVERYONE, Actor
from wiki.files.models import Attachment
from wiki.history.services import record
from wiki.outbox import changed, changed_many
from wiki.pages.addresses import slug_of
from wiki.pages.comments.models import Comment
from wiki.pages.linking import settle_wanted
from wiki.pages.models import Editing, Page, PageFile, PageLink, Revision
from wiki.pages.revisions import locked_page
from wiki.pages.rules import LONGEST_TITLE
from wiki.pages.watching.mending import mend_unread_of
from wiki.rendering.titles import fold_title


@dataclass(frozen=True, slots=True)
class _Move:
    page: Page
    before: str
    after: str


def change_audience(session: Session, actor: Actor | None, page_id: int, audience: str) -> None:
    """Let others see the page from now on: its text, past, comments, notices and own files.

    A file that another page of other readers shows, too, stays as it is. Where the new readers
    have a page of the same title already, this one gets a number behind its title. The caller has
    checked that the actor (`None` is the system) may do this. Pages that link here and whose
    readers no longer see it are drawn anew without the link.
    """
    page = locked_page(session, page_id)
    if page.audience == audience:
        return
    move = _Move(page, page.audience, audience)
    _take_free_title(session, actor, move)
    page.audience, page.stamp = audience, page.stamp + 1
    session.flush()
    _cut_links(session, move)
    settle_wanted(session, page)
    _move_files(session, move)
    _forget_editors(session, page_id)
    mend_unread_of(session, page_id)
    _tell(session, actor, move)


def free_title(
    session: Session, title: str, language: str, audience: str, own_id: int | None = None
) -> str:
    """The title, with a number behind it while the readers have another page of that title."""
    taken = select(Page.title_folded).where(
        Page.audience == audience,
        Page.language == language,
        Page.archived.is_(False),
        Page.title_folded.startswith(fold_title(title)[:240], autoescape=True),
        Page.id != own_id if own_id is not None else Page.id.is_not(None),
    )
    known = set(session.scalars(taken))
    number, tried = 1, title
    while fold_title(tried)[:300] in known:
        number += 1
        tail = f" ({number})"
        tried = title[: LONGEST_TITLE - len(tail)] + tail
    return tried


def _take_free_title(session: Session, actor: Actor | None, move: _Move) -> None:
    page = move.page
    title = free_title(session, page.title, page.language, move.after, page.id)
    if page.archived or title == page.title:
        return
    before = session.get_one(Revision, page.current_revision_id)
    revision = _renamed(before, title, actor)
    session.add(revision)
    session.flush()
    page.title, page.title_folded = title, fold_title(title)[:300]
    page.slug = slug_of(title)
    page.current_revision_id, page.current_number = revision.id, revision.number
    page.changed_at = revision.at
    changed(session, "revision", before.id)


def _renamed(before: Revision, title: str, actor: Actor | None) -> Revision:
    """The same text under another title; titles are not a part of what is drawn."""
    own = ("id", "number", "author_id", "at", "kind", "reason", "base_number", "save_key", "title")
    kept = {c.key: getattr(before, c.key) for c in Revision.__table__.c if c.key not in own}
    return Revision(
        **kept,
        number=before.number + 1,
        author_id=actor.id if actor else None,
        at=clock.now(),
        kind="edit",
        base_number=before.number,
        title=title,
    )


def _cut_links(session: Session, move: _Move) -> None:
    """A page links only to pages that all its readers may see, in both directions."""
    other, here = aliased(Page), move.page.id
    link = select(PageLink.id, PageLink.from_page_id)
    from_here = link.join(other, other.id == PageLink.to_page_id).where(
        PageLink.from_page_id == here, other.audience.not_in({move.after, EVERYONE})
    )
    to_here = link.join(other, other.id == PageLink.from_page_id).where(
        PageLink.to_page_id == here, other.audience != move.after
    )
    _cut(session, session.execute(from_here).all())
    if move.after != EVERYONE:
        _cut(session, session.execute(to_here).all())


def _cut(session: Session, rows: Sequence[Row[int, int]]) -> None:
    if not rows:
        return
    cut = update(PageLink).where(PageLink.id.in_([link for link, _from in rows]))
    session.execute(cut.values(to_page_id=None))
    drawn = update(Page).where(Page.id.in_({from_page for _link, from_page in rows}))
    session.execute(drawn.values(html_stale=True))


def _move_files(session: Session, move: _Move) -> None:
    """Files that only this page shows, now or in its past, go with it."""
    other, use = aliased(Page), aliased(PageFile)
    elsewhere = exists().where(
        use.attachment_id == PageFile.attachment_id,
        use.page_id == other.id,
        other.id != move.page.id,
        other.audience != move.after,
    )
    own = (
        select(Attachment.id)
        .join(PageFile, PageFile.attachment_id == Attachment.id)
        .where(PageFile.page_id == move.page.id, Attachment.audience == move.before, ~elsewhere)
    )
    idents = list(session.scalars(own))
    moved = update(Attachment).where(Attachment.id.in_(idents))
    session.execute(moved.values(audience=move.after))
    changed_many(session, "file", idents)


def _forget_editors(session: Session, page_id: int) -> None:
    session.execute(delete(Editing).where(Editing.page_id == page_id))


def _tell(session: Session, actor: Actor | None, move: _Move) -> None:
    page_id = move.page.id
    before, after = ({"audience": one} for one in (move.before, move.after))
    record(session, actor, "change readers", "page", page_id, before, after)
    changed(session, "page", page_id)
    comments = select(Comment.id).where(Comment.page_id == page_id)
    changed_many(session, "comment", session.scalars(comments))
    revisions = select(Revision.id).where(Revision.page_id == page_id)
    changed_many(session, "revision", session.scalars(revisions))
