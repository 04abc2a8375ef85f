"""What was withdrawn is found no more, however much waits for the index."""

import pytest
from sqlalchemy import select

from search.assembly import Search
from search.indexing import keep_current
from search.pending import MOST
from search.queries import Wanted, search_visible_to, suggest_visible_to
from tests.conftest import Cast
from tests.factories.pages import make_page_row
from wiki.database import Database
from wiki.outbox import OutboxRow, changed, changed_many
from wiki.pages.models import Page

MANY = MOST + 20


@pytest.fixture
def pages(database: Database, cast: Cast, search: Search) -> list[int]:
    """Many indexed pages."""
    with database.transaction() as session:
        made = [
            make_page_row(session, f"Скидка {number}", cast.anna, "тайное").id
            for number in range(MANY)
        ]
        changed_many(session, "page", made)
    keep_current(database, search)
    return made


def totals(database: Database, cast: Cast, search: Search, words: str) -> tuple[int, int]:
    """How many Nina and Boris find."""
    with database.reading() as session:
        return (
            search_visible_to(session, cast.nina, search, Wanted(words)).total,
            search_visible_to(session, cast.boris, search, Wanted(words)).total,
        )


def test_many_pages_archived_at_once_are_in_no_count(
    database: Database, cast: Cast, search: Search, pages: list[int]
) -> None:
    assert totals(database, cast, search, "тайный") == (MANY, MANY)
    with database.transaction() as session:
        for page in session.scalars(select(Page).where(Page.id.in_(pages[1:]))):
            page.archived = True
        changed_many(session, "page", pages)
    assert totals(database, cast, search, "тайный") == (1, 1)
    with database.reading() as session:
        answer = search_visible_to(session, cast.nina, search, Wanted("скидка"))
        assert answer.counts["kind"] == {"page": 1}
        assert len(suggest_visible_to(session, cast.nina, search, "ски")) == 1


def test_many_pages_given_to_a_team_at_once_are_hidden_from_all_others_alone(
    database: Database, cast: Cast, search: Search, pages: list[int]
) -> None:
    with database.transaction() as session:
        for page in session.scalars(select(Page).where(Page.id.in_(pages))):
            page.audience = f"team:{cast.boris.team_id}"
        changed_many(session, "page", pages)
    assert totals(database, cast, search, "тайный") == (0, MANY)


def test_one_page_saved_over_and_over_hides_no_other_that_waits(
    database: Database, cast: Cast, search: Search, pages: list[int]
) -> None:
    with database.transaction() as session:
        session.get_one(Page, pages[0]).archived = True
        changed(session, "page", pages[0])
        changed_many(session, "page", [pages[1]] * 300)
    assert totals(database, cast, search, "тайный") == (MANY - 1, MANY - 1)


def test_what_nobody_withdrew_stays_found_while_much_waits(
    database: Database, cast: Cast, search: Search, pages: list[int]
) -> None:
    with database.transaction() as session:
        changed_many(session, "page", pages)
        assert session.scalar(select(OutboxRow.id).limit(1)) is not None
    assert totals(database, cast, search, "тайный") == (MANY, MANY)
