"""What comes in: kinds, limits, pictures, and how it lies on disk."""

import hashlib
import tracemalloc
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.factories.files import archive, photograph, picture
from wiki.errors import Refusal, TooLarge
from wiki.files import images
from wiki.files.rules import DOCX, ODT, PPTX, XLSX, clean_name, markdown_of
from wiki.files.services import receive
from wiki.files.sniffing import sniff
from wiki.files.store import FileStore


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path, limit=1_000_000)


def _odt() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr("mimetype", ODT)
        packed.writestr("content.xml", "<a/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("GIF"), "image/gif"),
        (picture("WEBP"), "image/webp"),
        (b"%PDF-1.7\n...", "application/pdf"),
        (archive("[Content_Types].xml", "word/document.xml"), DOCX),
        (archive("[Content_Types].xml", "xl/workbook.xml"), XLSX),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), PPTX),
        (_odt(), ODT),
        (archive("a.txt"), "application/zip"),
        ("Цена; 12,50 ₽\n".encode(), "text/plain"),
        ("Цена; 12,50\r\n".encode("windows-1251"), "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        (b"<?xml version='1.0'?>\n<!-- a --><svg><script/></svg>", "image/svg+xml"),
        (b"# Notes on <html> and <script> tags", "text/plain"),
        ("Цена; 12,50 ₽\r\n".encode("utf-16"), "text/plain"),
        (b"<!DOCTYPE html><p>", "text/html"),
        (b"\xef\xbb\xbf \n<!-- x --><HTML>", "text/html"),
        ("<html><p>Цена".encode("utf-16"), "text/html"),
        (b"<script>alert(1)</script>", "text/html"),
    ],
)
def test_the_kind_of_a_file_is_told_from_its_bytes(data: bytes, media_type: str) -> None:
    assert sniff(BytesIO(data)) == media_type


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90\x00\x03",
        b"\x7fELF\x02\x01\x01\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"PK\x03\x04 and then nothing",
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        b"text with \x00 in it",
        b"\xff\xfe\x00\xd8\x00\xd8",
        b"\xff\xfea\x00\x02\x00",
    ],
)
def test_programs_and_unknown_kinds_are_refused(store: FileStore, data: bytes) -> None:
    with pytest.raises(Refusal):
        receive(store, BytesIO(data), "report.pdf")
    assert not [path for path in store.home.rglob("*") if path.is_file()]


def test_a_directory_of_a_million_names_is_not_read(store: FileStore) -> None:
    data = bytearray(archive("[Content_Types].xml", "word/document.xml"))
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = (2_000_000).to_bytes(4, "little")
    assert sniff(BytesIO(bytes(data))) == "application/zip"


def test_many_comments_before_a_tag_cost_no_time() -> None:
    assert sniff(BytesIO(b"<!---->" * 580 + b"<x")) == "text/plain"


def test_the_content_lies_under_its_hash_and_once(store: FileStore) -> None:
    first = receive(store, BytesIO(b"%PDF-1.7 same"), "a.pdf")
    second = receive(store, BytesIO(b"%PDF-1.7 same"), "b.pdf")
    expected = hashlib.sha256(b"%PDF-1.7 same").hexdigest()
    assert first.sha256 == second.sha256 == expected
    path = store.home / "files" / expected[:2] / expected[2:4] / expected
    assert path.read_bytes() == b"%PDF-1.7 same"
    assert [p for p in store.home.rglob("*") if p.is_file()] == [path]


def test_one_byte_above_the_limit_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    store = FileStore(tmp_path, limit=1000)
    assert receive(store, BytesIO(b"a" * 1000), "a.txt").size == 1000
    with pytest.raises(TooLarge):
        receive(store, BytesIO(b"a" * 1001), "a.txt")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_large_file_needs_little_memory(tmp_path: Path) -> None:
    stream = BytesIO(b"%PDF-1.7" + b"x" * 20_000_000)
    tracemalloc.start()
    try:
        receive(FileStore(tmp_path), stream, "a.pdf")
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000


