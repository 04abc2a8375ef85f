"""Uploading, versions, archiving, and the list, through the browser's door."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.documents import locked_pdf
from tests.factories.files import photograph, picture
from tests.factories.pages import make_page_row
from tests.wiki.files.conftest import Browser, Stored
from wiki.config import Settings
from wiki.database import Database
from wiki.files.models import Attachment, AttachmentVersion, Blob
from wiki.files.services import store_bytes, store_of
from wiki.files.texts.running import TextReader
from wiki.files.texts.task import read_next
from wiki.history.models import HistoryEntry
from wiki.pages.models import Page, PageFile

JSON = {"Accept": "application/json"}


def _send(browser: FlaskClient, path: str, data: bytes, name: str, **fields: str) -> object:
    form = {"file": (BytesIO(data), name), **fields}
    return browser.post(path, data=form, headers=JSON, content_type="multipart/form-data")


def test_an_upload_answers_with_all_that_an_editor_needs(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    answer = _send(browser_of(cast.anna), "/files", picture(), "схема цеха.png")
    assert answer.status_code == 201
    said = answer.json
    assert said["name"] == "схема цеха.png"
    assert said["markdown"] == f"![схема цеха.png]({said['url']})"
    assert (said["media_type"], said["size"]) == ("image/png", len(picture()))
    assert browser_of(cast.nina).get(said["url"]).data == picture()
    with database.reading() as session:
        entry = session.scalars(select(HistoryEntry)).one()
    assert (entry.action, entry.actor_id, entry.subject_id) == (
        "store",
        cast.anna.id,
        said["id"],
    )


def test_the_same_content_twice_is_two_files_and_one_blob(
    browser_of: Browser, cast: Cast, database: Database
) -> None:
    anna = browser_of(cast.anna)
    first, second = (_send(anna, "/files", photograph(), name) for name in ("a.jpg", "b.jpg"))
    assert first.json["id"] != second.json["id"]
    with database.reading() as session:
        assert len(session.scalars(select(Blob)).all()) == 1


def test_an_import_finds_what_is_already_there(
    database: Database, settings: Settings, cast: Cast
) -> None:
    store = store_of(settings)
    with database.transaction() as session:
        first = store_bytes(session, store, cast.vera, photograph(), "a.jpg", "all")
        again = store_bytes(session, store, cast.vera, photograph(), "a.jpg", "all")
        clean = store.path(session.scalars(select(Blob.sha256)).one()).read_bytes()
        exported = store_bytes(session, store, cast.vera, clean, "a.jpg", "all")
        other = store_bytes(session, store, cast.vera, photograph(), "a.jpg", "directors")
    assert first.id == again.id == exported.id != other.id


@pytest.mark.parametrize(
    ("data", "name", "status"),
    [(b"MZ\x90\x00", "a.png", 422), (b"", "a.txt", 422)],
)
def test_what_is_not_taken_gets_a_sentence(
    browser_of: Browser, cast: Cast, database: Database, data: bytes, name: str, status: int
) -> None:
    answer = _send(browser_of(cast.anna), "/files", data, name)
    assert answer.status_code == status
    assert answer.json["error"].endswith(".")
    with database.reading() as session:
        assert session.scalars(select(Attachment)).all() == []


@pytest.mark.parametrize("size", [10, 150_000])
def test_more_than_the_limit_gets_a_sentence(
    app: Flask, settings: Settings, browser_of: Browser, cast: Cast, size: int
) -> None:
    app.config["SETTINGS"] = replace(settings, upload_limit_mb=0)
    answer = _send(browser_of(cast.anna), "/files", b"a" * size, "a.txt")
    assert answer.status_code == 413
    assert "Nothing was" in answer.json["error"]


def test_no_file_at_all_gets_a_sentence(browser_of: Browser, cast: Cast) -> None:
    answer = browser_of(cast.anna).post("/files", data={}, headers=JSON)
    assert (answer.status_code, "No file" in answer.json["error"]) == (422, True)


def test_a_newcomer_may_not_upload(browser_of: Browser, cast: Cast) -> None:
    assert _send(browser_of(cast.nina), "/files", picture(), "a.png").status_code == 403


def test_nobody_stores_a_file_for_a_team_they_are_not_in(browser_of: Browser, cast: Cast) -> None:
    anna = browser_of(cast.anna)
    foreign, own = f"team:{cast.boris.team_id}", f"team:{cast.anna.team_id}"
    assert _send(anna, "/files", picture(), "a.png", audience=foreign).status_code == 403
    assert _send(anna, "/files", picture(), "a.png", audience=own).status_code == 201


def test_a_new_version_has_the_same_address_and_the_old_one_stays(
    stored: Stored, browser_of: Browser, cast: Cast
) -> None:
    file, boris = stored(b"%PDF-1.7 old", "прайс.pdf"), browser_of(cast.boris)
    answer = _send(boris, f"/files/{file.id}/versions", b"%PDF-1.7 new", "другое имя.pdf")
    assert (answer.status_code, answer.json["number"]) == (201, 2)
    assert boris.get(answer.json["url"]).data == b"%PDF-1.7 new"
    assert boris.get(answer.json["url"] + "?v=1").data == b"%PDF-1.7 old"
    boris.post(f"/files/{file.id}/versions/1/restore")
    assert boris.get(answer.json["url"]).data == b"%PDF-1.7 old"
    assert boris.get(answer.json["url"] + "?v=3").data == b"%PDF-1.7 old"
    page = boris.get(f"/files/{file.id}/about").text
    assert "Anna" in page
    assert "Boris" in page


def test_a_picture_never_becomes_a_document(
    stored: Stored, browser_of: Browser, cast: Cast, database: Database
) -> None:
    file = stored(picture(), "a.png")
    answer = _send(browser_of(cast.anna), f"/files/{file.id}/versions", b"%PDF-1.7", "a.pdf")
    assert answer.status_code == 422
    with database.reading() as session:
        assert len(session.scalars(select(AttachmentVersion)).all()) == 1


def test_versions_of_a_hidden_file_cannot_be_added_or_restored(
    stored: Stored, browser_of: Browser, cast: Cast
) -> None:
    file = stored(b"%PDF-1.7", "a.pdf", cast.boris, f"team:{cast.boris.team_id}")
    anna = browser_of(cast.anna)
    assert _send(anna, f"/files/{file.id}/versions", b"%PDF-2", "a.pdf").status_code == 404
    assert anna.post(f"/files/{file.id}/versions/1/restore").status_code == 404
    assert anna.post(f"/files/{file.id}/archive").status_code == 404


def test_archiving_hides_a_file_from_the_list_but_not_from_pages(
    stored: Stored, browser_of: Browser, cast: Cast
) -> None:
    file = stored(picture(), "a.png", cast.anna)
    assert browser_of(cast.boris).post(f"/files/{file.id}/archive").status_code == 403
    assert browser_of(cast.anna).post(f"/files/{file.id}/archive").status_code == 302
    vera = browser_of(cast.vera)
    assert "a.png" not in vera.get("/files").text
    assert "a.png" in vera.get("/files?show=archived").text
    assert vera.get(f"/files/{file.id}/a.png").status_code == 200
    vera.post(f"/files/{file.id}/bring-back")
    assert "a.png" in vera.get("/files").text


def test_unused_files_are_shown_to_directors_only(
    stored: Stored, browser_of: Browser, cast: Cast, database: Database
) -> None:
    used, _unused = stored(picture(), "used.png"), stored(picture(), "idle.png")
    _use(database, used, make=lambda session: make_page_row(session, "Пельмени", cast.anna))
    vera = browser_of(cast.vera).get("/files?show=unused").text
    assert "idle.png" in vera
    assert "used.png" not in vera
    assert "used.png" in browser_of(cast.anna).get("/files?show=unused").text


def _use(database: Database, file: Attachment, make: Callable[..., Page]) -> None:
    with database.transaction() as session:
        page = make(session)
        session.add(PageFile(page_id=page.id, attachment_id=file.id, current=True))


def test_where_a_file_is_used_names_only_pages_the_reader_may_see(
    stored: Stored, browser_of: Browser, cast: Cast, database: Database
) -> None:
    file, south = stored(picture(), "a.png"), f"team:{cast.boris.team_id}"
    _use(database, file, lambda session: make_page_row(session, "Открытая", cast.anna))
    _use(database, file, lambda s: make_page_row(s, "Скрытая", cast.boris, audience=south))
    anna = browser_of(cast.anna).get(f"/files/{file.id}/about").text
    assert ("Открытая" in anna, "Скрытая" in anna) == (True, False)
    boris = browser_of(cast.boris).get(f"/files/{file.id}/about").text
    assert ("Открытая" in boris, "Скрытая" in boris) == (True, True)


def test_files_are_found_by_any_part_of_their_name_in_any_case(
    stored: Stored, browser_of: Browser, cast: Cast
) -> None:
    stored(picture(), "Схема_ЦЕХА 100%.png")
    nina = browser_of(cast.nina)
    assert "100%" in nina.get("/files?name=схема_цеха").text
    assert "100%" in nina.get("/files?name=100%25.").text
    assert "No file has this" in nina.get("/files?name=схемаXцеха").text


def test_the_list_goes_on_after_fifty_and_costs_the_same_statements(
    app: Flask, stored: Stored, browser_of: Browser, cast: Cast, clock: SetClock, database: Database
) -> None:
    stored(b"%PDF-1.7", "first.pdf")
    nina = browser_of(cast.nina)
    with counting(database) as few:
        nina.get("/files")
    with database.transaction() as session:
        sha = session.scalars(select(Blob.sha256)).one()
        now = clock.forward(hours=1)
        for n in range(120):
            row = {"audience": "all", "name": f"n{n}.pdf", "name_folded": f"n{n}.pdf"}
            ident = session.scalar(
                insert(Attachment)
                .values(**row, current_number=1, created_by=cast.anna.id, created_at=now)
                .returning(Attachment.id)
            )
            version = {"number": 1, "sha256": sha, "source_sha256": sha, "at": now}
            session.execute(insert(AttachmentVersion).values(attachment_id=ident, **version))
    with counting(database) as many:
        page = nina.get("/files").text
    assert len(many) == len(few)
    seen, steps = page, 1
    while 'rel="next"' in page:
        url = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
        page = nina.get(url).text
        seen, steps = seen + page, steps + 1
    assert steps == 3
    assert all(seen.count(f"> n{n}.pdf<") == 1 for n in range(120))
    assert "first.pdf" in page


def test_a_file_whose_text_could_not_be_read_says_so_where_it_is_listed(
    database: Database, settings: Settings, stored: Stored, browser_of: Browser, cast: Cast
) -> None:
    file = stored(locked_pdf("Secret", "password"), "locked.pdf")
    waiting = "The text of this file has not been read yet"
    locked = "The text of this file could not be read: it is protected by a password."
    nina = browser_of(cast.nina)
    for address in ("/files", f"/files/{file.id}/about"):
        assert waiting in nina.get(address).text
    assert read_next(database, store_of(settings), TextReader()) == 1
    for address in ("/files", f"/files/{file.id}/about"):
        assert locked in nina.get(address).text
        assert waiting not in nina.get(address).text


def test_nothing_is_said_of_files_whose_text_was_read_or_that_have_none(
    database: Database, settings: Settings, stored: Stored, browser_of: Browser, cast: Cast
) -> None:
    stored(b"words", "a.txt")
    stored(picture(), "a.png")
    read_next(database, store_of(settings), TextReader())
    assert "The text of this file" not in browser_of(cast.nina).get("/files").text
