"""Drawing pages anew when what they link to has changed."""

from flask import Flask
from sqlalchemy import update

from tests.conftest import Cast
from tests.factories.pages import desk_of, revision_of, rewrite_page, write_page
from wiki.database import Database
from wiki.pages.models import Page, Revision
from wiki.pages.redrawing import mark_outdated, redraw_stale
from wiki.pages.restoring import set_archived


def html_of(database: Database, page_id: int, number: int = 1) -> str:
    with database.reading() as session:
        return revision_of(session, page_id, number).html


def test_a_wanted_link_becomes_a_live_one(app: Flask, cast: Cast, database: Database) -> None:
    page = write_page(app, cast.anna, "A", "See [[Pelmeni]].")
    assert 'class="wanted"' in html_of(database, page)
    assert redraw_stale(desk_of(app)) == 0
    target = write_page(app, cast.boris, "Pelmeni")
    assert redraw_stale(desk_of(app)) == 1
    assert "wanted" not in html_of(database, page)
    assert f"/pages/{target}-pelmeni" in html_of(database, page)
    assert redraw_stale(desk_of(app)) == 0


def test_a_link_to_an_archived_page_says_so_until_it_is_brought_back(
    app: Flask, cast: Cast, database: Database
) -> None:
    target = write_page(app, cast.anna, "Pelmeni")
    page = write_page(app, cast.anna, "A", "See [[Pelmeni]].")
    assert "archived" not in html_of(database, page)
    set_archived(desk_of(app), cast.vera, target, True)
    redraw_stale(desk_of(app))
    assert 'class="archived"' in html_of(database, page)
    set_archived(desk_of(app), cast.vera, target, False)
    redraw_stale(desk_of(app))
    assert "archived" not in html_of(database, page)


def test_only_the_drawing_changes_and_the_reader_hears_of_it(
    app: Flask, cast: Cast, database: Database
) -> None:
    page = write_page(app, cast.anna, "A", "See [[Pelmeni]].")
    with database.reading() as session:
        before = session.get_one(Page, page)
    write_page(app, cast.boris, "Pelmeni")
    redraw_stale(desk_of(app))
    with database.reading() as session:
        after, revision = session.get_one(Page, page), revision_of(session, page, 1)
    assert after.stamp > before.stamp
    assert (after.current_number, after.changed_at) == (1, before.changed_at)
    assert revision.body == "See [[Pelmeni]].\n"


def test_older_revisions_stay_as_they_were_drawn(
    app: Flask, cast: Cast, database: Database
) -> None:
    page = write_page(app, cast.anna, "A", "See [[Pelmeni]].")
    rewrite_page(app, cast.anna, page, body="Look at [[Pelmeni]].")
    write_page(app, cast.boris, "Pelmeni")
    redraw_stale(desk_of(app))
    assert "wanted" in html_of(database, page, 1)
    assert "wanted" not in html_of(database, page, 2)


def test_after_an_upgrade_of_the_renderer_every_page_is_drawn_anew(
    app: Flask, cast: Cast, database: Database
) -> None:
    pages = [write_page(app, cast.anna, f"Page {n}", f"Text {n}.") for n in range(3)]
    mark_outdated(database)
    assert redraw_stale(desk_of(app)) == 0
    with database.transaction() as session:
        session.execute(update(Revision).values(renderer_version=0, html="old"))
    mark_outdated(database)
    assert redraw_stale(desk_of(app)) == 3
    assert [html_of(database, page) for page in pages] == [f"<p>Text {n}.</p>" for n in range(3)]
