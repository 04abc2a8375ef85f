"""What people said about pages, as the search knows it."""

import pytest
from flask import Flask
from sqlalchemy import delete, select

from search.documents import Document
from search.wiki_comments import COMMENTS, beginning_of
from tests.conftest import Cast
from tests.counting import counting
from tests.factories.pages import rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.outbox import OutboxRow
from wiki.pages.comments.services import add_comment, resolve_comment, withdraw_comment


def say(database: Database, actor: Actor, page: int, text: str) -> int:
    with database.transaction() as session:
        return add_comment(session, actor, page, text).id


def found(database: Database, *idents: int) -> list[Document]:
    with database.reading() as session:
        return list(COMMENTS.load(session, idents))


def told(database: Database) -> set[int]:
    """The comments that the index is told of; they are forgotten."""
    with database.transaction() as session:
        rows = set(session.scalars(select(OutboxRow.ident).where(OutboxRow.kind == "comment")))
        session.execute(delete(OutboxRow))
        return rows


def test_a_comment_is_found_with_its_page_and_its_author(
    app: Flask, database: Database, cast: Cast
) -> None:
    page = write_page(app, cast.anna, "Пельмени")
    ident = say(database, cast.nina, page, "Сколько хранить после оттаивания?")
    (document,) = found(database, ident)
    assert document.body == document.title == "Сколько хранить после оттаивания?"
    assert (document.container, document.authors, document.language) == (
        "Пельмени",
        ("Nina",),
        "ru",
    )
    assert document.url == f"/pages/{page}/comments#comment-{ident}"
    assert told(database) == {ident}


def test_the_address_of_a_comment_is_on_its_page(
    app: Flask, database: Database, cast: Cast
) -> None:
    page = write_page(app, cast.anna, "Пельмени")
    ident = say(database, cast.nina, page, "Вопрос")
    shown = app.test_client(user=cast.boris).get(found(database, ident)[0].url.split("#")[0])
    assert f'id="comment-{ident}"' in shown.text


def test_a_comment_has_the_audience_of_its_page(app: Flask, database: Database, cast: Cast) -> None:
    north = f"team:{cast.anna.team_id}"
    secret = say(database, cast.anna, write_page(app, cast.anna, "S", audience=north), "Secret")
    public = say(database, cast.anna, write_page(app, cast.anna, "P"), "Public")
    assert [one.audience for one in found(database, secret, public)] == [north, "all"]


def test_a_withdrawn_comment_is_not_found(app: Flask, database: Database, cast: Cast) -> None:
    page = write_page(app, cast.anna, "Пельмени")
    kept, gone = (say(database, cast.nina, page, text) for text in ("kept", "gone"))
    told(database)
    with database.transaction() as session:
        withdraw_comment(session, cast.nina, page, gone)
    assert told(database) == {gone}
    assert [one.ident for one in found(database, kept, gone)] == [kept]
    with database.reading() as session:
        assert list(COMMENTS.idents(session)) == [kept]


def test_a_resolved_comment_is_still_found(app: Flask, database: Database, cast: Cast) -> None:
    page = write_page(app, cast.anna, "Пельмени")
    ident = say(database, cast.nina, page, "Вопрос")
    with database.transaction() as session:
        resolve_comment(session, cast.anna, page, ident)
    assert len(found(database, ident)) == 1


def test_comments_go_and_come_back_with_their_page(
    app: Flask, database: Database, cast: Cast
) -> None:
    page = write_page(app, cast.anna, "Пельмени")
    idents = {say(database, cast.nina, page, text) for text in ("one", "two")}
    told(database)
    rewrite_page(app, cast.anna, page, body="Another text.")
    assert told(database) == set()
    for archived in (True, False):
        rewrite_page(app, cast.vera, page, archived=archived)
        assert told(database) == idents
        assert len(found(database, *idents)) == (0 if archived else 2)


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("Short\nand   clear", "Short and clear"),
        ("word " * 40, " ".join(["word"] * 15) + "…"),
        ("x" * 200, "x" * 79 + "…"),
    ],
)
def test_a_comment_is_called_by_its_first_words(text: str, beginning: str) -> None:
    assert beginning_of(text) == beginning
    assert len(beginning_of(text)) <= 80


def test_many_comments_cost_as_many_statements_as_one(
    app: Flask, database: Database, cast: Cast
) -> None:
    page = write_page(app, cast.anna, "Пельмени")
    idents = [say(database, cast.nina, page, f"text {number}") for number in range(6)]
    sent = []
    for some in (idents[:1], idents):
        with database.reading() as session, counting(database) as statements:
            assert len(list(COMMENTS.load(session, some))) == len(some)
        sent.append(len(statements))
    assert sent[0] == sent[1]
