"""Files that mean harm, read by the process as the worker has them read."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.factories.documents import (
    WORD_XML,
    bare_pdf,
    docx,
    packed,
    pdf,
    repacked,
    word_of,
    xlsx,
)
from wiki.files.rules import DOCX, XLSX
from wiki.files.texts.outcome import Limits, Outcome, Reason
from wiki.files.texts.running import TextReader

PDF = "application/pdf"
ROOT = Path(__file__).parents[4]
BILLION = (
    '<!DOCTYPE d [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE d [<!ENTITY c SYSTEM "file:///etc/passwd">]>'
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
SLOW = bare_pdf(b"BT /F1 9 Tf (hello) Tj ET\n" * 1_000_000)

Read = Callable[..., Outcome]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Have bytes read as a file of that type by the reading process."""

    def do(data: bytes, media_type: str, **limits: float) -> Outcome:
        path = tmp_path / "file"
        path.write_bytes(data)
        return TextReader(Limits(**limits)).read(path, media_type)  # type: ignore[arg-type]

    return do


def test_the_process_gives_text_and_reason_to_the_server(read: Read) -> None:
    assert read(pdf("Пельмени"), PDF) == Outcome("Пельмени")
    assert read(b"\0", PDF) == Outcome("", Reason.DAMAGED)
    assert read(b"\0", "application/zip") == Outcome("", Reason.OTHER_KIND)
    assert read("слово ".encode() * 99, "text/plain", characters=20) == Outcome(
        "слово слово слово сл", Reason.PARTLY
    )


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    assert TextReader().read(tmp_path / "absent", PDF) == Outcome("", Reason.MISSING)


def test_an_archive_that_unpacks_to_two_hundred_times_its_size_is_not_unpacked(read: Read) -> None:
    bomb = word_of(PARAGRAPH.format("a" * 25_000_000))
    assert len(bomb) < 100_000
    assert read(bomb, DOCX) == Outcome("", Reason.TOO_LARGE)
    assert read(repacked(xlsx(A=[["a"]]), xl__sharedStrings="a" * 25_000_000), XLSX) == Outcome(
        "", Reason.TOO_LARGE
    )


def test_an_archive_of_ten_thousand_parts_is_not_unpacked(read: Read) -> None:
    parts: dict[str, str | bytes] = {f"{number}.xml": "" for number in range(10_000)}
    assert read(packed({**parts, WORD_XML: "<a/>"}), DOCX) == Outcome("", Reason.TOO_LARGE)


def test_an_archive_that_lies_about_its_size_gives_no_more_than_it_said(read: Read) -> None:
    data = bytearray(word_of(PARAGRAPH.format("a" * 1_000_000)))
    with ZipFile(BytesIO(bytes(data))) as archive:
        said = archive.getinfo(WORD_XML).file_size.to_bytes(4, "little")
    assert data.count(said) == 2
    lie = bytes(data).replace(said, (200).to_bytes(4, "little"))
    assert read(lie, DOCX) == Outcome("", Reason.DAMAGED)


@pytest.mark.parametrize("declared", [BILLION, OUTSIDE])
def test_documents_that_declare_entities_are_not_read(read: Read, declared: str) -> None:
    body = PARAGRAPH.format("&c;")
    assert read(word_of(body, declared), DOCX) == Outcome("", Reason.DAMAGED)
    wide = word_of(body, declared).decode("latin-1")
    assert "root:" not in wide
    strings = f"{declared}<sst xmlns='x'><si><t>&c;</t></si></sst>"
    for spelt in (strings, strings.encode("utf-16")):
        book = repacked(xlsx(A=[["a"]]), xl__sharedStrings=spelt)
        assert read(book, XLSX) == Outcome("", Reason.DAMAGED)


def test_entities_of_a_drawing_and_of_a_web_page_stay_names(read: Read) -> None:
    drawing = OUTSIDE + "<svg><text>x&c;</text></svg>"
    assert "root:" not in read(drawing.encode(), "image/svg+xml").text


