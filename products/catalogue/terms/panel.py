"""The list of terms under a page; from it a script explains them where they stand."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from products.catalogue.terms.queries import terms_of_page
from products.catalogue.terms.showing import shown
from wiki.accounts.actor import Actor
from wiki.locale import language
from wiki.pages.page_to_read import PageToRead


def draw_terms(session: Session, _actor: Actor, page: PageToRead) -> Markup | None:
    """The terms of a page with their explanations; one statement."""
    found = terms_of_page(session, page)
    if not found:
        return None
    terms = [shown(one, language()) for one in found]
    drawn = render_template("products/catalogue/terms/_panel.html", terms=terms)
    return Markup(drawn)  # noqa: S704 - drawn by a template
