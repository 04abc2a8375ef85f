"""How files are served: types, headers, versions, sizes, and to whom."""

from io import BytesIO
from urllib.parse import quote

import pytest
from PIL import Image

from tests.conftest import Cast
from tests.factories.files import archive, photograph, picture
from tests.wiki.files.conftest import Browser, Stored
from wiki.config import Settings
from wiki.files.rules import DOCX, file_url
from wiki.files.services import store_of


def test_a_picture_is_shown_and_can_do_nothing(
    stored: Stored, browser_of: Browser, cast: Cast
) -> None:
    file = stored(picture("PNG"), "схема.png")
    answer = browser_of(cast.nina).get(file_url(file.id, file.name))
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert f"filename*=UTF-8''{quote('схема.png')}" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("data", "name", "mimetype"),
    [
        (b"%PDF-1.7", "a.pdf", "application/pdf"),
        (archive("[Content_Types].xml", "word/document.xml"), "a.docx", DOCX),
        (b"<svg onload='alert(1)'/>", "a.svg", "application/octet-stream"),
        (b"some <script>", "a.html", "text/plain"),
        (b"<script>alert(1)</script>", "a.html", "application/octet-stream"),
        ("\ufeff<html>".encode("utf-16-le"), "a.htm", "application/octet-stream"),
        (archive("a"), "a.zip", "application/zip"),
    ],
)
def test_everything_but_pictures_is_only_downloaded(
    stored: Stored, browser_of: Browser, cast: Cast, data: bytes, name: str, mimetype: str
) -> None:
    file = stored(data, name)
    answer = browser_of(cast.nina).get(file_url(file.id, file.name))
    assert answer.mimetype == mimetype
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.data == data


def test_an_unchanged_file_is_answered_with_304(
    stored: Stored, browser_of: Browser, cast: Cast
) -> None:
    file = stored(picture(), "a.png")
    nina = browser_of(cast.nina)
    etag = nina.get(file_url(file.id, file.name)).headers["ETag"]
    again = nina.get(file_url(file.id, file.name), headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_an_address_with_a_version_may_be_kept_for_ever(
    stored: Stored, browser_of: Browser, cast: Cast
) -> None:
    file = stored(picture(), "a.png")
    answer = browser_of(cast.nina).get(file_url(file.id, file.name) + "?v=1")
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Cache-Control"].startswith("private")


@pytest.mark.parametrize("version", ["2", "0", "-1", "9" * 30])
def test_a_version_that_does_not_exist_is_not_found(
    stored: Stored, browser_of: Browser, cast: Cast, version: str
) -> None:
    file = stored(picture(), "a.png")
    answer = browser_of(cast.nina).get(f"{file_url(file.id, file.name)}?v={version}")
    assert answer.status_code == 404


@pytest.mark.parametrize(("form", "shown"), [("JPEG", "JPEG"), ("PNG", "PNG"), ("GIF", "PNG")])
def test_pictures_come_in_the_widths_of_the_list(
    stored: Stored, browser_of: Browser, cast: Cast, settings: Settings, form: str, shown: str
) -> None:
    file = stored(picture(form, 2000, 1000), "a." + form.lower())
    nina, url = browser_of(cast.nina), file_url(file.id, file.name)
    small = nina.get(url + "?w=480")
    with Image.open(BytesIO(small.data)) as image:
        assert (image.size, image.format) == ((480, 240), shown)
    assert small.mimetype == f"image/{shown.lower()}"
    assert small.headers["ETag"] != nina.get(url).headers["ETag"]
    assert len(list((store_of(settings).home / "thumbnails").rglob("*-480.*"))) == 1
    with Image.open(BytesIO(nina.get(url).data)) as image:
        assert image.width == 1600
    with Image.open(BytesIO(nina.get(url + "?whole=1").data)) as image:
        assert image.width == 2000
    with Image.open(BytesIO(nina.get(url + "?w=481").data)) as image:
        assert image.width == 1600


def test_a_small_picture_is_not_made_larger(
    stored: Stored, browser_of: Browser, cast: Cast
) -> None:
    file = stored(photograph(30, 60), "a.jpg")
    answer = browser_of(cast.nina).get(file_url(file.id, file.name) + "?w=480")
    with Image.open(BytesIO(answer.data)) as image:
        assert image.size == (60, 30)


def test_a_file_of_another_team_is_as_absent_as_one_that_never_was(
    stored: Stored, browser_of: Browser, cast: Cast
) -> None:
    file = stored(picture(), "тайна.png", cast.boris, f"team:{cast.boris.team_id}")
    for path in (f"/files/{file.id}/any.png", f"/files/{file.id}/about"):
        assert browser_of(cast.boris).get(path).status_code == 200
        hidden = browser_of(cast.anna).get(path)
        absent = browser_of(cast.anna).get(path.replace(f"/{file.id}/", "/999/"))
        assert (hidden.status_code, absent.status_code) == (404, 404)
        assert "тайна" not in hidden.text
    assert "тайна" in browser_of(cast.boris).get("/files").text
    assert "тайна" not in browser_of(cast.anna).get("/files?show=unused").text
    assert "тайна" not in browser_of(cast.vera).get("/files?show=unused").text


def test_a_stranger_is_sent_to_sign_in(stored: Stored, browser_of: Browser) -> None:
    file = stored(picture(), "a.png")
    answer = browser_of(None).get(file_url(file.id, file.name))
    assert answer.status_code in (302, 401)
