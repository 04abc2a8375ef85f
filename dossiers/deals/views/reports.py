"""Why sales rose or fell: the page, its tables as files, and the same as JSON."""

from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from flask import Response, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel
from spectree import Response as Answers

from dossiers.deals.figures import Figures, as_csv, as_workbook
from dossiers.deals.kept_figures import KeptFigures
from dossiers.deals.reports.asking import Against, Asked, By, asked_in
from dossiers.deals.reports.choices import choices_visible_to
from dossiers.deals.reports.periods import Unit
from dossiers.deals.reports.report import Report, report_visible_to
from dossiers.deals.reports.shapes import ReportOut, report_out
from dossiers.deals.reports.tables import tables_of
from dossiers.deals.reports.tallies import in_money
from dossiers.deals.reports.wording import AGAINST_NAMES, BY_NAMES, UNIT_NAMES
from dossiers.deals.views.blueprint import deals_room, today
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, api, spec
from wiki.database import reading, transaction
from wiki.errors import Missing
from wiki.history.services import record

_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What narrows a report or a forecast, in an address.
FILTERS = ("seller", "product", "segment", "region")


def _report(asked: Asked | None = None) -> Report:
    session, person, question = reading(), actor(), asked or asked_in(request.args)
    return kept_figures().answer(
        session,
        person,
        (question, today()),
        lambda: report_visible_to(session, person, question, today()),
    )


def kept_figures() -> KeptFigures:
    """The reports and forecasts that this process keeps."""
    found: KeptFigures = current_app.extensions["deals_figures"]
    return found


@deals_room.get("/deals/reports")
@needs(Permission.READ)
def reports() -> str:
    """What was won and lost in a period beside another one; the address says which and by what."""
    report = _report()
    return render_template(
        "dossiers/deals/reports.html",
        report=report,
        asked=report.asked,
        change=in_money(report.change.difference),
        won=in_money(report.now.amount),
        tables=tables_of(report, _addresses()),
        data=report_out(report).model_dump(mode="json"),
        choices=choices_visible_to(reading(), actor()),
        is_narrowed=any(request.args.get(name) for name in FILTERS),
        said={name: value for name, value in request.args.items() if value},
        address=_addresses(),
        units=UNIT_NAMES,
        againsts=AGAINST_NAMES,
        bys=BY_NAMES,
    )


def _addresses() -> Callable[..., str]:
    """The address of this page with other values."""
    said = {name: value for name, value in request.args.items() if value}

    def address(**values: str) -> str:
        kept = {name: value for name, value in {**said, **values}.items() if value}
        return "/deals/reports" + (f"?{urlencode(kept)}" if kept else "")

    return address


@deals_room.get("/deals/reports/<code>.csv")
@needs(Permission.READ)
def report_csv(code: str) -> ResponseReturnValue:
    """One table of the report as a CSV file."""
    tables = {table.code: table for table in tables_of(_report(), _addresses())}
    if code not in tables:
        raise Missing()
    return sent(as_csv(tables[code]), "text/csv", f"report-{code}.csv")


@deals_room.get("/deals/reports.xlsx")
@needs(Permission.READ)
def report_workbook() -> ResponseReturnValue:
    """All tables of the report as a workbook."""
    return workbook(tables_of(_report(), _addresses()), "report.xlsx")


def workbook(tables: Iterable[Figures], name: str) -> Response:
    """Tables as a workbook that the browser keeps."""
    return sent(as_workbook(tables), _SHEETS, name)


def sent(content: str | bytes, kind: str, name: str) -> Response:
    """A file that the browser keeps; the history tells that deals were taken out."""
    with transaction() as session:
        record(session, actor(), f"export {name}", "deals", 0)
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f"attachment; filename={today()}-{name}"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


class ReportIn(BaseModel):
    """The question: all of it may be left out.

    `period` is like 2017-11, 2017-Q4 or 2017, as `unit` says; without it the last one that ended
    with deals. `seller`, `product`, `segment` and `region` take the keys of groups.
    """

    unit: Unit = Unit.QUARTER
    period: str = ""
    against: Against = Against.BEFORE
    by: By = By.REASON
    currency: str | None = None
    seller: str = ""
    product: str = ""
    segment: str = ""
    region: str = ""


@api.get("/deals/reports")
@needs(Permission.READ)
@spec.validate(query=ReportIn, resp=Answers(HTTP_200=ReportOut), tags=("deals",))
def report_json(query: ReportIn) -> Answer:
    """What was won and lost in a period beside another one, by reason, product, seller and so on.

    Only deals that one may see are counted, each currency by itself.
    """
    asked = asked_in(query.model_dump(mode="json", exclude_none=True))
    return jsonify(report_out(_report(asked)).model_dump(mode="json"))
