"""What the open deals will bring: the page, its tables as files, and the same as JSON."""

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel
from spectree import Response as Answers

from dossiers.deals.figures import as_csv
from dossiers.deals.forecast.forecast import Forecast, forecast_visible_to
from dossiers.deals.forecast.shapes import ForecastOut, forecast_out
from dossiers.deals.forecast.tables import tables_of
from dossiers.deals.reports.asking import Asked, asked_in
from dossiers.deals.reports.choices import choices_visible_to
from dossiers.deals.views.blueprint import deals_room, today
from dossiers.deals.views.reports import FILTERS, kept_figures, sent, workbook
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, api, spec
from wiki.database import reading
from wiki.errors import Missing


def _forecast(asked: Asked | None = None) -> Forecast:
    session, person, question = reading(), actor(), asked or asked_in(request.args)
    return kept_figures().answer(
        session,
        person,
        ("forecast", question.wanted, question.currency, person.is_director, today()),
        lambda: forecast_visible_to(session, person, question.wanted, question.currency, today()),
    )


@deals_room.get("/deals/forecast")
@needs(Permission.READ)
def forecast() -> str:
    """What the open deals will bring month by month, and how earlier forecasts fared."""
    made = _forecast()
    return render_template(
        "dossiers/deals/forecast.html",
        forecast=made,
        wanted=asked_in(request.args).wanted,
        tables={table.code: table for table in tables_of(made)},
        data=forecast_out(made).model_dump(mode="json"),
        choices=choices_visible_to(reading(), actor()),
        is_narrowed=any(request.args.get(name) for name in FILTERS),
        said={name: value for name, value in request.args.items() if value},
        within=sum(one.is_within for one in made.past),
    )


@deals_room.get("/deals/forecast/<code>.csv")
@needs(Permission.READ)
def forecast_csv(code: str) -> ResponseReturnValue:
    """One table of the forecast as a CSV file."""
    tables = {table.code: table for table in tables_of(_forecast())}
    if code not in tables:
        raise Missing()
    return sent(as_csv(tables[code]), "text/csv", f"forecast-{code}.csv")


@deals_room.get("/deals/forecast.xlsx")
@needs(Permission.READ)
def forecast_workbook() -> ResponseReturnValue:
    """All tables of the forecast as a workbook."""
    return workbook(tables_of(_forecast()), "forecast.xlsx")


class ForecastIn(BaseModel):
    """Of which deals: all of it may be left out."""

    currency: str | None = None
    seller: str = ""
    product: str = ""
    segment: str = ""
    region: str = ""


@api.get("/deals/forecast")
@needs(Permission.READ)
@spec.validate(query=ForecastIn, resp=Answers(HTTP_200=ForecastOut), tags=("deals",))
def forecast_json(query: ForecastIn) -> Answer:
    """What the open deals that one may see will bring month by month, in one currency."""
    asked = asked_in(query.model_dump(mode="json", exclude_none=True))
    return jsonify(forecast_out(_forecast(asked)).model_dump(mode="json"))