def test_a_photograph_loses_its_camera_data_and_stands_upright(store: FileStore) -> None:
    received = receive(store, BytesIO(photograph(40, 20, orientation=6)), "IMG_1.JPG")
    assert received.picture == images.Picture(20, 40)
    data = store.path(received.sha256).read_bytes()
    assert b"SecretCamera" not in data
    with Image.open(BytesIO(data)) as image:
        assert image.size == (20, 40)
        assert not image.getexif()
        assert image.getpixel((10, 5))[0] < 40 < 200 < image.getpixel((10, 35))[0]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_clean_picture_is_kept_byte_for_byte(store: FileStore, form: str) -> None:
    data = picture(form)
    received = receive(store, BytesIO(data), "a")
    assert store.path(received.sha256).read_bytes() == data
    assert received.sha256 == received.source_sha256


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_what_was_made_clean_once_stays_as_it_is(store: FileStore, form: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    once = receive(store, BytesIO(picture(form, exif=exif)), "a")
    data = store.path(once.sha256).read_bytes()
    assert b"SecretCamera" not in data
    assert receive(store, BytesIO(data), "a").sha256 == once.sha256


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF"])
def test_what_is_hidden_behind_a_picture_is_cut_off(store: FileStore, form: str) -> None:
    hidden = b"<script>alert(1)</script>"
    received = receive(store, BytesIO(picture(form) + hidden), "a")
    assert hidden not in store.path(received.sha256).read_bytes()


def test_half_a_picture_is_refused(store: FileStore) -> None:
    whole = picture("PNG", 300, 300, mode="RGB")
    with pytest.raises(Refusal, match="damaged"):
        receive(store, BytesIO(whole[: len(whole) // 2]), "a.png")


def test_a_bomb_of_pixels_is_refused_before_it_is_decoded(store: FileStore) -> None:
    bomb = picture("PNG", 12_000, 9_000, mode="L")
    assert len(bomb) < 200_000
    with pytest.raises(TooLarge, match="pixels"):
        receive(store, BytesIO(bomb), "a.png")


def test_a_very_wide_picture_is_made_smaller(store: FileStore) -> None:
    received = receive(store, BytesIO(picture("JPEG", 8000, 100)), "a.jpg")
    assert received.picture is not None
    assert received.picture.width <= 5000


@pytest.mark.parametrize(
    ("name", "media_type", "cleaned"),
    [
        ("C:\\temp\\Прайс.pdf", "application/pdf", "Прайс.pdf"),
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ("photo.html", "image/png", "photo.html.png"),
        ("run.bat", "text/plain", "run.bat.txt"),
        ("цены.csv", "text/plain", "цены.csv"),
        ("", "application/pdf", "file.pdf"),
        ("...", "application/zip", "file.zip"),
        ("a\u202egnp.exe", "image/png", "agnp.exe.png"),
        ("x" * 500 + ".jpeg", "image/jpeg", "x" * 145 + ".jpeg"),
        ("\ud800б.docx", DOCX, "б.docx"),
    ],
)
def test_names_are_safe_and_end_as_their_content_does(
    name: str, media_type: str, cleaned: str
) -> None:
    assert clean_name(name, media_type) == cleaned


@given(st.text(max_size=300), st.sampled_from(["image/png", "text/plain", DOCX]))
def test_any_name_becomes_one_that_stays_as_it_is(name: str, media_type: str) -> None:
    cleaned = clean_name(name, media_type)
    assert clean_name(cleaned, media_type) == cleaned
    assert 0 < len(cleaned) <= 150
    assert not set(cleaned) & set('/\\<>:"|?*\n\r\0')
    cleaned.encode()


def test_the_markdown_of_a_picture_survives_brackets_and_spaces() -> None:
    assert markdown_of(7, "a [1] (b).png", "image/png") == (
        "![a \\[1\\] (b).png](/files/7/a%20%5B1%5D%20%28b%29.png)"
    )
    assert markdown_of(7, "a.pdf", "application/pdf") == "[a.pdf](/files/7/a.pdf)"
