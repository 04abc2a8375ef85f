"""The panels of the start page, drawn for managers and directors."""

from datetime import timedelta

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.clients.deed_words import sentence_of
from dossiers.interactions.contacts.queries import last_contact_of
from dossiers.overview.beginning.clients import (
    longest_silent_first,
    my_clients,
    worth_asking,
)
from dossiers.overview.beginning.news import news_visible_to
from dossiers.overview.beginning.renewals import (
    at_risk_visible_to,
    late_visible_to,
    reviews_to_sign_visible_to,
)
from dossiers.overview.beginning.shares import shares_visible_to, totals_of
from dossiers.overview.due import Reach, due_within
from dossiers.overview.homes import homes_visible_to
from dossiers.overview.wording import DUE_NAMES, DUE_PICTURES
from dossiers.people.insight.queries import lights_of
from dossiers.people.insight.wording import COLOURS, point_in_words
from products.catalogue.start_panels import StartPanel, register_start_panel
from wiki import clock
from wiki.accounts.actor import DIRECTING, Actor, Role

_BOTH = frozenset({Role.MANAGER, *DIRECTING})
_DIRECTORS = frozenset(DIRECTING)
_AHEAD = timedelta(days=30)
LATELY = timedelta(days=30)


def init() -> None:
    """Let the start page show them, in this order."""
    register_start_panel(StartPanel("late", draw_late, _DIRECTORS))
    register_start_panel(StartPanel("at risk", draw_at_risk, _DIRECTORS))
    register_start_panel(StartPanel("reviews", draw_reviews, _DIRECTORS))
    register_start_panel(StartPanel("due", draw_due, _BOTH))
    register_start_panel(StartPanel("clients", draw_clients, _BOTH))
    register_start_panel(StartPanel("news", draw_news, _BOTH))
    register_start_panel(StartPanel("shares", draw_shares, _DIRECTORS, wide=True))


def draw_late(session: Session, actor: Actor) -> Markup | None:
    """Renewals that should have begun and have not."""
    found = late_visible_to(session, actor, clock.today(actor.time_zone))
    return _drawn("_late", actor, found=found) if found.count else None


def draw_at_risk(session: Session, actor: Actor) -> Markup | None:
    """Renewals at risk, the most money first."""
    return _drawn("_at_risk", actor, found=at_risk_visible_to(session, actor))


def draw_reviews(session: Session, actor: Actor) -> Markup | None:
    """Reviews that wait for a signature."""
    rows = reviews_to_sign_visible_to(session, actor)
    return _drawn("_reviews", actor, rows=rows) if rows else None


def draw_due(session: Session, actor: Actor) -> Markup | None:
    """What the reader has to do within a month; a director without dates has no such panel."""
    until = clock.today(actor.time_zone) + _AHEAD
    rows = due_within(session, Reach(homes_visible_to(actor), until, actor.id))
    return None if actor.is_director and not rows else _drawn("_my_due", actor, rows=rows)


def draw_clients(session: Session, actor: Actor) -> Markup | None:
    """The reader's clients, those longest without a contact first, and what to ask there."""
    clients = my_clients(session, actor)
    if actor.is_director and not clients:
        return None
    idents = [one.id for one in clients]
    lights = lights_of(session, idents, clock.today(actor.time_zone))
    spoken = last_contact_of(session, idents, actor.time_zone)
    return _drawn(
        "_my_clients",
        actor,
        rows=longest_silent_first(clients, spoken),
        lights=lights,
        asked=worth_asking(clients, lights),
        colours=COLOURS,
        said=point_in_words,
    )


def draw_news(session: Session, actor: Actor) -> Markup | None:
    """The newest changes of all dossiers, for a manager what others did in the own ones."""
    rows = news_visible_to(session, actor, mine=not actor.is_director)
    return _drawn("_news", actor, rows=rows, sentence_of=sentence_of) if rows else None


def draw_shares(session: Session, actor: Actor) -> Markup | None:
    """How much each manager has, so that a fair share can be seen."""
    since = clock.now() - LATELY
    shares = shares_visible_to(session, actor, clock.today(actor.time_zone), since)
    return _drawn("_shares", actor, shares=shares, totals=totals_of(shares)) if shares else None


def _drawn(template: str, actor: Actor, **values: object) -> Markup:
    html = render_template(
        f"dossiers/overview/{template}.html",
        today=clock.today(actor.time_zone),
        director=actor.is_director,
        terms={"due": DUE_NAMES, "pictures": DUE_PICTURES},
        **values,
    )
    return Markup(html)  # noqa: S704 - of our own template
