"""From an upload to a hit, through the doors that people use."""

from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient

from search.assembly import Search
from search.indexing import keep_current
from tests.conftest import Cast
from tests.factories.documents import docx, locked_pdf, pdf
from wiki.database import Database
from wiki.files.services import store_of
from wiki.files.texts.running import TextReader
from wiki.files.texts.task import read_next


def upload(browser: FlaskClient, data: bytes, name: str, audience: str = "all") -> None:
    form = {"file": (BytesIO(data), name), "audience": audience}
    sent = browser.post("/files", data=form, content_type="multipart/form-data")
    assert sent.status_code == 302


def work(app: Flask, search: Search) -> None:
    """What the worker does within the next second."""
    database: Database = app.extensions["database"]
    while read_next(database, store_of(app.config["SETTINGS"]), TextReader()):
        pass
    keep_current(database, search)


def titles(browser: FlaskClient, words: str) -> list[str]:
    """The titles that a program gets for these words."""
    answer = browser.get("/api/search", query_string={"q": words})
    assert answer.status_code == 200
    return [hit["title"] for hit in answer.json["hits"]]


def test_words_inside_of_documents_are_found_in_any_form(
    app: Flask, search: Search, cast: Cast
) -> None:
    anna, nina = app.test_client(user=cast.anna), app.test_client(user=cast.nina)
    upload(anna, pdf("Порядок продления лицензии на перевозку."), "license_2025.pdf")
    upload(anna, docx("Хранение пельменей после оттаивания"), "хранение.docx")
    work(app, search)
    assert titles(nina, "лицензия") == ["license_2025.pdf"]
    assert titles(nina, "хранить пельмени")[0] == "хранение.docx"
    shown = nina.get("/search?q=лицензию").text
    assert "license_2025.pdf" in shown
    assert "<mark>лицензии</mark>" in shown


def test_a_file_is_found_by_the_parts_of_its_name_before_it_was_read(
    app: Flask, search: Search, cast: Cast
) -> None:
    anna = app.test_client(user=cast.anna)
    upload(anna, pdf("Other words"), "price_list.2025-BrandNew.pdf")
    for _round in range(2):
        for words in ("price list", "list 2025", "price_list.2025-BrandNew.pdf", "brand new"):
            assert titles(anna, words) == ["price_list.2025-BrandNew.pdf"], words
        keep_current(app.extensions["database"], search)


def test_what_is_inside_of_a_file_of_another_team_leaves_no_trace(
    app: Flask, search: Search, cast: Cast
) -> None:
    anna, boris = app.test_client(user=cast.anna), app.test_client(user=cast.boris)
    upload(anna, docx("Секретная скидка"), "скидка.docx", f"team:{cast.anna.team_id}")
    for _round in range(2):
        for words in ("скидка", "секретная", "секретнная", "ск"):
            answer = boris.get("/api/search", query_string={"q": words})
            assert answer.json["total"] == 0
            assert "екретная скид" not in boris.get(f"/search?q={words}").text
        work(app, search)
    assert titles(anna, "секретная") == ["скидка.docx"]


def test_a_hit_says_that_its_text_could_not_be_read(app: Flask, search: Search, cast: Cast) -> None:
    anna = app.test_client(user=cast.anna)
    upload(anna, locked_pdf("Тайна", "secret"), "contract.pdf")
    work(app, search)
    assert titles(anna, "contract") == ["contract.pdf"]
    assert "it is protected by a password" in anna.get("/search?q=contract").text


def test_a_new_version_takes_the_place_of_the_old_one(
    app: Flask, search: Search, cast: Cast
) -> None:
    anna = app.test_client(user=cast.anna)
    upload(anna, b"marzipan", "a.txt")
    work(app, search)
    assert titles(anna, "marzipan") == ["a.txt"]
    sent = anna.post("/files/1/versions", data={"file": (BytesIO(b"nougat"), "a.txt")})
    assert sent.status_code == 302
    work(app, search)
    assert (titles(anna, "marzipan"), titles(anna, "nougat")) == ([], ["a.txt"])


def test_an_archived_file_is_no_longer_found(app: Flask, search: Search, cast: Cast) -> None:
    anna = app.test_client(user=cast.anna)
    upload(anna, b"marzipan", "a.txt")
    work(app, search)
    anna.post("/files/1/archive")
    assert titles(anna, "marzipan") == []
    work(app, search)
    assert titles(anna, "marzipan") == []
    anna.post("/files/1/bring-back")
    work(app, search)
    assert titles(anna, "marzipan") == ["a.txt"]
