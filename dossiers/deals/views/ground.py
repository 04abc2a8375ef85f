"""Saying on which ground a deal has its discount, and taking that away."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.deals.deeds import name_of
from dossiers.deals.discounts.grounds import GroundSaid, give_ground, withdraw_ground
from dossiers.deals.discounts.judged import Judged, judged
from dossiers.deals.discounts.wording import names_of, percent_words
from dossiers.deals.queries import deal_visible_to
from dossiers.deals.views.blueprint import deals_room
from dossiers.deals.views.discount_panel import ground_form
from dossiers.facts.models import Change
from dossiers.people.views.deeds import tell_done
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _, language, say
from wiki.pages.forms import whole_number

_LONGEST = 4000


@deals_room.post("/deals/<int:deal_id>/ground")
@needs(Permission.EDIT_DOSSIERS)
def write_ground(deal_id: int) -> ResponseReturnValue:
    """Keep the ground that was typed; what is wrong with it is shown with the form."""
    deal_visible_to(reading(), actor(), deal_id)
    said = _said()
    try:
        with transaction() as session:
            change = give_ground(session, actor(), deal_id, said)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _again(deal_id, said, refusal), refusal.status
    _warn(deal_id)
    return _done(deal_id, change, _("The ground was written down."))


@deals_room.post("/deals/<int:deal_id>/ground/withdraw")
@needs(Permission.EDIT_DOSSIERS)
def take_ground_away(deal_id: int) -> ResponseReturnValue:
    """Let the deal have no ground."""
    deal_visible_to(reading(), actor(), deal_id)
    try:
        with transaction() as session:
            change = withdraw_ground(session, actor(), deal_id)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        flash(say(refusal), "danger")
        return redirect(f"/deals/{deal_id}")
    return _done(deal_id, change, _("The ground was taken away."))


def _said() -> GroundSaid:
    typed = request.form
    return GroundSaid(
        typed.get("ground", "")[:40],
        typed.get("words", "")[:_LONGEST],
        typed.get("asked_by", "")[:_LONGEST],
        whole_number(typed.get("approved_by")) or None,
    )


def _done(deal_id: int, change: Change | None, said: str) -> ResponseReturnValue:
    if change is None:
        flash(said, "success")
    else:
        tell_done(change, change.client_id, f"/deals/{deal_id}")
    return redirect(f"/deals/{deal_id}#discount")


def _warn(deal_id: int) -> None:
    """Say it when nobody approved a discount outside the policy, or somebody who may not."""
    session: Session = fresh_reading()
    found = judged(session, deal_visible_to(session, actor(), deal_id), language())
    sentence = _missing_in(found)
    if sentence:
        flash(sentence, "warning")


def _missing_in(found: Judged) -> str:
    ground = found.ground
    if ground is None or not found.is_outside:
        return ""
    if ground.approval is None:
        return _("Nobody is named who approved it. The deal stays in the list until somebody is.")
    if ground.approval.may is False and ground.approval.allowed is not None:
        return _(
            "%(name)s may give up to %(allowed)s here. Let somebody approve it who may give more.",
            name=ground.approval.name,
            allowed=percent_words(ground.approval.allowed),
        )
    return ""


def _again(deal_id: int, said: GroundSaid, refusal: Refusal) -> str:
    session = fresh_reading()
    deal = deal_visible_to(session, actor(), deal_id)
    found = judged(session, deal, language())
    return render_template(
        "dossiers/deals/ground.html",
        deal=deal,
        title=name_of(deal),
        judged=found,
        names=names_of(session),
        typed=said,
        problem=refusal,
        **ground_form(session, actor(), deal, found),
    )
