from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from dossiers.people.transfer.reading import read_table
from wiki.errors import Refusal, TooLarge
from wiki.tables.tables import MOST_COLUMNS, MOST_ROWS

TEXT = "№;Должность;ФИО\n1;Директор;Иванов Иван\n2;Главный бухгалтер;Петрова Анна\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_russian_text_is_read_in_whatever_encoding_it_comes(encoding: str) -> None:
    table = read_table(TEXT.encode(encoding))
    assert table.headings == ("№", "Должность", "ФИО")
    assert [row.cells for row in table.body][1] == ("2", "Главный бухгалтер", "Петрова Анна")


def test_a_letter_that_is_broken_does_not_spoil_the_other_rows() -> None:
    data = TEXT.encode().replace("Анна".encode(), "Анн".encode() + b"\xd0")
    rows = [row.cells for row in read_table(data).body]
    assert rows[0] == ("1", "Директор", "Иванов Иван")
    assert "\ufffd" in rows[1][2]


def test_an_encoding_that_somebody_chose_is_taken() -> None:
    assert read_table(TEXT.replace("№", "N").encode("koi8-r"), "koi8-r").headings[1] == "Должность"
    with pytest.raises(Refusal, match="none of the encodings"):
        read_table(b"a", "rot13")


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_seen(delimiter: str) -> None:
    text = f"a{delimiter}b{delimiter}c\n1{delimiter}2{delimiter}3\n"
    assert read_table(text.encode()).headings == ("a", "b", "c")


def test_commas_inside_of_cells_do_not_mislead() -> None:
    text = "id;title;name\n1;Head, sales, Moscow;Ann\n2;Head, sales, Perm;Bob\n"
    assert read_table(text.encode()).headings == ("id", "title", "name")


def test_the_first_line_of_a_spreadsheet_program_names_the_delimiter() -> None:
    assert read_table(b"sep=|\na,b|c\n1|2\n").headings == ("a,b", "c")


def test_cells_may_hold_delimiters_quotation_marks_and_new_lines() -> None:
    table = read_table(b'a,b\n"x, ""y""\nz",2\n3,4\n')
    assert [row.cells for row in table.body] == [('x, "y"\nz', "2"), ("3", "4")]
    assert [row.number for row in table.body] == [2, 3]


def test_headings_are_unique_and_long_rows_keep_all_of_their_cells() -> None:
    table = read_table(b"\nname,name,\n1,2,3,4\n")
    assert table.headings == ("name", "name (2)", "#3", "#4")
    assert [row.cells for row in table.body] == [("1", "2", "3", "4")]


def test_marks_that_are_not_closed_are_told_with_their_line_and_nothing_is_swallowed() -> None:
    with pytest.raises(Refusal, match="line 3"):
        read_table(b'a,b\n1,2\n3,"4\n5,6\n7,8\n')


def test_nul_bytes_do_no_harm() -> None:
    assert read_table(b"\xef\xbb\xbfa,b\nx\x00y,\x00\n").sample() == [("xy", "")]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b" , ,\n"])
def test_a_file_without_rows_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal, match="no rows"):
        read_table(data)


def test_too_much_is_refused_with_the_limit() -> None:
    for data, words in (
        (b"x" * 25_000_001, "25 megabytes"),
        (b"a\n" + b"1\n" * (MOST_ROWS + 1), f"{MOST_ROWS} rows"),
        (b"a," * (MOST_COLUMNS + 1) + b"b\n", f"{MOST_COLUMNS} columns"),
        (b"a,b\n" + b"," * 20_000_000, f"{MOST_COLUMNS} columns"),
        (b'a,b\n"' + b"x" * 200_000 + b'",1\n', "far too long"),
    ):
        with pytest.raises(TooLarge, match=words):
            read_table(data)
    assert len(read_table(b"a\n" + b"1\n" * MOST_ROWS).rows) == MOST_ROWS + 1


def _workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    book.create_sheet("people")
    for row in rows:
        book["people"].append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_from_its_first_sheet_with_rows() -> None:
    table = read_table(_workbook(("№", "ФИО"), (7, "Иванов"), (8.5, None)))
    assert table.form == "xlsx"
    assert [row.cells for row in table.body] == [("7", "Иванов"), ("8.5",)]


def test_workbooks_that_are_none_or_bombs_are_refused() -> None:
    with pytest.raises(Refusal, match="damaged or no workbook"):
        read_table(b"PK\x03\x04 no workbook at all")
    with pytest.raises(Refusal, match="old kind"):
        read_table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 50_000_000)
    with pytest.raises(Refusal, match="unpacks to more"):
        read_table(bomb.getvalue())


CARDS = """BEGIN:VCARD\r
VERSION:3.0\r
FN:Иванов Иван\r
N:Иванов;Иван;;;\r
EMAIL;TYPE=work:ivan@romashka.ru\r
item1.TEL;TYPE=cell:+7 900 123-45-67\r
ORG:ООО «Ромашка»;Отдел закупок\r
TITLE:Начальник отдела\\, закупки\r
END:VCARD\r
BEGIN:VCARD
VERSION:4.0
N:Петрова;Анна;Сергеевна;;
TEL;VALUE=uri;TYPE="voice,home":tel:+7-495-000-00-00
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Без конца
"""


def test_cards_are_rows_and_a_broken_one_says_why() -> None:
    table = read_table(CARDS.encode())
    assert table.form == "vcf"
    first, second, third = table.body
    assert first.cells[:3] == ("Иванов Иван", "ivan@romashka.ru", "+7 900 123-45-67")
    assert first.cells[3:5] == ("Начальник отдела, закупки", "ООО «Ромашка», Отдел закупок")
    assert second.cells[:3] == ("Петрова Анна Сергеевна", "", "+7-495-000-00-00")
    assert third.cells[0] == "Без конца"
    assert list(table.broken) == [third.number]
