"""In which deals a product was sold, under its page."""

from flask import current_app, render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.deals.kept_figures import KeptFigures
from dossiers.deals.sold_kept import kept_sold_visible_to
from wiki.accounts.actor import Actor
from wiki.pages.page_to_read import PageToRead


def draw_sold(session: Session, actor: Actor, page: PageToRead) -> Markup | None:
    """How often it was won and lost, the usual discount, the time to close, the reasons given."""
    pages = [page.id, page.twin_id] if page.twin_id else [page.id]
    kept: KeptFigures = current_app.extensions["deals_sold"]
    sold = kept_sold_visible_to(session, kept, actor, pages)
    if sold is None:
        return None
    html = render_template("dossiers/deals/_product_panel.html", sold=sold, page=page)
    return Markup(html)  # noqa: S704 - of our own template