@pytest.mark.slow
def test_of_a_cell_of_24_megabytes_the_beginning_is_kept_in_little_memory(read: Read) -> None:
    dice = random.Random(5)
    words = "".join(f"{dice.getrandbits(8_000_000):b}" for _ in range(3))
    found = read(word_of(PARAGRAPH.format(words)), DOCX, megabytes=128)
    assert found.reason == Reason.PARTLY
    assert len(found.text) > 499_000
    assert words.startswith(found.text)
    rows = f"<row><c t='inlineStr'><is><t>{words}</t></is></c></row>"
    sheet = f"<worksheet xmlns='{_SHEETS}'><sheetData>{rows}</sheetData></worksheet>"
    book = repacked(xlsx(A=[["a"]]), xl__worksheets__sheet1=sheet)
    assert read(book, XLSX, megabytes=128) == Outcome("", Reason.TOO_LARGE)
    assert read(book, XLSX).text == f"A\n{words}"[:500_000]


_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_a_cell_at_the_far_end_of_a_sheet_costs_no_time(read: Read) -> None:
    rows = "<row r='1048576'><c r='XFD1048576' t='inlineStr'><is><t>end</t></is></c></row>"
    sheet = f"<worksheet xmlns='{_SHEETS}'><sheetData>{rows}</sheetData></worksheet>"
    began = time.monotonic()
    found = read(repacked(xlsx(A=[["a"]]), xl__worksheets__sheet1=sheet), XLSX)
    assert found == Outcome("A\nend")
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("kids", ["[2 0 R]", "[2 0 R 2 0 R 4 0 R]", "2 0 R", "[9 0 R]", "[null]"])
def test_a_tree_of_pages_that_leads_back_to_itself_ends(read: Read, kids: str) -> None:
    found = read(bare_pdf(b"BT /F1 9 Tf (hello) Tj ET", kids), PDF, seconds=5)
    assert found.text in ("", "hello")
    assert found.text or found.reason in (Reason.DAMAGED, Reason.PICTURES, Reason.TOO_SLOW)


def test_a_table_of_places_that_leads_back_to_itself_ends(read: Read) -> None:
    whole = bare_pdf(b"BT /F1 9 Tf (hello) Tj ET")
    place = whole.index(b"xref\n0 5")
    looped = whole.replace(b"/Root", b"/Prev %d/Root" % place)
    assert read(looped, PDF, seconds=5).text == "hello"


def test_what_takes_too_long_is_ended_in_time(read: Read) -> None:
    began = time.monotonic()
    assert read(SLOW, PDF, seconds=1) == Outcome("", Reason.TOO_SLOW)
    assert time.monotonic() - began < 15


@pytest.mark.slow
def test_when_the_time_is_nearly_over_what_was_read_is_kept(read: Read) -> None:
    found = read(bare_pdf(b"BT /F1 9 Tf (hello) Tj ET\n" * 500, pages=3000), PDF, seconds=6)
    assert found.reason == Reason.PARTLY
    assert found.text.startswith("hello")


def test_what_takes_too_much_memory_is_ended(read: Read) -> None:
    data = "слово ".encode() * 2_000_000
    assert read(data, "text/plain", megabytes=128, characters=9_000_000) == Outcome(
        "", Reason.TOO_LARGE
    )
    assert read(data, "text/plain", characters=9_000_000).reason == Reason.PARTLY
    pages = bare_pdf(b" " * 70_000_000)
    assert read(pages, PDF, megabytes=128) == Outcome("", Reason.TOO_LARGE)


def test_the_process_ends_when_the_worker_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "slow"
    path.write_bytes(SLOW)
    script = (
        "import sys, pathlib\n"
        "from wiki.files.texts.running import TextReader, Limits\n"
        "print('begun', flush=True)\n"
        f"TextReader(Limits(seconds=60)).read(pathlib.Path({str(path)!r}), {PDF!r})\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=ROOT
    ) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        assert _within(20, lambda: bool(_readers(path)))
        worker.kill()
    assert _within(5, lambda: not _readers(path))


