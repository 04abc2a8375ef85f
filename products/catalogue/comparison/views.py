"""The browser's door to comparing: products side by side, chosen by title, also as a workbook."""

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from products.catalogue.comparison import api
from products.catalogue.comparison.asking import Asked, asked_in, check_count
from products.catalogue.comparison.rows import MOST_COMPARED
from products.catalogue.comparison.table import Comparison, comparison_visible_to
from products.catalogue.comparison.workbook import as_workbook
from products.catalogue.selling.queries import titles_to_offer_visible_to
from wiki import clock
from wiki.accounts.access import actor
from wiki.database import reading, transaction
from wiki.history.services import record
from wiki.locale import _, language
from wiki.pages.categories import tree
from wiki.pages.queries import (
    PageLine,
    page_of_title_visible_to,
    titles_like_visible_to,
)

__all__ = ["api", "comparison"]

comparison = Blueprint("comparison", __name__)

_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@comparison.get("/products/compare")
def compare() -> ResponseReturnValue:
    """Chosen products side by side; `?add=` puts one more beside them by its title."""
    asked = asked_in(request.args)
    like = _meant(asked.add) if asked.add else []
    if len(like) == 1:
        return _put_beside(asked, like[0])
    like = [line for line in like if line.id not in asked.idents]
    shown = comparison_visible_to(reading(), actor(), asked, language())
    return render_template(
        "products/catalogue/comparison/compare.html",
        asked=asked,
        found=shown,
        like=like,
        offered=_offered(shown),
        most=MOST_COMPARED,
    )


@comparison.get("/products/compare.xlsx")
def workbook() -> ResponseReturnValue:
    """The same table as a file for a spreadsheet; the history keeps that it was taken out."""
    shown = comparison_visible_to(reading(), actor(), asked_in(request.args), language())
    content = as_workbook(shown, _("Products side by side"), _("Fact"), language())
    with transaction() as session:
        idents = [product.id for product in shown.products]
        record(session, actor(), "export comparison", "page", 0, None, {"pages": idents})
    answer = Response(content, mimetype=_SHEETS)
    day = clock.today(actor().time_zone)
    answer.headers["Content-Disposition"] = f"attachment; filename={day}-products.xlsx"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _meant(title: str) -> list[PageLine]:
    """The page of that title, or else the pages that may be meant."""
    exact = page_of_title_visible_to(reading(), actor(), title, language())
    return [exact] if exact else titles_like_visible_to(reading(), actor(), title, language())


def _put_beside(asked: Asked, line: PageLine) -> ResponseReturnValue:
    wanted = asked.with_one(line.id)
    check_count(wanted.idents)
    if wanted.idents == asked.idents:
        flash(_("This product stands in the table already."), "info")
    return redirect(wanted.address())


def _offered(shown: Comparison) -> list[str]:
    """Titles to choose from, those of the same categories first."""
    shelves = tree(reading())
    paths = [shelves.path(product.category_id) for product in shown.products]
    near = {ident for path in paths if path for ident in shelves.below(path[0].id)}
    but = [product.id for product in shown.products]
    spoken = shown.products[0].language if shown.products else language()
    return titles_to_offer_visible_to(reading(), actor(), spoken, sorted(near), but)
