"""What a page and the start page say of reading."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from products.onboarding.reading.due import questions_due
from products.onboarding.reading.queries import (
    Standing,
    changed_visible_to,
    count_changed_visible_to,
    standing_of,
)
from products.onboarding.reading.telling import summaries
from wiki.accounts.actor import Actor
from wiki.pages.page_to_read import PageToRead

MOST_AT_START = 5
MOST_TOLD_AT_START = 2


def draw_changed(session: Session, actor: Actor, page: PageToRead) -> Markup | None:
    """Above the text: that it must be read again, and where the difference is; one statement."""
    if page.archived:
        return None
    standing = _standing(session, actor, page)
    return _drawn("_changed", page=page, standing=standing) if standing.changed else None


def draw_confirming(session: Session, actor: Actor, page: PageToRead) -> Markup | None:
    """Below the text: the button that confirms, or when it was confirmed; one statement more."""
    if page.archived:
        return None
    return _drawn(
        "_confirming",
        page=page,
        standing=_standing(session, actor, page),
        questions=questions_due(session, actor.id, [page.id]).get(page.id, 0),
    )


def draw_start(session: Session, actor: Actor) -> Markup | None:
    """The pages that changed since the reader confirmed them; one statement when there are none."""
    lines = changed_visible_to(session, actor, MOST_AT_START)
    if not lines:
        return None
    total = len(lines)
    if total == MOST_AT_START:
        total = count_changed_visible_to(session, actor)
    told = summaries(session, actor, [line.id for line in lines], MOST_TOLD_AT_START)
    return _drawn("_start", lines=lines, told=told, total=total)


def _standing(session: Session, actor: Actor, page: PageToRead) -> Standing:
    """Asked once for both panels: a session for reading sees the same all along."""
    kept: tuple[tuple[int, int, int], Standing] | None = session.info.get("standing")
    key = (actor.id, page.id, page.stamp)
    if kept is None or kept[0] != key:
        kept = (key, standing_of(session, actor.id, page.id))
        session.info["standing"] = kept
    return kept[1]


def _drawn(template: str, **values: object) -> Markup:
    html = render_template(f"products/onboarding/reading/{template}.html", **values)
    return Markup(html)  # noqa: S704 - of our own template
