"""The blueprint of this package, and what its views share."""

from datetime import date

from flask import Blueprint, current_app

from wiki import clock
from wiki.accounts.access import actor

interactions_room = Blueprint("interactions_room", __name__)


def today() -> date:
    """The day in the reader's zone."""
    return clock.today(actor().time_zone)


def base_url() -> str:
    """The address of this wiki, for links in letters."""
    return str(current_app.config["SETTINGS"].base_url)
