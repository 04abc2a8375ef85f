"""No page costs more statements when there is more to show."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from search.indexing import keep_current
from tests.conftest import Cast
from tests.counting import counting
from tests.factories.pages import make_category, make_page_row, rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.kept import KeptAnswers
from wiki.outbox import changed
from wiki.pages.comments.services import add_comment
from wiki.pages.models import Category, FactField, PageLink, PageTag

FEW, MANY = 5, 60

MOST = 15
MOST_AT_START = 20
"""Each panel asks of tables of its own: what is due of five, others once or twice."""

PAGES = {
    "start": "/",
    "catalogue": "/products",
    "category": "/products/things",
    "unfiled": "/products/unfiled",
    "past": "/products?on={today}",
    "compare products": "/products/compare?page=2&page=3",
    "read": "/pages/1",
    "history": "/pages/1/history",
    "compare": "/pages/1/compare?from=1&to=2",
    "authors": "/pages/1/authors",
    "backlinks": "/pages/1/links",
    "discussion": "/pages/1/comments",
    "edit": "/pages/1/edit",
    "new": "/pages/new?category=things",
    "properties": "/pages/1/properties",
    "wanted": "/pages/wanted",
    "orphans": "/pages/orphans",
    "tag": "/tags/often",
    "titles": "/pages/titles?q=p",
    "changes": "/changes",
    "notices": "/notices",
    "search": "/search?q=pelmeni",
    "saved searches": "/search/saved",
    "new finds": "/search/saved/news",
    "glossary": "/search/glossary",
    "hints": "/search/suggest?q=pelm",
    "api list": "/api/pages",
    "api history": "/api/pages/1/revisions",
}


def fill(app: Flask, cast: Cast, main: int, shelf: Category, numbers: range) -> None:
    """Versions, comments and notices of one page; pages, links, facts and categories beside it."""
    database: Database = app.extensions["database"]
    with database.transaction() as session:
        for number in numbers:
            session.add(
                FactField(category_id=shelf.id, key=f"f{number}", label_ru="Ф", label_en="F",
                          kind="text", choices=[])
            )  # fmt: skip
            below = make_category(session, f"Sub {number}", shelf)
            fill_one(cast, session, number, main, (shelf, below))
    for number in numbers:
        rewrite_page(app, cast.boris, main, body=f"Pelmeni. Line {number}.\n\n" * 3)
    while keep_current(database, app.extensions["search"]):
        pass


def fill_one(
    cast: Cast, session: Session, number: int, main: int,
    shelves: tuple[Category, Category],
) -> None:  # fmt: skip
    page = make_page_row(
        session, f"Pelmeni {number}", (cast.anna, cast.boris)[number % 2], "Pelmeni.",
        language="en", category_id=(shelves[number % 2].id, None)[number % 3 == 2],
    )  # fmt: skip
    session.add(PageTag(page_id=page.id, tag="often", tag_folded="often"))
    for title, target in (("main", main), (f"wanted {number}", None)):
        session.add(
            PageLink(from_page_id=page.id, title_folded=title, title_typed=title, to_page_id=target)
        )
    session.flush()
    changed(session, "page", page.id)
    add_comment(session, cast.boris, main, f"Comment {number}.", None)


def statements(database: Database, browser: FlaskClient) -> dict[str, int]:
    """How many statements each page takes; caches are warm."""
    taken = {}
    for name, address in PAGES.items():
        path = address.format(today="2026-03-02")
        assert browser.get(path, follow_redirects=True).status_code == 200, name
        with counting(database) as sent:
            browser.get(path, follow_redirects=True)
        taken[name] = len(sent)
    return taken


@pytest.mark.usefixtures("clock")
def test_sixty_rows_cost_as_many_statements_as_five(
    app: Flask, cast: Cast, database: Database, browser_of: Callable[[Actor | None], FlaskClient]
) -> None:
    with database.transaction() as session:
        shelf = make_category(session, "Things")
    app.extensions["kept_pages"] = KeptAnswers(0)
    main = write_page(app, cast.anna, "Main", "Pelmeni.")
    fill(app, cast, main, shelf, range(FEW))
    few = statements(database, browser_of(cast.anna))
    fill(app, cast, main, shelf, range(FEW, MANY))
    with app.app_context():
        app.extensions.pop("category_tree", None)
    many = statements(database, browser_of(cast.anna))
    assert many == few
    assert many.pop("start") <= MOST_AT_START
    assert max(many.values()) <= MOST, many
