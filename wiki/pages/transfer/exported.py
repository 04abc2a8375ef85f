"""Reading what an export takes along; all of it as far as the person may see it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.accounts.models import Team, User
from wiki.files.models import Attachment, AttachmentVersion
from wiki.pages.models import Page, PageFile, PageTitle, Revision

_AT_ONCE = 200


class PageRow(NamedTuple):
    """A page with its current revision."""

    id: int
    audience: str
    language: str
    slug: str
    twin_group: int | None
    source_path: str | None
    created_at: datetime
    owner: str | None
    number: int
    at: datetime
    title: str
    body: str
    facts: dict[str, Any]
    tags: list[str]
    category_id: int | None
    archived: bool


class FileRow(NamedTuple):
    """An attachment that a page shows, and the hash under which its content is stored."""

    id: int
    name: str
    sha256: str


def sources_visible_to(session: Session, actor: Actor) -> dict[int, tuple[str | None, datetime]]:
    """Where each page came from and when it was made, by its id, in order of the ids."""
    statement = (
        select(Page.id, Page.source_path, Page.created_at)
        .where(Page.audience.in_(actor.audiences), Page.current_revision_id.is_not(None))
        # Notes of clients leave the house only by the exports of dossiers, which are written down.
        .where(Page.room.is_(None))
        .order_by(Page.id)
    )
    return {row[0]: (row[1], row[2]) for row in session.execute(statement)}


def pages_visible_to(session: Session, actor: Actor, idents: list[int]) -> Iterator[PageRow]:
    """These pages, a few in memory at a time."""
    statement = (
        select(
            Page.id,
            Page.audience,
            Page.language,
            Page.slug,
            Page.twin_group,
            Page.source_path,
            Page.created_at,
            User.email,
            Revision.number,
            Revision.at,
            Revision.title,
            Revision.body,
            Revision.facts,
            Revision.tags,
            Revision.category_id,
            Revision.archived,
        )
        .join(Revision, Revision.id == Page.current_revision_id)
        .outerjoin(User, User.id == Page.owner_id)
        .where(Page.audience.in_(actor.audiences))
        .order_by(Page.id)
    )
    for start in range(0, len(idents), _AT_ONCE):
        part = idents[start : start + _AT_ONCE]
        for row in session.execute(statement.where(Page.id.in_(part))):
            yield PageRow._make(row)


def files_visible_to(session: Session, actor: Actor) -> list[FileRow]:
    """The attachments in the current texts of pages the person may see."""
    statement = (
        select(Attachment.id, Attachment.name, AttachmentVersion.sha256)
        .join(
            AttachmentVersion,
            (AttachmentVersion.attachment_id == Attachment.id)
            & (AttachmentVersion.number == Attachment.current_number),
        )
        .join(PageFile, PageFile.attachment_id == Attachment.id)
        .join(Page, Page.id == PageFile.page_id)
        .where(
            PageFile.current,
            Page.room.is_(None),
            Page.audience.in_(actor.audiences),
            Attachment.audience.in_(actor.audiences),
        )
        .distinct()
        .order_by(Attachment.id)
    )
    return [FileRow(*row) for row in session.execute(statement)]


def earlier_titles(session: Session, idents: list[int]) -> dict[int, list[str]]:
    """The former titles of these pages, folded, by page."""
    found: dict[int, list[str]] = {}
    for start in range(0, len(idents), _AT_ONCE):
        statement = select(PageTitle.page_id, PageTitle.title_folded).where(
            PageTitle.page_id.in_(idents[start : start + _AT_ONCE])
        )
        for page_id, title in session.execute(statement.order_by(PageTitle.title_folded)):
            found.setdefault(page_id, []).append(title)
    return found


def team_names(session: Session) -> dict[str, str]:
    """The audience of each team → how an export names it."""
    rows = session.execute(select(Team.id, Team.name))
    return {f"team:{ident}": f"team:{name}" for ident, name in rows}
