"""The browser's door to reading: what changed, from the version that the reader confirmed."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from products.onboarding.reading import api
from products.onboarding.reading.due import questions_due
from products.onboarding.reading.queries import (
    MOST_CHANGED,
    Standing,
    changed_visible_to,
    count_changed_visible_to,
    has_confirmed,
    standing_visible_to,
)
from products.onboarding.reading.rules import next_after
from products.onboarding.reading.services import confirm_reading
from products.onboarding.reading.telling import summaries
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _, say
from wiki.pages.addresses import page_url
from wiki.pages.compare import compare
from wiki.pages.differing import changed_rows, far_and_near
from wiki.pages.forms import number_in_address
from wiki.pages.models import Page, Revision
from wiki.pages.queries import authors_of_revisions
from wiki.pages.revisions import content_of
from wiki.pages.saving import visible_revision

__all__ = ["api", "confirming"]

confirming = Blueprint("confirming", __name__)

MOST_TOLD = 3
MOST_TOLD_OF_ONE = 8


@confirming.get("/reading")
def changed_pages() -> ResponseReturnValue:
    """The pages that changed since the reader confirmed them."""
    person = actor()
    lines = changed_visible_to(reading(), person)
    idents = [line.id for line in lines]
    full = len(lines) == MOST_CHANGED
    return render_template(
        "products/onboarding/reading/index.html",
        lines=lines,
        total=count_changed_visible_to(reading(), person) if full else len(lines),
        told=summaries(reading(), person, idents, MOST_TOLD),
        questions=questions_due(reading(), person.id, idents),
        known=bool(lines) or has_confirmed(reading(), person),
    )


@confirming.get("/reading/<int:page_id>")
def difference(page_id: int) -> ResponseReturnValue:
    """What changed since the version that the reader confirmed; else the page itself."""
    person = actor()
    standing = standing_visible_to(reading(), person, page_id)
    page, new = visible_revision(reading(), person, page_id)
    if page.archived or standing.confirmed in (0, page.current_number):
        return redirect(page_url(page.id, page.slug))
    _page, old = visible_revision(reading(), person, page_id, standing.confirmed)
    return _difference(page, old, new, standing)


@confirming.post("/reading/<int:page_id>/confirm")
@needs(Permission.READ)
def confirm(page_id: int) -> ResponseReturnValue:
    """Keep that the version was read and go on to the next page; from a page, back to it."""
    person = actor()
    page, _current = visible_revision(reading(), person, page_id)
    following = next_after([line.id for line in changed_visible_to(reading(), person)], page_id)
    revision = request.form.get("revision", 0, type=number_in_address)
    try:
        with transaction() as session:
            confirm_reading(session, person, page_id, revision)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        flash(say(refusal), "warning")
        return redirect(page_url(page.id, page.slug))
    return _onward(page, following)


def _difference(page: Page, old: Revision, new: Revision, standing: Standing) -> str:
    person, compared = actor(), compare(content_of(old), content_of(new))
    idents = [line.id for line in changed_visible_to(reading(), person)]
    return render_template(
        "products/onboarding/reading/difference.html",
        page=page,
        old=old,
        new=new,
        names=authors_of_revisions(reading(), [old.author_id, new.author_id]),
        groups=far_and_near(compared),
        comparison=compared,
        rows=changed_rows(reading(), compared),
        view="inline" if request.args.get("view") == "inline" else "side",
        standing=standing,
        told=summaries(reading(), person, [page.id], MOST_TOLD_OF_ONE)[page.id],
        questions=questions_due(reading(), person.id, [page.id]).get(page.id, 0),
        place=idents.index(page.id) + 1 if page.id in idents else 0,
        total=len(idents),
        following=next_after(idents, page.id),
    )


def _onward(page: Page, following: int | None) -> ResponseReturnValue:
    """Where a confirmation leads: what changed meanwhile, the page, or the next one to read."""
    if standing_visible_to(fresh_reading(), actor(), page.id).changed:
        flash(_("The page was changed while you read. Here is what is new."), "info")
        return redirect(f"/reading/{page.id}")
    if request.form.get("from") == "page":
        return redirect(page_url(page.id, page.slug) + "#reading")
    flash(_("“%(title)s” counts as read by you.", title=page.title), "success")
    return redirect(f"/reading/{following}" if following else "/reading")
