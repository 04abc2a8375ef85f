"""Where questions that no page answered are seen: under an empty search, on the start page."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from products.onboarding.gaps.queries import on_start_visible_to
from products.onboarding.gaps.rules import LONGEST_WORDS
from products.onboarding.gaps.wording import STATES
from wiki.accounts.actor import Actor
from wiki.locale import language
from wiki.pages.categories import Tree, tree


def draw_asking(session: Session, _actor: Actor, typed: str) -> Markup | None:
    """The form with which a search that found nothing becomes a question."""
    drawn = render_template(
        "products/onboarding/gaps/_ask.html",
        words=typed[:LONGEST_WORDS],
        longest=LONGEST_WORDS,
        choices=category_choices(tree(session)),
        category="",
    )
    return Markup(drawn)  # noqa: S704 - drawn by a template


def draw_on_start(session: Session, actor: Actor) -> Markup | None:
    """Questions that wait for this reader, and answers to the reader's own; one statement."""
    lines = on_start_visible_to(session, actor)
    if not lines:
        return None
    drawn = render_template(
        "products/onboarding/gaps/_start.html", lines=lines, actor=actor, states=STATES
    )
    return Markup(drawn)  # noqa: S704 - drawn by a template


def category_choices(shelves: Tree) -> list[tuple[int, str]]:
    """The categories that are not archived, each with those above it in its name."""
    tongue = language()
    return [
        (shelf.id, " / ".join(one.name(tongue) for one in shelves.path(shelf.id)))
        for _depth, shelf in shelves.walk()
    ]
