"""What a learner reads next, on the start page."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from products.onboarding.paths.beginning import offers_to
from products.onboarding.paths.wording import how_long
from products.onboarding.progress.drawing import bar
from products.onboarding.progress.queries import paths_of
from products.onboarding.progress.rules import State
from products.onboarding.progress.wording import (
    STATE_PICTURES,
    address_of_step,
    name_of_item,
    name_of_step,
    state_name,
)
from wiki import clock
from wiki.accounts.actor import Actor

WORDS = {
    "State": State,
    "bar": bar,
    "how_long": how_long,
    "name_of_item": name_of_item,
    "name_of_step": name_of_step,
    "state_name": state_name,
    "address_of_step": address_of_step,
    "pictures": STATE_PICTURES,
}
"""What the templates of learners need."""


def draw_next(session: Session, actor: Actor) -> Markup | None:
    """What is next of all and how far one is, and the paths that one may begin.

    Nothing for who is on no path, or has read all, and may begin none.
    """
    learning = paths_of(session, actor, clock.today(actor.time_zone))
    following = learning if learning and learning.next else None
    offers = offers_to(session, actor)
    if following is None and not offers:
        return None
    drawn = render_template(
        "products/onboarding/progress/_start.html", learning=following, offers=offers, **WORDS
    )
    return Markup(drawn)  # noqa: S704 - drawn by a template