def _readers(path: Path) -> list[str]:
    listed = subprocess.run(
        ["ps", "-eww", "-o", "args="], capture_output=True, text=True, check=True
    )
    return [
        line
        for line in listed.stdout.splitlines()
        if "wiki.files.texts.process" in line and str(path) in line
    ]


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
    return False


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('example.com', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "open(FOLDER + '/new', 'w')",
        "import os; os.open(FOLDER + '/new', os.O_CREAT | os.O_WRONLY)",
        "import os; os.remove(FOLDER + '/old')",
        "import ctypes; ctypes.CDLL(None)",
    ],
)
def test_the_process_has_no_door_to_the_world(tmp_path: Path, deed: str) -> None:
    (tmp_path / "old").write_text("old")
    script = (
        f"FOLDER = {str(tmp_path)!r}\n"
        "import socket, subprocess, urllib.request, ctypes\n"
        "from wiki.files.texts.process import close_doors\n"
        "open(FOLDER + '/old').read()\n"
        "close_doors()\n"
        "open(FOLDER + '/old').read()\n"
        f"try:\n    {deed}\nexcept PermissionError as error:\n    print(error)\n"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert "A file that is read may not do this" in told.stdout, told.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_the_process_is_not_told_the_secrets_of_the_server(
    read: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DOSSIER_WIKI_SECRET_KEY", "very secret")
    spy = tmp_path / "python"
    spy.write_text(f'#!/bin/sh\nenv > {tmp_path}/environment\nexec {sys.executable} "$@"\n')
    spy.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(spy))
    assert read(b"words", "text/plain").text == "words"
    told = (tmp_path / "environment").read_text()
    assert "PATH=" in told
    assert "very secret" not in told


@pytest.mark.parametrize("said", ["echo nonsense", "echo '[]'", "kill -9 $$", "exit 7", "true"])
def test_a_process_that_answers_nonsense_has_failed(
    read: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str
) -> None:
    broken = tmp_path / "python"
    broken.write_text(f"#!/bin/sh\n{said}\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    assert read(b"words", "text/plain") == Outcome("", Reason.FAILED)


def test_when_no_process_can_be_started_the_caller_hears_of_it(
    read: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "absent"))
    with pytest.raises(OSError, match="absent"):
        read(b"words", "text/plain")


def test_the_process_knows_neither_the_web_nor_the_database() -> None:
    script = (
        "import sys, wiki.files.texts.process, wiki.files.texts.pdf, wiki.files.texts.office\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}"
        " & {'flask', 'sqlalchemy', 'werkzeug', 'jinja2', 'whoosh', 'pydantic', 'bleach'}))"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert shown.stdout.strip() == "[]"


def test_small_limits_do_not_spoil_the_compiled_modules(tmp_path: Path) -> None:
    """Python puts compiled modules aside; a limit of what may be written must not cut them."""
    path = tmp_path / "file"
    path.write_bytes(b"words " * 100)
    compiled = tmp_path / "compiled"
    script = (
        "import pathlib\n"
        "from wiki.files.texts import running\n"
        f"running._KEPT = (*running._KEPT, 'PYTHONPYCACHEPREFIX')\n"
        "for characters in (5, 500):\n"
        "    reader = running.TextReader(running.Limits(characters=characters))\n"
        f"    print(reader.read(pathlib.Path({str(path)!r}), 'text/plain').text[:5])\n"
    )
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    shown = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, env=environment
    )
    assert shown.stdout.split() == ["words", "words"], shown.stderr
    assert list(compiled.rglob("plain.*.pyc"))


def test_reading_leaves_no_process_and_no_file_behind(read: Read, tmp_path: Path) -> None:
    read(docx("a"), DOCX)
    read(SLOW, PDF, seconds=0.5)
    assert os.listdir(tmp_path) == ["file"]
    assert not _readers(tmp_path / "file")
