"""Marks under the text of a page, and the way to ask."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from products.onboarding.kinds import MarkState
from products.onboarding.unclear import rules
from products.onboarding.unclear.queries import marks_of_page_visible_to
from products.onboarding.unclear.wording import STATES
from wiki.accounts.actor import Actor
from wiki.pages.page_to_read import PageToRead

MOST_SHOWN = 30


def draw_unclear(session: Session, actor: Actor, page: PageToRead) -> Markup | None:
    """What is unclear on this page, the answers, and how to ask; one statement."""
    marks = marks_of_page_visible_to(session, actor, page.id)
    if page.archived and not marks:
        return None
    is_open = [mark for mark in marks if mark.state is MarkState.OPEN]
    drawn = render_template(
        "products/onboarding/unclear/_panel.html",
        page_id=page.id,
        may_ask=not page.archived,
        open_marks=is_open[:MOST_SHOWN],
        more=max(0, len(is_open) - MOST_SHOWN),
        answered=[mark for mark in marks if mark.state is MarkState.ANSWERED][:MOST_SHOWN],
        actor=actor,
        rules=rules,
        states=STATES,
    )
    return Markup(drawn)  # noqa: S704 - drawn by a template
