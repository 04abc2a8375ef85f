"""Files that were made to do harm: a clear refusal, and nothing is lost."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import select

from dossiers.deals.files.opened import OpenedFile
from dossiers.deals.models import Deal
from tests.conftest import Cast, SetClock
from tests.dossiers.deals.files import planned, reasons, workbook, written
from wiki.database import Database
from wiki.errors import Refusal


def bomb() -> bytes:
    """A workbook of some kilobytes that unpacks to hundreds of megabytes."""
    out = BytesIO()
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    with (
        ZipFile(BytesIO(workbook([["id", "stage"]]))) as good,
        ZipFile(out, "w", ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            if not name.endswith("sheet1.xml"):
                bad.writestr(name, good.read(name))
        with bad.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as packed:
            packed.write(sheet)
            for _ in range(400):
                packed.write(b" " * 1_000_000)
    return out.getvalue()


def test_a_zip_bomb_is_refused() -> None:
    data = bomb()
    assert len(data) < 1_000_000
    with pytest.raises(Refusal, match="unpacks to more"):
        OpenedFile(data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no rows"),
        (b"\n\n \n", "no rows"),
        (b"PK\x03\x04 no workbook at all", "damaged or no workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 2_000, "workbook of an old kind"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "no table of text"),
        (b"id," * 30_000_000, "larger than 25 megabytes"),
        (b"id,stage," + b"x," * 400 + b"\n", "more than 200 columns"),
        (b"id,stage\n1," + b"," * 1_000_000 + b"\n", "more than 200 columns"),
        (b'id,stage\n1,"Won\n2,Lost\n', "not closed"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        list(planned(data, {"external_id": "id", "stage": "stage"}).items())


def test_more_rows_than_an_import_takes_are_refused_before_any_is_written() -> None:
    data = b"id,stage\n" + b"".join(b"%d,Won\n" % number for number in range(100_001))
    with pytest.raises(Refusal, match="more than 100000 rows"):
        planned(data)


def test_formulas_and_markup_are_texts(database: Database, cast: Cast, clock: SetClock) -> None:
    book = workbook([["id", "title", "stage"], [1, "=1+1", "Won"], [2, "<b>Big</b>", "Won"]])
    with database.transaction() as session:
        written(session, cast.vera, book)
        written(session, cast.vera, 'id,title\n3,"=cmd|calc"\n4,@SUM(1)\n', source="Other")
        titles = set(session.scalars(select(Deal.title)))
    # A formula of which the workbook has no result says nothing.
    assert titles == {"", "<b>Big</b>", "=cmd|calc", "@SUM(1)"}


def test_a_wrong_encoding_refuses_the_rows_that_it_spoils_and_no_others(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    data = "id;title;stage\n1;Линия;Won\n2;Line;Won\n".encode("cp1251")
    with database.transaction() as session:
        report = written(session, cast.vera, data)
        assert report["refused"]["count"] == 0
        spoilt = OpenedFile(data, "utf-8")
        assert "\ufffd" in spoilt.sample(1)[0][1]
        with pytest.raises(Refusal, match="none of the encodings"):
            OpenedFile(data, "rot13")


def test_bad_rows_among_good_ones_are_named_and_the_good_ones_go_in(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    text = "id,company,amount,closed on,stage\n" + "\n".join(_bad()) + "\n"
    with database.transaction() as session:
        report = written(session, cast.vera, text)
        assert {deal.external_id for deal in session.scalars(select(Deal))} == {"ok1", "ok2", "nul"}
    assert report["rows"] == report["taken"] + report["repeated"] + report["refused"]["count"]
    assert [line.split(" ")[0] for line in reasons(report)] == ["3", "4", "5", "6", "7", "9", "10"]


def _bad() -> Iterator[str]:
    yield "ok1,Good,10,2026-01-01,Won"
    yield f"long,{'x' * 10_000},10,2026-01-01,Won"
    yield f"{'i' * 101},Good,10,2026-01-01,Won"
    yield "neg,Good,-10,2026-01-01,Won"
    yield "early,Good,10,0001-01-01,Won"
    yield "late,Good,10,9999-12-31,Won"
    yield "nul,Go\0od,10,2026-01-01,Won"
    yield "wide,Good,10,2026-01-01,Won,beyond"
    yield "ok2,Good,10.123456,2026-01-01,Won"
    yield "ok2,Good,10,2026-01-01,Won"
    yield "ok2,Good,10,2026-01-01,Won"
