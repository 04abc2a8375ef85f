"""The discount of a deal on its page: the figures, the rule of its day, and the ground."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.clients.rules import may_edit
from dossiers.deals.deal_panels import DealPanel, register_deal_panel
from dossiers.deals.discounts.grounds import MOST_PEOPLE
from dossiers.deals.discounts.judged import Judged, judged
from dossiers.deals.discounts.versions import grounds_of
from dossiers.deals.discounts.wording import names_of
from dossiers.deals.homes import home_of
from dossiers.deals.models import Deal
from dossiers.people.reading.names import people_here
from wiki.accounts.actor import Actor
from wiki.accounts.queries import active_people
from wiki.accounts.rules import Permission, may
from wiki.locale import language


def init() -> None:
    """Let the page of every deal show its discount."""
    register_deal_panel(DealPanel("discount", draw_discount))


def draw_discount(session: Session, actor: Actor, deal: Deal) -> Markup | None:
    """The panel; nothing for a deal of which neither a product nor a ground is known."""
    found = judged(session, deal, language())
    if found.figures.list_total is None and not found.unpriced and not found.grounds:
        return None
    html = render_template(
        "dossiers/deals/_discount_panel.html",
        deal=deal,
        judged=found,
        names=names_of(session),
        **ground_form(session, actor, deal, found),
    )
    return Markup(html)  # noqa: S704 - of our own template


def ground_form(session: Session, actor: Actor, deal: Deal, found: Judged) -> dict[str, object]:
    """What the form for a ground offers; `edits` is whether the reader may send it."""
    home = home_of(session, deal.client_id)
    if not (may_edit(actor, home.team_id) if home else may(actor, Permission.EDIT_DOSSIERS)):
        return {"edits": False}
    held = found.ground.row.ground if found.ground else None
    choices = [one for one in grounds_of(session) if not one.archived or one.code == held]
    return {
        "edits": True,
        "home": home,
        "grounds": choices,
        "colleagues": active_people(session),
        "people": [one.text for one in people_here(session, home.id, MOST_PEOPLE)] if home else [],
    }
