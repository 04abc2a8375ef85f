"""What is read in each kind of file."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.factories.documents import (
    docx,
    drawn_pdf,
    locked_pdf,
    odt,
    packed,
    pdf,
    pptx,
    word_of,
    xlsx,
)
from wiki.files.rules import DOCX, ODT, PPTX, XLSX
from wiki.files.texts.outcome import Limits, Outcome, Reason
from wiki.files.texts.pdf import whole_lines
from wiki.files.texts.reading import read_text, reader_of

PDF = "application/pdf"
Read = Callable[..., Outcome]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read bytes as a file of that type, in this process."""

    def do(data: bytes, media_type: str, characters: int = 500_000) -> Outcome:
        path = tmp_path / "file"
        path.write_bytes(data)
        return read_text(path, reader_of(media_type), Limits(20, 512, characters))

    return do


def test_a_pdf_gives_all_its_pages_in_russian_and_english(read: Read) -> None:
    found = read(pdf("Договор поставки пельменей.", "The second page."), PDF)
    assert found == Outcome("Договор поставки пельменей.\nThe second page.")


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_locked_against_changes_only_is_read(read: Read, algorithm: str) -> None:
    assert read(locked_pdf("Открытый текст", "", algorithm), PDF).text == "Открытый текст"


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_with_a_password_says_so(read: Read, algorithm: str) -> None:
    assert read(locked_pdf("Тайна", "secret", algorithm), PDF) == Outcome("", Reason.PROTECTED)


def test_a_pdf_of_pictures_says_so(read: Read) -> None:
    assert read(drawn_pdf(), PDF) == Outcome("", Reason.PICTURES)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("продле-\nние договора", "продление договора"),
        ("цена\nпельменей выросла", "цена пельменей выросла"),
        ("Итого.\nвторой абзац", "Итого.\nвторой абзац"),
        ("Итого\nВсего", "Итого\nВсего"),
        ("A-\n12", "A-\n12"),
    ],
)
def test_lines_of_a_pdf_become_sentences_again(lines: str, text: str) -> None:
    assert whole_lines(lines) == text


def test_a_docx_gives_paragraphs_tables_and_headers(read: Read) -> None:
    found = read(docx("Первый абзац.", "Second.", cells=("Фарш", "12,50"), header="Шапка"), DOCX)
    assert found == Outcome("Первый абзац.\nSecond.\nФарш\n12,50\nШапка")


def test_what_was_struck_out_of_a_docx_is_not_read(read: Read) -> None:
    body = (
        "<w:p><w:r><w:t>Цена </w:t></w:r><w:del><w:r><w:delText>старая</w:delText></w:r></w:del>"
        "<w:r><w:t>новая</w:t></w:r></w:p>"
    )
    assert read(word_of(body), DOCX).text == "Цена новая"


def test_a_text_box_is_read_once_and_not_in_its_copy_for_old_programs(read: Read) -> None:
    box = "<w:p><w:r><w:t>Рамка</w:t></w:r></w:p>"
    body = f"<mc:A xmlns:mc='m'><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:A>"
    assert read(word_of(body), DOCX).text == "Рамка"


def test_words_parted_into_runs_stay_one_word(read: Read) -> None:
    body = "<w:p><w:r><w:t>пель</w:t></w:r><w:r><w:t>мени</w:t></w:r></w:p>"
    assert read(word_of(body), DOCX).text == "пельмени"


def test_slides_come_in_order_each_with_its_notes(read: Read) -> None:
    slides = [(f"Слайд {number}", f"Заметка {number}") for number in range(1, 12)]
    lines = read(pptx(*slides), PPTX).text.split("\n")
    assert lines.index("Слайд 2") < lines.index("Слайд 10")
    assert lines.index("Слайд 10") < lines.index("Заметка 10") < lines.index("Слайд 11")


def test_an_xlsx_gives_sheets_rows_numbers_and_days(read: Read) -> None:
    rows = [["Пельмени", 12.5, 0.1 + 0.2, None, datetime(2026, 3, 12)], [], ["Total", 100]]
    found = read(xlsx(Цены=rows, Second=[["x"]]), XLSX)
    assert found == Outcome("Цены\nПельмени | 12.5 | 0.3 | 12.03.2026\nTotal | 100\nSecond\nx")


def test_an_odt_gives_its_paragraphs_without_what_was_struck_out(read: Read) -> None:
    body = (
        "<text:tracked-changes><text:p>старое</text:p></text:tracked-changes>"
        "<text:h>Заголовок</text:h><text:p>Два<text:s/>слова</text:p>"
    )
    assert read(odt(body), ODT).text == "Заголовок\nДва слова"


