"""The start page's panel of facts that the reader has to verify."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from products.catalogue.care.queries import Asked, waiting_visible_to
from products.catalogue.care.showing import money_text
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.locale import language

_MOST = 4


def draw_waiting(session: Session, actor: Actor) -> Markup | None:
    """The reader's own pages with stale facts, the most money first; two statements."""
    today = clock.today(actor.time_zone)
    pages = waiting_visible_to(session, actor, today, Asked(mine=True))
    if not pages:
        return None
    drawn = render_template(
        "products/catalogue/care/_panel.html",
        pages=[(page, money_text(page.stake, language())) for page in pages[:_MOST]],
        count=sum(page.facts for page in pages),
        more=len(pages) > _MOST,
    )
    return Markup(drawn)  # noqa: S704 - drawn by a template
