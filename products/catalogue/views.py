"""The browser's door to the catalogue: the tree, a category, a past day."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from products.catalogue.queries import (
    MOST_CARDS,
    Card,
    cards_as_of_visible_to,
    cards_visible_to,
    counts_visible_to,
)
from products.catalogue.tables import columns_of
from products.importing.sort import PRODUCTS
from wiki import clock
from wiki.accounts.access import actor
from wiki.accounts.rules import Permission, may
from wiki.database import reading
from wiki.errors import Missing, Refusal
from wiki.lists.views import add_addresses
from wiki.locale import language
from wiki.pages.categories import Shelf, Tree, tree
from wiki.pages.forms import number_in_address
from wiki.pages.watching.queries import watches_category

catalogue = Blueprint("catalogue", __name__)
add_addresses(catalogue, PRODUCTS)


@catalogue.get("/products")
def index() -> ResponseReturnValue:
    """The category tree with counts; `?on=` shows the catalogue as it was on a day."""
    day = _asked_day()
    shelves = tree(reading())
    if day is not None:
        cards = cards_as_of_visible_to(reading(), actor(), day, _shown_language())
        return _past(day, cards, None)
    counts = counts_visible_to(reading(), actor(), _shown_language())
    return render_template(
        "products/catalogue/index.html",
        shelves=shelves,
        totals=_totals(shelves, counts),
        unfiled=counts.get(None, 0),
        shown_language=_shown_language(),
        may_write=may(actor(), Permission.WRITE_PAGES),
        may_edit_categories=may(actor(), Permission.EDIT_CATEGORIES),
        today=clock.today(actor().time_zone),
    )


@catalogue.get("/products/<slug>")
def category(slug: str) -> ResponseReturnValue:
    """The products of a category and of those below it, with their main facts."""
    shelves = tree(reading())
    shelf = shelves.by_slug(slug)
    if shelf is None and slug != "unfiled":
        raise Missing()
    below = shelves.below(shelf.id) if shelf else []
    day = _asked_day()
    if day is not None:
        cards = cards_as_of_visible_to(reading(), actor(), day, _shown_language(), below)
        return _past(day, cards, shelf)
    return _category_page(shelves, shelf, below)


def _category_page(shelves: Tree, shelf: Shelf | None, below: list[int]) -> ResponseReturnValue:
    number = request.args.get("page", 1, type=number_in_address)
    cards = cards_visible_to(reading(), actor(), below, _shown_language(), number)
    fields = shelves.fields(shelf.id if shelf else None)
    return render_template(
        "products/catalogue/category.html",
        shelf=shelf,
        shelves=shelves,
        path=shelves.path(shelf.id) if shelf else [],
        cards=cards[:MOST_CARDS],
        columns=columns_of(fields, cards[:MOST_CARDS]),
        shown_language=_shown_language(),
        number=number,
        watched=shelf is not None and watches_category(reading(), actor(), shelf.id),
        more=len(cards) > MOST_CARDS,
        may_write=may(actor(), Permission.WRITE_PAGES),
        may_edit_categories=may(actor(), Permission.EDIT_CATEGORIES),
        today=clock.today(actor().time_zone),
    )


def _past(day: date, cards: list[Card], shelf: Shelf | None) -> ResponseReturnValue:
    return render_template(
        "products/catalogue/past.html",
        day=day,
        cards=cards,
        shelf=shelf,
        shelves=tree(reading()).shelves,
        shown_language=_shown_language(),
        today=clock.today(actor().time_zone),
    )


def _asked_day() -> date | None:
    typed = request.args.get("on", "")
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise Refusal("The day must be written like 2026-03-31. Nothing was changed.") from None
    if day > clock.today(actor().time_zone):
        raise Refusal("That day is in the future. Choose today or an earlier day.")
    if day.year < 1900:
        raise Refusal("The catalogue is not that old. Choose a later day.")
    return day


def _shown_language() -> str:
    wanted = request.args.get("language", "")
    return wanted if wanted in ("ru", "en") else language()


def _totals(shelves: Tree, counts: dict[int | None, int]) -> dict[int, int]:
    """Pages in each category together with those below it."""
    return {
        ident: sum(counts.get(below, 0) for below in shelves.below(ident))
        for ident in shelves.shelves
    }
