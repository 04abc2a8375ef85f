"""The blueprint to which every address of pages belongs, and what its views share."""

from flask import Blueprint, current_app
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from wiki.database import database
from wiki.kept import KeptAnswers
from wiki.locale import language
from wiki.pages.content import FactValue
from wiki.pages.facts import Field, as_date, unit_name
from wiki.pages.saving import Desk
from wiki.pages.showing import fact_text
from wiki.rendering.pool import RenderPool

pages = Blueprint("pages", __name__)

KEPT_BYTES = 32_000_000


@pages.record_once
def _keep_answers(state: BlueprintSetupState) -> None:
    state.app.extensions["kept_pages"] = KeptAnswers(KEPT_BYTES)


@pages.app_template_filter("unit")
def unit(code: str) -> str:
    """The unit as the reader writes it."""
    return unit_name(code, language())


@pages.app_template_filter("fact")
def fact(value: FactValue | None, field: Field) -> str:
    """A fact's value as words and figures of the reader's language."""
    return fact_text(value, field, language())


@pages.app_template_test("day")
def is_day(typed: str) -> bool:
    """Whether a browser's field for days can show what was typed."""
    return as_date(typed) is not None


def desk() -> Desk:
    """Database and renderer of the current application, for saving."""
    renderer: RenderPool = current_app.extensions["render_pool"]
    return Desk(database(), renderer)


def preview_renderer() -> RenderPool:
    """A renderer for previews alone, so that a slow one holds up no save."""
    renderer: RenderPool = current_app.extensions["preview_pool"]
    return renderer


def no_store(response: Response) -> Response:
    """Forbid any kept copy: forms must show the newest base."""
    response.headers["Cache-Control"] = "no-store"
    return response
