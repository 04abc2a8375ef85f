"""Links by title mean pages, and go on meaning them."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import Cast
from tests.factories.pages import desk_of, rewrite_page, write_page
from wiki.database import Database
from wiki.pages.content import Content
from wiki.pages.linking import meanings
from wiki.pages.models import Page, PageLink
from wiki.pages.redrawing import redraw_stale
from wiki.pages.restoring import set_archived
from wiki.pages.saving import Desk, Draft, save_page


def links(database: Database, page_id: int) -> dict[str, int | None]:
    """What the links of a page mean."""
    with database.reading() as session:
        wanted = select(PageLink.title_typed, PageLink.to_page_id)
        return dict(session.execute(wanted.where(PageLink.from_page_id == page_id)).all())


def stale(database: Database) -> set[int]:
    with database.reading() as session:
        return set(session.scalars(select(Page.id).where(Page.html_stale)))


def test_a_title_means_the_page_that_has_it_whatever_its_case(
    app: Flask, cast: Cast, database: Database
) -> None:
    target = write_page(app, cast.anna, "Ёлка")
    page = write_page(app, cast.anna, "A", "See [[елка]] and [[Nobody]].")
    assert links(database, page) == {"елка": target, "Nobody": None}


def test_a_link_goes_on_meaning_its_page_after_a_rename_even_when_another_takes_the_title(
    app: Flask, cast: Cast, database: Database
) -> None:
    target = write_page(app, cast.anna, "Old")
    page = write_page(app, cast.anna, "A", "[[Old]]")
    rewrite_page(app, cast.anna, target, title="New")
    newcomer = write_page(app, cast.anna, "Old")
    rewrite_page(app, cast.anna, page, body="[[Old]] again")
    assert links(database, page) == {"Old": target}
    assert links(database, write_page(app, cast.anna, "B", "[[Old]]")) == {"Old": newcomer}


def test_a_former_title_still_leads_to_the_page(app: Flask, cast: Cast, database: Database) -> None:
    target = write_page(app, cast.anna, "Old")
    rewrite_page(app, cast.anna, target, title="New")
    assert links(database, write_page(app, cast.anna, "A", "[[Old]]")) == {"Old": target}


def test_the_pages_own_language_comes_first(app: Flask, cast: Cast, database: Database) -> None:
    english = write_page(app, cast.anna, "CRM", language="en")
    russian = write_page(app, cast.anna, "CRM", language="ru")
    for language, target in (("en", english), ("ru", russian)):
        page = write_page(app, cast.anna, f"A {language}", "[[CRM]]", language=language)
        assert links(database, page) == {"CRM": target}


def test_a_living_page_comes_before_an_archived_one(
    app: Flask, cast: Cast, database: Database
) -> None:
    gone = write_page(app, cast.anna, "Pelmeni")
    set_archived(desk_of(app), cast.vera, gone, True)
    assert links(database, write_page(app, cast.anna, "A", "[[Pelmeni]]")) == {"Pelmeni": gone}
    living = write_page(app, cast.anna, "Pelmeni")
    assert links(database, write_page(app, cast.anna, "B", "[[Pelmeni]]")) == {"Pelmeni": living}


@pytest.mark.parametrize("how", ["written", "renamed"])
def test_a_wanted_page_that_comes_to_be_is_meant_at_once(
    app: Flask, cast: Cast, database: Database, how: str
) -> None:
    page = write_page(app, cast.anna, "A", "[[Wanted]]")
    assert links(database, page) == {"Wanted": None}
    assert stale(database) == set()
    other = write_page(app, cast.boris, "wanted" if how == "written" else "B")
    if how == "renamed":
        rewrite_page(app, cast.boris, other, title="WANTED")
    assert links(database, page) == {"Wanted": other}
    assert stale(database) == {page}


def test_a_page_that_links_to_itself_is_no_wanted_page(
    app: Flask, cast: Cast, database: Database
) -> None:
    page = write_page(app, cast.anna, "Self", "[[Self]] and [[Later]]")
    assert links(database, page) == {"Self": page, "Later": None}
    rewrite_page(app, cast.anna, page, title="Later")
    assert links(database, page) == {"Self": page, "Later": page}


def test_a_page_written_while_another_was_being_drawn_is_meant_too(
    app: Flask, cast: Cast, database: Database
) -> None:
    page, desk = write_page(app, cast.anna, "A", "x"), desk_of(app)

    class Meanwhile:
        """A renderer during whose work somebody writes the wanted page."""

        def render(self, *wanted: object) -> object:
            drawn = desk.renderer.render(*wanted)  # type: ignore[arg-type]
            write_page(app, cast.boris, "Wanted")
            return drawn

    draft = Draft(Content("A", "[[Wanted]]", {}, (), None), 1)
    save_page(Desk(database, Meanwhile()), cast.anna, page, draft)  # type: ignore[arg-type]
    assert None not in links(database, page).values()
    assert stale(database) == {page}


def test_a_page_for_everyone_never_links_to_a_page_of_a_team(
    app: Flask, cast: Cast, database: Database
) -> None:
    south = f"team:{cast.boris.team_id}"
    secret = write_page(app, cast.boris, "Secret", audience=south)
    assert links(database, write_page(app, cast.boris, "A", "[[Secret]]")) == {"Secret": None}
    inside = write_page(app, cast.boris, "B", "[[Secret]] [[A]]", audience=south)
    assert links(database, inside)["Secret"] == secret
    assert links(database, inside)["A"] is not None
    write_page(app, cast.boris, "Later", audience=south)
    waiting = write_page(app, cast.anna, "C", "[[Later]]")
    assert links(database, waiting) == {"Later": None}


def test_titles_as_long_as_they_come_do_not_stand_in_each_others_way(
    app: Flask, cast: Cast, database: Database
) -> None:
    long = "ﷺ" * 240
    page = write_page(app, cast.anna, "A", f"[[{long}a]] [[{long}b]]")
    assert set(links(database, page).values()) == {None}


def test_no_titles_no_questions(database: Database, app: Flask) -> None:
    with database.reading() as session:
        assert meanings(session, None, "all", "en", []) == {}


def test_archiving_and_bringing_back_draws_the_pages_that_link_there_anew(
    app: Flask, cast: Cast, database: Database
) -> None:
    target = write_page(app, cast.anna, "Target")
    page = write_page(app, cast.anna, "A", "[[Target]]")
    write_page(app, cast.anna, "B", "Nothing.")
    for archived in (True, False):
        set_archived(desk_of(app), cast.vera, target, archived)
        assert stale(database) == {page}
        assert redraw_stale(desk_of(app)) == 1
        assert stale(database) == set()
