"""What else is kept with each revision: who wrote which line, tags, former titles, the record."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import Cast, SetClock
from tests.factories.pages import revision_of, rewrite_page, write_page
from wiki.database import Database
from wiki.history.models import HistoryEntry
from wiki.outbox import OutboxRow
from wiki.pages.authorship import lines_with_authors
from wiki.pages.models import Page, PageTag, PageTitle


def test_each_line_is_known_by_the_revision_that_wrote_it(
    app: Flask, cast: Cast, database: Database
) -> None:
    page = write_page(app, cast.anna, "A", "One\nTwo\nThree")
    rewrite_page(app, cast.boris, page, body="One\nTwo and a half\nThree")
    rewrite_page(app, cast.vera, page, body="Zero\nOne\nTwo and a half\nThree")
    with database.reading() as session:
        found = revision_of(session, page, 3)
    authors = [(run[0], run[1]) for run in found.line_authors]
    assert lines_with_authors(found.body, authors) == [
        (3, "Zero"),
        (1, "One"),
        (2, "Two and a half"),
        (1, "Three"),
    ]


def test_a_page_repeats_its_current_revision(
    app: Flask, cast: Cast, database: Database, clock: SetClock
) -> None:
    page = write_page(app, cast.anna, "A")
    clock.forward(days=1)
    rewrite_page(app, cast.boris, page, title="Новое имя", body="Больше.")
    with database.reading() as session:
        row, revision = session.get_one(Page, page), revision_of(session, page, 2)
    assert (row.title, row.title_folded, row.slug) == ("Новое имя", "новое имя", "novoe-imia")
    assert (row.current_revision_id, row.current_number) == (revision.id, 2)
    assert row.changed_at == revision.at == clock.moment
    assert row.created_at < row.changed_at
    assert revision.size == len("Больше.\n")
    assert revision.plain_text == "Больше."


def test_former_titles_are_kept_once_each(app: Flask, cast: Cast, database: Database) -> None:
    page = write_page(app, cast.anna, "A")
    for title in ("B", "A", "b", "C"):
        rewrite_page(app, cast.anna, page, title=title)
    with database.reading() as session:
        assert sorted(session.scalars(select(PageTitle.title_folded))) == ["a", "b"]


@pytest.mark.parametrize("tags", [("ёлка", "елка"), ("ŉ" * 60,), ("Хит", "хит"), ()])
def test_tags_of_any_spelling_are_kept(
    app: Flask, cast: Cast, database: Database, tags: tuple[str, ...]
) -> None:
    page = write_page(app, cast.anna, "A", tags=("before",))
    rewrite_page(app, cast.anna, page, tags=tags)
    with database.reading() as session:
        folded = list(session.scalars(select(PageTag.tag_folded)))
        assert "before" not in folded
        assert len(folded) == min(1, len(tags))
        assert set(revision_of(session, page, 2).tags) <= set(tags)


def test_every_save_leaves_an_entry_and_tells_the_search(
    app: Flask, cast: Cast, database: Database
) -> None:
    page = write_page(app, cast.anna, "A")
    with database.transaction() as session:
        session.query(OutboxRow).delete()
        replaced = session.get_one(Page, page).current_revision_id
    rewrite_page(app, cast.boris, page, title="B", body="New.")
    with database.reading() as session:
        entry = session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc())).first()
        told = {(row.kind, row.ident) for row in session.scalars(select(OutboxRow))}
    assert entry is not None
    assert (entry.action, entry.actor_id, entry.subject_id) == ("edit page", cast.boris.id, page)
    assert entry.after == {"number": 2, "changed": ["body", "title"]}
    assert told == {("page", page), ("revision", replaced)}
