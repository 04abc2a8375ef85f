from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.wiki.pages.transfer.conftest import packed
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.content import Content
from wiki.pages.revisions import Deed
from wiki.pages.saving import new_page
from wiki.pages.transfer.importing import Workshop

BrowserOf = Callable[[Actor | None], FlaskClient]
FILES = {"ru/a.md": "# Один <b>\n\n[нет](gone.md)\n", "../evil.md": "x", "ru/b.md": "# Два\n"}


def _upload(browser: FlaskClient, path: Path, **fields: str) -> str:
    data = {"archive": (BytesIO(path.read_bytes()), "Мои страницы.zip"), **fields}
    answer = browser.post("/transfer/import", data=data)
    assert answer.status_code == 302, answer.text
    return answer.location


def _work(app: Flask, database: Database) -> None:
    while app.extensions["jobs"].do_next(database):
        pass


def test_an_uploaded_zip_is_imported_by_the_worker_and_reported(
    app: Flask, database: Database, cast: Cast, browser_of: BrowserOf, tmp_path: Path
) -> None:
    browser = browser_of(cast.vera)
    address = _upload(browser, packed(FILES, tmp_path / "a.zip"))
    waiting = browser.get(address)
    assert "hx-get" in waiting.text
    assert "HX-Refresh" not in browser.get(f"{address}/progress").headers
    _work(app, database)
    assert browser.get(f"{address}/progress").headers["HX-Refresh"] == "true"
    report = browser.get(address).text
    assert "Один &lt;b&gt;" in report
    assert "gone.md" in report
    assert "climbs out" in report
    assert "Мои страницы.zip" in browser.get("/transfer").text
    assert list((app.config["SETTINGS"].home / "transfer").iterdir()) == []


def test_a_zip_that_is_none_fails_with_its_sentence(
    app: Flask, database: Database, cast: Cast, browser_of: BrowserOf, tmp_path: Path
) -> None:
    (tmp_path / "a.zip").write_bytes(b"none")
    address = _upload(browser_of(cast.vera), tmp_path / "a.zip")
    _work(app, database)
    assert "not a readable ZIP file" in browser_of(cast.vera).get(address).text


def test_a_form_without_a_file_says_so_and_keeps_what_was_typed(
    cast: Cast, browser_of: BrowserOf
) -> None:
    answer = browser_of(cast.vera).post("/transfer/import", data={"category": "Beer/Dark"})
    assert answer.status_code == 422
    assert "Beer/Dark" in answer.text


def test_an_export_can_be_downloaded_by_its_maker_alone(
    app: Flask, database: Database, cast: Cast, browser_of: BrowserOf, workshop: Workshop
) -> None:
    new_page(workshop.desk, cast.anna, "en", Content("Open", "x", {}, (), None), Deed())
    vera, adam = browser_of(cast.vera), browser_of(cast.adam)
    address = vera.post("/transfer/export").location
    _work(app, database)
    assert f"{address}/download" in vera.get(address).text
    answer = vera.get(f"{address}/download")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "pages/en/open.md" in ZipFile(BytesIO(answer.data)).namelist()
    answer.close()
    for path in (address, f"{address}/download", f"{address}/progress"):
        assert adam.get(path).status_code == 404


@pytest.mark.parametrize("name", ["nina", "anna"])
def test_only_directors_come_in(cast: Cast, browser_of: BrowserOf, name: str) -> None:
    browser = browser_of(getattr(cast, name))
    assert browser.get("/transfer").status_code == 403
    assert browser.post("/transfer/export").status_code == 403
    assert browser_of(cast.vera).get("/transfer").status_code == 200
