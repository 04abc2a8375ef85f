"""The deal of a run, on the run's page in approvals."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalRun
from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.clients.rules import may_edit
from dossiers.deals.models import Deal, DealRun
from dossiers.deals.queries import visible_deals
from wiki.accounts.actor import Actor

_MOST = 5


def draw_deals_of_run(
    session: Session, actor: Actor, client: Client, run: ApprovalRun
) -> Markup | None:
    """The deals that are linked to the run; else those of its name, to be linked with one tap."""
    here = Deal.client_id.in_(dossier_ids(client.id)), visible_deals(actor)
    links = select(DealRun.deal_id).where(DealRun.run_id == run.id)
    named = or_(Deal.title == run.deal, Deal.external_id == run.deal)
    wanted = select(Deal).where(*here, or_(Deal.id.in_(links), named)).order_by(Deal.id.desc())
    found = session.scalars(wanted.limit(_MOST)).all()
    linked = set(session.scalars(links)) if found else set()
    deals = [one for one in found if one.id in linked]
    editable = may_edit(actor, client.team_id)
    alike = [one for one in found if one.id not in linked] if editable and not deals else []
    if not deals and not alike:
        return None
    html = render_template("dossiers/deals/_run_panel.html", deals=deals, alike=alike, run=run)
    return Markup(html)  # noqa: S704 - of our own template