def test_a_csv_and_a_markdown_file_are_read_as_they_are(read: Read) -> None:
    assert read("Товар;Цена\nФарш;12,50\n".encode(), "text/plain").text == "Товар;Цена\nФарш;12,50"
    assert read(b"# Title\n\n\n\nText   here", "text/plain").text == "# Title\nText here"


def test_a_web_page_gives_its_words_without_its_programs(read: Read) -> None:
    page = (
        "<!doctype html><title>Прайс</title><style>p{color:red}</style><script>var a=1</script>"
        "<p>Пельмени &amp; вареники</p><table><tr><td>Фарш<td>12</table><script>unclosed"
    )
    expected = "Прайс\nПельмени & вареники\n| Фарш | 12"
    assert read(page.encode(), "text/plain").text == expected
    assert read(page.encode("cp1251"), "text/html").text == expected


def test_a_web_page_is_read_in_the_encoding_that_it_names(read: Read) -> None:
    page = '<html><meta charset="koi8-r"><body>Щи</body></html>'
    assert read(page.encode("koi8-r"), "text/html").text == "Щи"


def test_the_words_of_a_drawing_are_read(read: Read) -> None:
    drawing = b"<svg><style>.a{}</style><text>Roof</text><text>Cellar</text></svg>"
    assert read(drawing, "image/svg+xml").text == "Roof\nCellar"


def test_rich_text_is_not_taken_for_plain_text(read: Read) -> None:
    assert read(rb"{\rtf1\ansi hello}", "text/plain") == Outcome("", Reason.OTHER_KIND)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(docx(), DOCX), (xlsx(A=[]), XLSX), (b" \n\t ", "text/plain"), (b"", "text/plain")],
)
def test_a_file_without_a_word_says_so(read: Read, data: bytes, media_type: str) -> None:
    assert read(data, media_type) == Outcome("", Reason.EMPTY)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        ("слово " * 100, "text/plain"),
        (docx(*["слово"] * 100), DOCX),
        (xlsx(Лист=[["слово"]] * 100), XLSX),
        (pdf(*["слово " * 30] * 4), PDF),
        ("<p>" + "слово " * 100, "text/html"),
    ],
)
def test_of_a_long_file_the_beginning_is_kept(
    read: Read, data: bytes | str, media_type: str
) -> None:
    raw = data.encode() if isinstance(data, str) else data
    found = read(raw, media_type, characters=60)
    assert found.reason == Reason.PARTLY
    assert 40 < len(found.text) <= 60
    assert "слово" in found.text


def test_nothing_that_a_database_does_not_take_comes_out(read: Read) -> None:
    body = "<w:p><w:r><w:t>a&#xFFFD;b\u00adc</w:t></w:r></w:p>"
    assert read(word_of(body), DOCX).text == "a\ufffdb\u00adc"
    assert read(b"a\0b\x01c\r\nd", "text/plain").text == "a b c\nd"
    assert "\ud800" not in read("a\ud800b".encode("utf-8", "surrogatepass"), "text/plain").text


@pytest.mark.parametrize("media_type", [PDF, DOCX, XLSX, PPTX, ODT])
@pytest.mark.parametrize(
    "data",
    [b"", b"nothing of the kind", b"%PDF-1.7\n" + b"\xff" * 500, packed({"a.txt": "x"})],
    ids=["empty", "words", "noise", "archive"],
)
def test_what_only_has_the_name_of_its_kind_is_damaged(
    read: Read, data: bytes, media_type: str
) -> None:
    assert read(data, media_type) == Outcome("", Reason.DAMAGED)


@pytest.mark.parametrize(
    ("whole", "media_type"),
    [(docx("слово " * 500), DOCX), (xlsx(A=[["слово"] * 50] * 50), XLSX), (pptx(("a", "b")), PPTX)],
)
def test_half_a_file_is_damaged(read: Read, whole: bytes, media_type: str) -> None:
    assert read(whole[: len(whole) // 2], media_type) == Outcome("", Reason.DAMAGED)


def test_half_a_pdf_gives_what_can_be_saved_or_says_that_it_is_damaged(read: Read) -> None:
    whole = pdf("Первая", "Вторая")
    found = read(whole[: len(whole) * 9 // 10], PDF)
    assert found.text or found.reason in (Reason.DAMAGED, Reason.PICTURES)
