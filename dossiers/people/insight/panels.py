"""What insight shows on the first page of a dossier and in lists of clients."""

from collections.abc import Mapping, Sequence

from flask import render_template, request
from markupsafe import Markup
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.clients.panels import Panel, Place, register_badges, register_panel
from dossiers.clients.rules import may_edit
from dossiers.facts.asking import Moment, at
from dossiers.people.chart.queries import chart_of
from dossiers.people.insight.asking import Asked, asked_of, to_ask
from dossiers.people.insight.queries import lights_of
from dossiers.people.insight.wording import COLOURS
from dossiers.people.models import PositionFact
from wiki import clock
from wiki.accounts.actor import Actor

#: Of larger charts the first page does not read everything to find a question; its link does.
_MOST_SEATS = 1500


def init() -> None:
    """Show a question on the first page, and the light in lists."""
    register_panel(Panel("question", draw_question, Place.ASIDE))
    register_badges("light", light_badges)


def light_badges(session: Session, actor: Actor, client_ids: Sequence[int]) -> Mapping[int, Markup]:
    """The lights of the listed clients."""
    lights = lights_of(session, client_ids, clock.today(actor.time_zone))
    drawn = {
        colour: _drawn("_light_badge", colour=colour, colours=COLOURS)
        for colour in {light.colour for light in lights.values()}
    }
    return {ident: drawn[light.colour] for ident, light in lights.items()}


def draw_question(session: Session, actor: Actor, client: Client) -> Markup | None:
    """The question that is worth most, for those who may write the answer down."""
    if not may_edit(actor, client.team_id):
        return None
    moment = Moment(clock.today(actor.time_zone))
    count = _seats(session, client.id, moment)
    asked = _asked(session, actor, client.id, moment) if count <= _MOST_SEATS else None
    if asked is None and count <= _MOST_SEATS:
        return None
    base = f"/clients/{client.id}"
    return _drawn("_question_panel", asked=asked, base=base, back=base, typed="")


def _seats(session: Session, client_id: int, moment: Moment) -> int:
    counted = select(func.count()).select_from(PositionFact)
    return (
        session.scalar(counted.where(PositionFact.client_id == client_id, at(PositionFact, moment)))
        or 0
    )


def _asked(session: Session, actor: Actor, client_id: int, moment: Moment) -> Asked | None:
    chart = chart_of(session, client_id, moment)
    first = next(iter(to_ask(chart, actor.id, client_id, request.cookies)), None)
    return asked_of(session, chart, first) if first else None


def _drawn(template: str, **values: object) -> Markup:
    html = render_template(f"dossiers/people/{template}.html", **values)
    return Markup(html)  # noqa: S704 - of our own template
