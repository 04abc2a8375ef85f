"""Pages and categories as bare rows, for tests that need pages but not their making."""

from dataclasses import replace
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import EVERYONE, Actor
from wiki.pages.addresses import slug_of
from wiki.pages.content import Content
from wiki.pages.models import Category, Page, Revision
from wiki.pages.revisions import Deed, content_of
from wiki.pages.saving import Desk, Draft, Outcome, new_page, save_page
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


def desk_of(app: Flask) -> Desk:
    """Database and renderer of the application."""
    return Desk(app.extensions["database"], app.extensions["render_pool"])


def write_page(
    app: Flask,
    author: Actor,
    title: str,
    body: str = "Text.",
    language: str = "en",
    audience: str = EVERYONE,
    **parts: Any,
) -> int:
    """A page written as people write it, links and all; its number."""
    content = Content(title, body, **{"facts": {}, "tags": (), "category_id": None, **parts})
    return new_page(desk_of(app), author, language, content, Deed("create"), audience).page_id


def rewrite_page(
    app: Flask, author: Actor, page_id: int, base: int | None = None, **changes: Any
) -> Outcome:
    """Save version `base` (by default the newest) of the page with these changes."""
    desk = desk_of(app)
    draft = {name: changes.pop(name) for name in ("reason", "save_key") if name in changes}
    with desk.database.reading() as session:
        page = session.get_one(Page, page_id)
        number = base or page.current_number
        then = content_of(revision_of(session, page_id, number))
    return save_page(desk, author, page_id, Draft(replace(then, **changes), number, **draft))


def revision_of(session: Session, page_id: int, number: int) -> Revision:
    """One version of a page."""
    return session.query(Revision).filter_by(page_id=page_id, number=number).one()
