"""Pages and categories as bare rows, for tests that need pages but not their making."""

from typing import Any

from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import EVERYONE, Actor
from wiki.pages.addresses import slug_of
from wiki.pages.models import Category, Page, Revision
from wiki.rendering.titles import fold_title


def make_category(session: Session, name: str, parent: Category | None = None) -> Category:
    """A category with the same name in both languages."""
    row = Category(
        parent_id=parent.id if parent else None,
        slug=slug_of(name),
        name_ru=name,
        name_en=name,
    )
    session.add(row)
    session.flush()
    return row


def make_page_row(
    session: Session, title: str, author: Actor, body: str = "Text.", **values: Any
) -> Page:
    """A page with one revision of kind `create`; `values` are columns of the page."""
    now = clock.now()
    page = Page(
        **{"audience": EVERYONE, "language": "ru", "owner_id": author.id, **values},
        title=title,
        title_folded=fold_title(title),
        slug=slug_of(title),
        created_at=now,
        changed_at=now,
    )
    session.add(page)
    session.flush()
    add_revision_row(session, page, author, body, kind="create")
    return page


def add_revision_row(
    session: Session, page: Page, author: Actor, body: str, **values: Any
) -> Revision:
    """The next revision of the page; `values` are columns of the revision."""
    row = Revision(
        **{
            "page_id": page.id,
            "number": page.current_number + 1,
            "author_id": author.id,
            "at": clock.now(),
            "kind": "edit",
            "title": page.title,
            "body": body,
            "size": len(body),
            "facts": {},
            "tags": [],
            "category_id": page.category_id,
            "line_authors": [],
            "html": f"<p>{body}</p>",
            "toc": [],
            "plain_text": body,
            "renderer_version": 1,
            **values,
        }
    )
    session.add(row)
    session.flush()
    page.current_number, page.current_revision_id = row.number, row.id
    page.changed_at, page.stamp = row.at, page.stamp + 1
    session.flush()
    return row
