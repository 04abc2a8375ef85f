"""What is shown beside a comparison of a version with the one before it."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from products.onboarding.weight.checks import LONGEST_WORD
from products.onboarding.weight.queries import weight_visible_to
from products.onboarding.weight.reasons import Reason, ReasonKind
from products.onboarding.weight.wording import KIND_NAMES
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, may
from wiki.locale import language
from wiki.pages.categories import tree
from wiki.pages.version_panels import VersionStep

MOST_SHOWN = 8


def draw_weight(session: Session, actor: Actor, step: VersionStep) -> Markup | None:
    """Whether a version is to be read again, why, and the form to overrule it; one statement."""
    found = weight_visible_to(session, actor, step.page_id, step.new)
    if found is None:
        return None
    drawn = render_template(
        "products/onboarding/weight/_panel.html",
        weight=found,
        reasons=[_named(session, reason) for reason in found.reasons[:MOST_SHOWN]],
        more=max(0, len(found.reasons) - MOST_SHOWN),
        kind_names=KIND_NAMES,
        address=f"/pages/{step.page_id}/revisions/{step.new}/weight",
        may_overrule=step.new > 1 and may(actor, Permission.WRITE_PAGES),
        longest=LONGEST_WORD,
    )
    return Markup(drawn)  # noqa: S704 - drawn by a template


def _named(session: Session, reason: Reason) -> Reason:
    """A fact's reason with the name of the fact instead of its key."""
    if reason.kind is not ReasonKind.FACT:
        return reason
    return reason._replace(
        old=_with_label(session, reason.old), new=_with_label(session, reason.new)
    )


def _with_label(session: Session, said: str) -> str:
    key, colon, value = said.partition(": ")
    return tree(session).field(key).label(language()) + colon + value
