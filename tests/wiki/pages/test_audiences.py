"""A page gets other readers, with its past, talk, files and links."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import Cast
from tests.factories.pages import rewrite_page, write_page
from wiki.accounts.actor import DIRECTORS, EVERYONE, restricted_to
from wiki.accounts.loading import actor_of
from wiki.database import Database
from wiki.history.models import HistoryEntry
from wiki.outbox import OutboxRow
from wiki.pages.audiences import change_audience, free_title
from wiki.pages.comments.services import add_comment
from wiki.pages.models import Page, PageLink, Revision
from wiki.pages.saving import visible_revision
from wiki.pages.watching.services import Target, watch


def move(database: Database, cast: Cast, page: int, audience: str) -> None:
    with database.transaction() as session:
        change_audience(session, cast.vera, page, audience)


def test_others_no_longer_see_it_and_its_readers_do(
    app: Flask, cast: Cast, database: Database
) -> None:
    page = write_page(app, cast.anna, "Notes")
    move(database, cast, page, restricted_to(cast.anna.team_id))
    with database.reading() as session:
        for person in (cast.nina, cast.anna, cast.vera, cast.adam):
            assert visible_revision(session, person, page)
        assert session.get_one(Page, page).audience not in cast.boris.audiences
        entry = session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc())).first()
    assert entry
    assert (entry.action, entry.before, entry.after) == (
        "change readers", {"audience": "all"}, {"audience": f"restricted:{cast.anna.team_id}"},
    )  # fmt: skip


def test_all_that_belongs_to_it_is_indexed_anew(app: Flask, cast: Cast, database: Database) -> None:
    page = write_page(app, cast.anna, "Notes")
    rewrite_page(app, cast.anna, page, body="Newer.")
    with database.transaction() as session:
        comment = add_comment(session, cast.boris, page, "Hm").id
        session.query(OutboxRow).delete()
    move(database, cast, page, DIRECTORS)
    with database.reading() as session:
        revisions = set(session.scalars(select(Revision.id)))
        waiting = {
            (kind, ident)
            for kind, ident in session.execute(select(OutboxRow.kind, OutboxRow.ident))
        }
    assert waiting == {("page", page), ("comment", comment), *(("revision", r) for r in revisions)}


def test_the_same_readers_leave_no_trace(app: Flask, cast: Cast, database: Database) -> None:
    page = write_page(app, cast.anna, "Notes")
    with database.reading() as session:
        before = session.get_one(Page, page).stamp
    move(database, cast, page, EVERYONE)
    with database.reading() as session:
        assert session.get_one(Page, page).stamp == before


def test_links_hold_only_where_all_readers_see_both(
    app: Flask, cast: Cast, database: Database
) -> None:
    team = restricted_to(cast.anna.team_id)
    secret = write_page(app, cast.anna, "Secret", audience=team)
    page = write_page(app, cast.anna, "Notes", "See [[Secret]] and [[Open]].", audience=team)
    write_page(app, cast.anna, "Open", "See [[Notes]].")

    def links() -> dict[tuple[str, str], bool]:
        with database.reading() as session:
            rows = session.execute(
                select(Page.title, PageLink.title_typed, PageLink.to_page_id).join(
                    Page, Page.id == PageLink.from_page_id
                )
            )
            return {(a, b): to is not None for a, b, to in rows}

    both, back = ("Notes", "Secret"), ("Open", "Notes")
    assert links() == {both: True, ("Notes", "Open"): True, back: False}
    move(database, cast, page, EVERYONE)
    assert links() == {both: False, ("Notes", "Open"): True, back: True}
    with database.reading() as session:
        assert session.get_one(Page, page).html_stale
    move(database, cast, page, team)
    assert links()[back] is False
    assert secret != page


def test_a_taken_title_gets_a_number(app: Flask, cast: Cast, database: Database) -> None:
    team = restricted_to(cast.anna.team_id)
    for title in ("Notes", "Notes (2)", "Notes %"):
        write_page(app, cast.anna, title)
    page = write_page(app, cast.anna, "NOTES", "Text.", audience=team)
    move(database, cast, page, EVERYONE)
    with database.reading() as session:
        row, revision = visible_revision(session, cast.boris, page)
        assert (row.title, revision.title, revision.number) == ("NOTES (3)", "NOTES (3)", 2)
        assert revision.html == visible_revision(session, cast.boris, page, 1)[1].html
        long = "x" * 250
        assert free_title(session, long, "en", EVERYONE) == long
    write_page(app, cast.anna, long)
    with database.reading() as session:
        numbered = free_title(session, long, "en", EVERYONE)
    assert (len(numbered), numbered.endswith(" (2)")) == (250, True)


@pytest.mark.usefixtures("clock")
def test_the_bell_counts_what_one_may_see(app: Flask, cast: Cast, database: Database) -> None:
    page = write_page(app, cast.anna, "Notes")
    with database.transaction() as session:
        for person in (cast.nina, cast.boris, cast.vera):
            watch(session, person, Target("page", page))
    rewrite_page(app, cast.anna, page, body="Newer.")

    def bells() -> list[int]:
        with database.reading() as session:
            people = [actor_of(session, one.id) for one in (cast.nina, cast.boris, cast.vera)]
        return [person.unread for person in people if person]

    assert bells() == [1, 1, 1]
    move(database, cast, page, restricted_to(cast.anna.team_id))
    assert bells() == [1, 0, 1]
    rewrite_page(app, cast.anna, page, body="Newest.")
    assert bells() == [1, 0, 1]
    with database.transaction() as session:
        add_comment(session, cast.anna, page, "Look", None)
    assert bells() == [2, 0, 2]
    move(database, cast, page, DIRECTORS)
    assert bells() == [0, 0, 2]
    move(database, cast, page, EVERYONE)
    assert bells() == [2, 1, 2]
