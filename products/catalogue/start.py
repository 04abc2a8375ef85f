"""The start page: what is new for me, what I answer for, where to go on."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from products.catalogue.queries import waiting_visible_to
from products.catalogue.start_panels import start_panels_of
from wiki.accounts.access import actor
from wiki.accounts.rules import Permission, may
from wiki.database import reading
from wiki.locale import language
from wiki.pages.categories import tree
from wiki.pages.queries import lately_changed_visible_to, wanted_visible_to

start = Blueprint("start", __name__)


@start.get("/")
def index() -> ResponseReturnValue:
    """What waits for the reader."""
    person = actor()
    writes = may(person, Permission.WRITE_PAGES)
    return render_template(
        "products/start/index.html",
        changed=lately_changed_visible_to(reading(), person, language()),
        mine=waiting_visible_to(reading(), person) if writes else [],
        wanted=wanted_visible_to(reading(), person, limit=5) if writes else [],
        shelves=tree(reading()),
        may_write=writes,
        panels=start_panels_of(reading(), person, wide=False),
        wide_panels=start_panels_of(reading(), person, wide=True),
    )
