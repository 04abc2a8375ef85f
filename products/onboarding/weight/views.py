"""Overruling in the browser."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from products.onboarding.weight import api
from products.onboarding.weight.services import overrule
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _, say
from wiki.pages.saving import visible_revision

__all__ = ["api", "weighing"]

weighing = Blueprint("weighing", __name__)


@weighing.post("/pages/<int:page_id>/revisions/<int:number>/weight")
@needs(Permission.WRITE_PAGES)
def change_weight(page_id: int, number: int) -> ResponseReturnValue:
    """Say that a change is to be read again, or not; a refusal is told above the comparison."""
    visible_revision(reading(), actor(), page_id, number)
    material = request.form.get("material") == "yes"
    try:
        with transaction() as session:
            overrule(session, actor(), page_id, number, material, request.form.get("word", ""))
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        flash(say(refusal), "warning")
    else:
        flash(_done(material), "success")
    return redirect(f"/pages/{page_id}/compare?from={max(1, number - 1)}&to={number}")


def _done(material: bool) -> str:
    if material:
        return _("Whoever has read the page is asked to read this change.")
    return _("Nobody is asked to read the page again for this change.")
