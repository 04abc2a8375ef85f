"""The blueprint to which every address of pages belongs, and what its views share."""

from flask import Blueprint, current_app
from werkzeug.wrappers import Response

from wiki.config import Settings
from wiki.database import database
from wiki.pages.saving import Desk
from wiki.rendering.pool import RenderPool

pages = Blueprint("pages", __name__)


def desk() -> Desk:
    """Database and renderer of the current application, for saving."""
    renderer: RenderPool = current_app.extensions["render_pool"]
    return Desk(database(), renderer)


def settings() -> Settings:
    """The settings of the current application."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def no_store(response: Response) -> Response:
    """Forbid any kept copy: forms must show the newest base."""
    response.headers["Cache-Control"] = "no-store"
    return response
