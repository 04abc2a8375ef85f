"""On the page of a closed deal: why it was won or lost, and the form to say so."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.clients.rules import may_edit
from dossiers.deals.closing.queries import closings_of, hinted_reason, name_of_reason, reasons_for
from dossiers.deals.closing.rules import LONGEST_COMPETITOR, LONGEST_WORDS
from dossiers.deals.homes import home_of
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, may


def draw_closing(session: Session, actor: Actor, deal: Deal) -> Markup | None:
    """The panel; nothing for a deal that goes on and of which nothing was ever said."""
    closings = closings_of(session, deal.id)
    is_closed = deal.kind in (DealKind.WON, DealKind.LOST)
    if not closings and not is_closed:
        return None
    newest = next((one for one in closings if one.is_newest), None)
    reasons = reasons_for(session, deal.kind) if is_closed else []
    hint = hinted_reason(session, deal.loss_reason, reasons) if newest is None else None
    drawn = render_template(
        "dossiers/deals/_closing_panel.html",
        deal=deal,
        newest=newest,
        earlier=[one for one in closings if not one.is_newest],
        reasons=reasons,
        hint=hint,
        editable=_may_say(session, actor, deal),
        is_closed=is_closed,
        name_of_reason=name_of_reason,
        longest=(LONGEST_WORDS, LONGEST_COMPETITOR),
    )
    return Markup(drawn)  # noqa: S704 - drawn by a template of ours


def _may_say(session: Session, actor: Actor, deal: Deal) -> bool:
    home = home_of(session, deal.client_id)
    if home is None:
        return may(actor, Permission.EDIT_DOSSIERS)
    return may_edit(actor, home.team_id)
