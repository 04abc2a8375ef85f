"""Reading paths for tests."""

from datetime import date

from flask import Flask
from sqlalchemy.orm import Session

from products.onboarding.kinds import ItemKind
from products.onboarding.paths.enrolling import Group, Terms, enrol
from products.onboarding.paths.heads import Head
from products.onboarding.paths.rules import Item, Items
from products.onboarding.paths.services import create_path
from tests.factories.pages import write_page
from wiki.accounts.actor import Actor
from wiki.database import Database


def read(code: str, page_id: int, *after: str, due: int | None = None) -> Item:
    """A page to read."""
    return Item(code, ItemKind.PAGE, page_id, "", due, after)


def to_write(code: str, title: str, *after: str) -> Item:
    """The place of a page to be written."""
    return Item(code, ItemKind.PLACEHOLDER, None, title, None, after)


def written(app: Flask, author: Actor, *titles: str) -> list[int]:
    """The numbers of new pages with these titles."""
    return [write_page(app, author, title) for title in titles]


def made_path(database: Database, actor: Actor, *items: Item, title: str = "First week") -> int:
    """A path with these items; its number."""
    with database.transaction() as session:
        return create_path(session, actor, Head(title), items).path_id


def put_on(
    session: Session, actor: Actor, path_id: int, *people: Actor, mentor: Actor | None = None
) -> None:
    """Let these people walk the path from 2 March 2026 on."""
    group = Group(frozenset(one.id for one in people))
    enrol(session, actor, path_id, group, Terms(date(2026, 3, 2), mentor.id if mentor else None))


def codes(items: Items) -> list[str]:
    """The codes in their order."""
    return [item.code for item in items]
