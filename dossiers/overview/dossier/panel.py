"""The first screen of a dossier, drawn: six questions in one order."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.approvals.views.dossier_panel import draw_decisions
from dossiers.clients.models import Client
from dossiers.clients.rules import may_edit
from dossiers.overview.dossier.answers import answers_of
from dossiers.overview.wording import DUE_NAMES, DUE_PICTURES
from dossiers.people.insight.wording import COLOURS, point_in_words, rule_of_the_light
from dossiers.people.wording import ATTITUDES, ROLES
from wiki import clock
from wiki.accounts.actor import Actor

_WORDS = {
    "roles": ROLES,
    "attitudes": ATTITUDES,
    "due": DUE_NAMES,
    "pictures": DUE_PICTURES,
    "colours": COLOURS,
}


def draw_answers(session: Session, actor: Actor, client: Client) -> Markup:
    """Who decides, by which path, what is due, what was promised, how we stand, what is missing."""
    today = clock.today(actor.time_zone)
    html = render_template(
        "dossiers/overview/_answers.html",
        client=client,
        answers=answers_of(session, actor, client, today),
        path=draw_decisions(session, actor, client),
        today=today,
        editable=may_edit(actor, client.team_id),
        terms=_WORDS,
        said=point_in_words,
        rule=rule_of_the_light(),
    )
    return Markup(html)  # noqa: S704 - of our own template
