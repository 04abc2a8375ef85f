"""How pages hang together: what links here, what is wanted, what nobody links to."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.factories.pages import desk_of, rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.pages.restoring import set_archived

Browser = Callable[[Actor | None], FlaskClient]


def main_part(text: str) -> str:
    return text.split('<main id="main"')[1].split("</main>")[0]


def test_backlinks_follow_the_text(app: Flask, browser_of: Browser, cast: Cast) -> None:
    target = write_page(app, cast.anna, "Target")
    page = write_page(app, cast.anna, "Linking", "[[Target]]")
    nina = browser_of(cast.nina)
    assert "Linking" in main_part(nina.get(f"/pages/{target}/links").text)
    rewrite_page(app, cast.anna, target, title="Renamed")
    assert "Linking" in main_part(nina.get(f"/pages/{target}/links").text)
    rewrite_page(app, cast.anna, page, body="No more.")
    assert "No page links here yet" in nina.get(f"/pages/{target}/links").text


def test_a_wanted_page_is_offered_until_it_is_written(
    app: Flask, browser_of: Browser, cast: Cast
) -> None:
    write_page(app, cast.anna, "A", "[[Missing & more]]", language="en")
    write_page(app, cast.anna, "B", "[[missing & more]] [[Other]]", language="en")
    anna = browser_of(cast.anna)
    shown = main_part(anna.get("/pages/wanted").text)
    assert shown.index("issing &amp; more") < shown.index("Other")
    assert "2 links" in shown
    assert "/pages/new?title=Missing%20%26%20more&amp;language=en" in shown
    write_page(app, cast.boris, "Missing & more")
    shown = main_part(anna.get("/pages/wanted").text)
    assert "issing" not in shown
    assert "Other" in shown


def test_what_only_an_archived_page_wants_is_not_wanted(
    app: Flask, browser_of: Browser, cast: Cast
) -> None:
    page = write_page(app, cast.anna, "A", "[[Missing]]")
    nina = browser_of(cast.nina)
    assert "Missing" in nina.get("/pages/wanted").text
    set_archived(desk_of(app), cast.vera, page, True)
    assert "No page is wanted" in nina.get("/pages/wanted").text


def test_pages_nobody_links_to_are_listed(app: Flask, browser_of: Browser, cast: Cast) -> None:
    write_page(app, cast.anna, "Target")
    write_page(app, cast.anna, "Alone", "[[Alone]]")
    page = write_page(app, cast.anna, "Linking", "[[Target]]")
    nina = browser_of(cast.nina)
    shown = main_part(nina.get("/pages/orphans").text)
    assert ">Linking<" in shown
    assert ">Alone<" in shown
    assert ">Target<" not in shown
    set_archived(desk_of(app), cast.vera, page, True)
    shown = main_part(nina.get("/pages/orphans").text)
    assert ">Target<" in shown
    assert ">Linking<" not in shown


def test_titles_are_offered_by_their_beginning_own_language_first(
    app: Flask, browser_of: Browser, cast: Cast
) -> None:
    for title, language in (("Ёлка красная", "ru"), ("Красная ёлка", "ru"), ("Ёлка", "en")):
        write_page(app, cast.anna, title, language=language)
    gone = write_page(app, cast.anna, "Ёлка старая")
    set_archived(desk_of(app), cast.vera, gone, True)
    anna = browser_of(cast.anna)
    found = anna.get("/pages/titles?q=ЕЛК&language=ru").json
    assert [line["title"] for line in found] == ["Ёлка красная", "Красная ёлка", "Ёлка"]
    assert anna.get("/pages/titles?q=%25").json == []
