"""The browser's door to contradictions."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from products.catalogue.contradictions import api
from products.catalogue.contradictions.checks import LONGEST_WORD
from products.catalogue.contradictions.queries import (
    PART,
    Which,
    contradictions_visible_to,
    counts_visible_to,
    seen_contradiction,
)
from products.catalogue.contradictions.services import say_is_none, take_back
from products.catalogue.contradictions.wording import places_name, quantity_name
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission, may
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _, say
from wiki.paging import Pager

__all__ = ["api", "contradictions"]

contradictions = Blueprint("contradictions", __name__)


@contradictions.get("/contradictions")
@needs(Permission.READ)
def listed() -> ResponseReturnValue:
    """Contradictions of my pages, of all pages, and those that are none."""
    person = actor()
    counts = counts_visible_to(reading(), person)
    which = _which(counts)
    pager = Pager.of(request.args.get("page", 1, type=int), counts[which], PART)
    lines = contradictions_visible_to(reading(), person, which, pager.number)
    return render_template(
        "products/catalogue/contradictions/index.html",
        lines=lines[:PART],
        pager=pager,
        which=which,
        counts=counts,
        may_write=may(person, Permission.WRITE_PAGES),
        quantity_name=quantity_name,
        places_name=places_name,
        longest=LONGEST_WORD,
    )


def _which(counts: dict[Which, int]) -> Which:
    """What was asked for; else my own, or all when none is mine."""
    try:
        return Which(request.args.get("which", ""))
    except ValueError:
        return Which.MINE if counts[Which.MINE] else Which.ALL


@contradictions.post("/contradictions/<int:contradiction_id>/none")
@needs(Permission.WRITE_PAGES)
def is_none(contradiction_id: int) -> ResponseReturnValue:
    """Both numbers are right; a refusal is told above the list."""
    seen_contradiction(reading(), actor(), contradiction_id)
    try:
        with transaction() as session:
            say_is_none(session, actor(), contradiction_id, request.form.get("word", ""))
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        flash(say(refusal), "warning")
    else:
        flash(_("It is not listed any more until one of the two numbers changes."), "success")
    return redirect(_back())


@contradictions.post("/contradictions/<int:contradiction_id>/back")
@needs(Permission.WRITE_PAGES)
def is_one(contradiction_id: int) -> ResponseReturnValue:
    """It is a contradiction after all."""
    with transaction() as session:
        take_back(session, actor(), contradiction_id)
    flash(_("It is listed again."), "success")
    return redirect(_back())


def _back() -> str:
    which = request.form.get("which", "")
    return f"/contradictions?which={which}" if which in set(Which) else "/contradictions"
