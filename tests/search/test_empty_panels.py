"""What packages above show where a search found nothing as it was typed."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup
from sqlalchemy.orm import Session

from search import empty_panels
from search.indexing import keep_current
from tests.conftest import Cast
from tests.factories.pages import write_page
from wiki.accounts.actor import Actor


@pytest.fixture
def panel() -> Iterator[None]:
    known = dict(empty_panels._panels)
    empty_panels.register_empty_panel("test", _draw)
    empty_panels.register_empty_panel("silent", lambda _session, _actor, _typed: None)
    yield
    empty_panels._panels.clear()
    empty_panels._panels.update(known)


def _draw(_session: Session, actor: Actor, typed: str) -> Markup:
    return Markup("<p>{} asks {}</p>").format(actor.name, typed)


@pytest.mark.usefixtures("panel")
def test_it_stands_under_searches_that_found_nothing_as_typed(
    app: Flask, cast: Cast, browser_of: Callable[[Actor | None], FlaskClient]
) -> None:
    nina = browser_of(cast.nina)
    assert "Nina asks" not in nina.get("/search?q=zzz").text, "while the index is made anew"
    write_page(app, cast.anna, "Gasket")
    while keep_current(app.extensions["database"], app.extensions["search"]):
        pass
    assert "<p>Nina asks zzzxxx &lt;b&gt;</p>" in nina.get("/search?q=zzzxxx <b>").text
    assert "Nina asks gaskwt" in nina.get("/search?q=gaskwt").text, "found only with a correction"
    assert "Nina asks" not in nina.get("/search?q=gasket").text
    assert "Nina asks" not in nina.get("/search").text
