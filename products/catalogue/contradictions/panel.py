"""What is shown above a page that another page contradicts."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from products.catalogue.contradictions.queries import contradictions_of_page_visible_to
from products.catalogue.contradictions.wording import quantity_name
from wiki.accounts.actor import Actor
from wiki.pages.page_to_read import PageToRead


def draw_contradictions(session: Session, actor: Actor, page: PageToRead) -> Markup | None:
    """Which number stands differently on which page; one statement."""
    found = contradictions_of_page_visible_to(session, actor, page.id)
    if not found or page.archived:
        return None
    drawn = render_template(
        "products/catalogue/contradictions/_panel.html",
        found=found,
        page_id=page.id,
        quantity_name=quantity_name,
    )
    return Markup(drawn)  # noqa: S704 - drawn by a template
