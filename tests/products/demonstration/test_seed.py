"""The demonstration company: complete, linked, in both languages, and made only once."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from products.demonstration.seed import FOLDER, SHOWN, seed_if_empty
from tests.conftest import Cast
from wiki.accounts.models import User
from wiki.database import Database
from wiki.pages.categories import load_tree
from wiki.pages.drafts import content_from_text, content_to_text
from wiki.pages.facts import parse, typed_form
from wiki.pages.models import Page, PageLink, Revision
from wiki.pages.revisions import content_of


@pytest.mark.slow
def test_the_demonstration_is_complete_and_a_second_start_leaves_it_alone(
    app: Flask, database: Database
) -> None:
    lines = seed_if_empty(app)
    assert all(any(name in line for line in lines) for name in SHOWN)
    check_pages(database)
    check_links(database)
    check_facts(database)
    before = counts(database)
    assert seed_if_empty(app) == lines
    assert counts(database) == before


def counts(database: Database) -> list[int | None]:
    with database.reading() as session:
        tables = (User, Page, Revision, PageLink)
        return [session.scalar(select(func.count()).select_from(table)) for table in tables]


def check_pages(database: Database) -> None:
    """Each file is a page with an owner, a category and its translation."""
    files = list(FOLDER.glob("*/*/*.md"))
    with database.reading() as session:
        pages = list(session.scalars(select(Page)))
        revisions = session.scalars(
            select(Revision).join(Page, Page.current_revision_id == Revision.id)
        )
        assert all(r.notice is None and r.html and "[[" not in r.html for r in revisions)
    assert len(pages) == len(files) > 20
    assert all(page.owner_id and page.category_id and not page.html_stale for page in pages)
    pairs: dict[int | None, set[str]] = {}
    for page in pages:
        pairs.setdefault(page.twin_group, set()).add(page.language)
    assert None not in pairs
    assert all(languages == {"ru", "en"} for languages in pairs.values())


def check_links(database: Database) -> None:
    """Every link leads to a page of its language, but for two wanted ones in each of them."""
    with database.reading() as session:
        links = list(session.scalars(select(PageLink)))
        language = dict(session.execute(select(Page.id, Page.language)).all())
    assert len(links) > 20
    wanted = {(language[li.from_page_id], li.title_folded) for li in links if not li.to_page_id}
    assert sorted(code for code, _title in wanted) == ["en", "en", "ru", "ru"]
    meant = [li for li in links if li.to_page_id]
    assert all(language[li.from_page_id] == language[li.to_page_id] for li in meant)


def check_facts(database: Database) -> None:
    """Every fact is one its category asks for, as a person would have typed it."""
    with database.reading() as session:
        shelves = load_tree(session)
        for revision in session.scalars(select(Revision)):
            content = content_of(revision)
            assert content_from_text(content_to_text(content)) == content
            fields = {field.key: field for field in shelves.fields(content.category_id)}
            assert set(content.facts) <= set(fields)
            assert {f.key for f in fields.values() if f.required} <= set(content.facts)
            for key, value in content.facts.items():
                assert parse(fields[key], typed_form(value)) == value


def test_an_instance_in_use_is_left_alone(app: Flask, cast: Cast, database: Database) -> None:
    before = counts(database)
    assert seed_if_empty(app) == []
    assert counts(database) == before
