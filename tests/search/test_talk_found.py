"""Comments and colleagues, found through the doors that people use."""

from flask import Flask
from flask.testing import FlaskClient

from search.assembly import Search
from search.indexing import keep_current
from tests.conftest import Cast
from tests.factories.pages import write_page
from wiki.database import Database
from wiki.pages.comments.services import add_comment, withdraw_comment


def found(browser: FlaskClient, words: str) -> list[tuple[str, str]]:
    """Kind and title of what a program gets for these words."""
    answer = browser.get("/api/search", query_string={"q": words})
    return [(hit["kind"], hit["title"]) for hit in answer.json["hits"]]


def test_a_comment_is_found_by_those_who_may_see_its_page(
    app: Flask, database: Database, search: Search, cast: Cast
) -> None:
    nina, boris = app.test_client(user=cast.nina), app.test_client(user=cast.boris)
    page = write_page(app, cast.anna, "Prices", audience=f"team:{cast.anna.team_id}")
    with database.transaction() as session:
        ident = add_comment(session, cast.anna, page, "The marzipan is too dear.").id
    for _round in range(2):
        assert found(nina, "marzipan") == [("comment", "The marzipan is too dear.")]
        assert found(boris, "marzipan") == []
        assert "dear" not in boris.get("/search?q=marzipan").text
        shown = nina.get("/search?q=marzipan").text
        assert f"/pages/{page}/comments#comment-{ident}" in shown
        assert "Prices" in shown
        keep_current(database, search)
    with database.transaction() as session:
        withdraw_comment(session, cast.anna, page, ident)
    assert found(nina, "marzipan") == []


def test_a_colleague_is_found_by_name_and_team_and_not_by_mail_address(
    app: Flask, database: Database, search: Search, cast: Cast
) -> None:
    nina = app.test_client(user=cast.nina)
    keep_current(database, search)
    assert found(nina, "boris")[0] == ("colleague", "Boris")
    assert found(nina, "boris@example.com") == []
    assert found(nina, "exampl*") == []
    assert ("colleague", "Boris") in found(nina, "south")
    assert f"/changes?person={cast.boris.id}" in nina.get("/search?q=boris").text
