"""A small set of made-up files with the quirks of real ones, and how tests send files.

Its quirks: a product that the list of products writes otherwise (`ZipPro`), deals without a
company, open deals without amounts and days, lost deals that are worth zero and not nothing,
near-twins among company names, a misspelled sector, a seller without deals.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from flask import Flask
from openpyxl import Workbook
from sqlalchemy.orm import Session

from dossiers.deals.cli import deals_commands
from dossiers.deals.files.fields import guess_fields
from dossiers.deals.files.loading import Plan, write_whole
from dossiers.deals.files.opened import OpenedFile
from dossiers.deals.files.reading import Chosen, check_chosen
from dossiers.deals.files.services import new_load, start_load
from dossiers.deals.files.settings import settings_from
from dossiers.deals.models import DealLoad
from wiki.accounts.actor import Actor

PRODUCTS = "product,series,sales_price\nZip Pro,ZIP,1000\nZip Basic,ZIP,250\nMG Lamp,MG,80\n"
ACCOUNTS = (
    "account,sector,year_established,revenue,employees,office_location,subsidiary_of\n"
    "Dontex,technology,1999,1.50,40,Latvia,\n"
    "Hontex,technolgy,2001,2.25,55,Latvia,Dontex\n"
    "dambo,retail,1987,10.00,900,Philipines,\n"
    "Gecko & Sons,medical,1990,7.10,300,Korea,Dontex\n"
)
SELLERS = (
    "sales_agent,manager,regional_office\nAda Stone,Rocco Hall,East\nBen Reed,Rocco Hall,East\n"
    "Mei-Mei Cole,Sue Lake,West\n"
)
PIPELINE = (
    "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\r\n"
    "A1,Ada Stone,ZipPro,Dontex,Won,2025-01-10,2025-03-01,990\r\n"
    "A2,Ada Stone,Zip Basic,Hontex,Won,2025-01-12,2025-03-09,180\r\n"
    "A3,Ben Reed,MG Lamp,dambo,Lost,2025-02-01,2025-04-02,0\r\n"
    "A4,Ben Reed,ZipPro,Gecko & Sons,Lost,2025-02-03,2025-04-05,0\r\n"
    "A5,Ada Stone,ZipPro,Dontex,Engaging,2025-03-01,,\r\n"
    "A6,Ben Reed,Zip Basic,,Engaging,2025-03-04,,\r\n"
    "A7,Ada Stone,MG Lamp,,Prospecting,,,\r\n"
    "A8,Ben Reed,ZipPro,Hontex,Prospecting,,,\r\n"
)


def written(
    session: Session,
    actor: Actor,
    content: str | bytes,
    columns: Mapping[str, str] | None = None,
    source: str = "CRM",
    **settings: Any,
) -> Mapping[str, Any]:
    """The report of a file that was written; `columns` are guessed when they are not given."""
    load, plan = _opened(actor, content, columns, settings)
    start_load(session, actor, load, source)
    write_whole(session, actor, load, plan)
    return load.report


def _opened(
    actor: Actor,
    content: str | bytes,
    columns: Mapping[str, str] | None,
    settings: Mapping[str, Any],
) -> tuple[DealLoad, Plan]:
    plan = planned(content, columns, **settings)
    chosen = Chosen(plan.reading.columns, plan.reading.settings)
    return new_load(actor, "deals.csv", chosen), plan


def planned(
    content: str | bytes, columns: Mapping[str, str] | None = None, **settings: Any
) -> Plan:
    """The file with the way in which it is read."""
    opened = OpenedFile(content.encode() if isinstance(content, str) else content)
    named = guess_fields(opened.headings) if columns is None else dict(columns)
    chosen = check_chosen(Chosen(named, settings_from(settings)), opened.headings)
    return Plan(opened, chosen, "UTC")


def reasons(report: Mapping[str, Any]) -> list[str]:
    """Row, column and reason of each refused row."""
    return [f"{x['row']} {x['column']}: {x['sentence']}" for x in report["refused"]["lines"]]


def workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    """An XLSX file of these rows."""
    book, out = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(out)
    return out.getvalue()


def command(app: Flask, *words: str) -> Any:
    """What `dossier-wiki deals …` says."""
    return app.test_cli_runner().invoke(deals_commands, list(words))
